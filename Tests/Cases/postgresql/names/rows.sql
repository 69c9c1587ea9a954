INSERT INTO "user" ("select", "from", "Mixed Case", "with ""quotes""", "größe", "日本", "new
line") VALUES (1, 1, 'a', 'b', 'a', 2, 3), (2, 1, E'c\\.', E'\\N', NULL, NULL, NULL);
INSERT INTO "User" VALUES (1, 2, 3), (NULL, 2, 3);
INSERT INTO "name with a rather long tail, sixty-three bytes is the limit of" VALUES (1);
