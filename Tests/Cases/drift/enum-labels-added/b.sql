CREATE TYPE mood AS ENUM ('awful', 'sad', 'so-so', 'happy', 'elated');
CREATE TABLE t (a integer, m mood DEFAULT 'elated', CONSTRAINT better CHECK (m > 'awful'));
