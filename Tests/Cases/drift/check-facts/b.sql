CREATE TABLE t (a integer, b integer, CONSTRAINT one CHECK (a > 1), CONSTRAINT zwei CHECK (b > 0), CONSTRAINT three CHECK (a < 100), CONSTRAINT five CHECK (a <> b) NO INHERIT);
COMMENT ON CONSTRAINT five ON t IS 'five';
