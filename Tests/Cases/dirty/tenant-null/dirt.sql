INSERT INTO orgs VALUES (1, 'one'); INSERT INTO projects VALUES (1, 1, 'p', true);
INSERT INTO tasks VALUES (1, 1, 1), (1, 2, 9), (2, 1, 7), (2, 2, 7), (1, 3, NULL);
