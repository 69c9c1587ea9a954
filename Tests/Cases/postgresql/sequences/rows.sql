INSERT INTO counted DEFAULT VALUES;
INSERT INTO counted DEFAULT VALUES;
SELECT nextval('small'), nextval('small'), nextval('down'), nextval('down_far'), setval('from_zero', 3, false);
