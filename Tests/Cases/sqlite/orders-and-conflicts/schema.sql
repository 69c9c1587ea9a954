CREATE TABLE backwards (id INTEGER PRIMARY KEY DESC, a INT NOT NULL ON CONFLICT REPLACE DEFAULT (NULL));
CREATE TABLE rowid_after_all (id INTEGER, PRIMARY KEY (id DESC));
CREATE TABLE pairs (
  a TEXT, b VARCHAR( 10 ) COLLATE NOCASE, "Group" double precision,
  PRIMARY KEY (a COLLATE nocase, b DESC),
  UNIQUE (b COLLATE NOCASE),
  UNIQUE (b COLLATE binary),
  CHECK (`a` <> 'select' and "b" is not null or [Group] > "text")
);
CREATE INDEX pairs_expression ON pairs (lower("a")) WHERE "b" is not null;
