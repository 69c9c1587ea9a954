INSERT INTO defaults DEFAULT VALUES;
INSERT INTO defaults (id, word) VALUES (2, E'tab\there');
