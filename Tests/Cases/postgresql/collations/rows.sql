INSERT INTO words VALUES ('a', 'b', 'c', 'ä', '{x,y}', 'd', 'e'), ('A', 'B', 'C', 'Ä', NULL, NULL, NULL);
