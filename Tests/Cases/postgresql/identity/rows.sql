INSERT INTO always (note) VALUES ('a'), ('b');
INSERT INTO by_default (note) VALUES ('a'), ('b'), ('c');
INSERT INTO "Identity of ""Many"" Names" DEFAULT VALUES;
INSERT INTO altered VALUES (7), (DEFAULT);
