CREATE DOMAIN plain AS integer;
CREATE DOMAIN named AS text CONSTRAINT short CHECK (length(VALUE) < 10) CONSTRAINT lower CHECK (VALUE = lower(VALUE));
CREATE DOMAIN moved AS integer;
CREATE TABLE t (a plain, b named, c moved DEFAULT 1);
