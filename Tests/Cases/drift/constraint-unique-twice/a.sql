CREATE TABLE t (a integer, b integer, CONSTRAINT t_pkey PRIMARY KEY (a));
ALTER TABLE t ADD CONSTRAINT again UNIQUE (a);
