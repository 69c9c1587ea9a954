PRAGMA user_version = 3; PRAGMA application_id = 77;
CREATE TABLE t (a INTEGER);
