CREATE TABLE p (id int, k int) PARTITION BY LIST (k);
CREATE TABLE p1 (id int, k int);
