CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, note TEXT DEFAULT 'x' NOT NULL);
INSERT INTO t VALUES (1, 'one', 'n'), (7, 'seven', 'm');
