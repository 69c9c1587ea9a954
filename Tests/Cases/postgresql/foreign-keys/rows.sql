INSERT INTO parents VALUES (1, 2, 'x'), (2, 2, 'none');
INSERT INTO plain VALUES (1, 1, 2), (2, NULL, 7);
INSERT INTO children VALUES (1, 1, 2, 'x'), (2, NULL, NULL, NULL);
INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 3);
BEGIN; INSERT INTO egg VALUES (1, 1); INSERT INTO hen VALUES (1, 1); COMMIT;
