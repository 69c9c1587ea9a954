CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (a integer, m mood DEFAULT 'happy');
