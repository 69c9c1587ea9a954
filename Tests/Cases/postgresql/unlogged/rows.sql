INSERT INTO cache VALUES ('a', 'b'), ('c', NULL);
INSERT INTO counters (cache_key) VALUES ('a');
INSERT INTO kept VALUES ('k');
