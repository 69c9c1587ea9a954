INSERT INTO shares VALUES (1, 100, 5, 'abc', 1.5, '{1,2.25}'), (2, 1, 9, 'it''s', NULL, NULL);
INSERT INTO shares (id, little) VALUES (3, 1);
