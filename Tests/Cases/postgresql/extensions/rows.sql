INSERT INTO people VALUES (1, 'A@example.org', 'Ann', '{a,B,NULL}', 'once upon a time'), (2, NULL, 'ann', NULL, NULL);
