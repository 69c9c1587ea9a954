INSERT INTO boxes (width, height) VALUES (2, 3), (5, 1.50);
INSERT INTO only_generated DEFAULT VALUES;
INSERT INTO only_generated DEFAULT VALUES;
