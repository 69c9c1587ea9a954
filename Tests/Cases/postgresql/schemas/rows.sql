INSERT INTO billing.t VALUES (1), (2);
INSERT INTO "Überblick".t VALUES (1, 2);
INSERT INTO "select".t VALUES (1, 1);
INSERT INTO "with ""quotes"" and spaces".t VALUES (1), (1), (NULL);
