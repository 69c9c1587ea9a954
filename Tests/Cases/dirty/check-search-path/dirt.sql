SET search_path = app; INSERT INTO t VALUES (1, 1), (2, 9);
UPDATE limits SET top = 5;
