CREATE TABLE u (id integer PRIMARY KEY);
CREATE TABLE p (id integer, k integer, u_id integer, CONSTRAINT p_key PRIMARY KEY (id, k), CONSTRAINT p_u FOREIGN KEY (u_id) REFERENCES u (id)) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE TABLE c (id integer PRIMARY KEY, p_id integer, p_k integer, CONSTRAINT c_p FOREIGN KEY (p_id, p_k) REFERENCES p (id, k));
