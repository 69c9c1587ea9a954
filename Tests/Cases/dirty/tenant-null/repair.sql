INSERT INTO projects VALUES (1, 9, 'nine', false);
