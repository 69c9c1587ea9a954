CREATE TABLE egg (id integer PRIMARY KEY, hen integer);
CREATE TABLE hen (id integer PRIMARY KEY, egg integer, CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg (id));
ALTER TABLE egg ADD CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES hen (id);
CREATE TABLE tree (id integer PRIMARY KEY, up integer, CONSTRAINT tree_up FOREIGN KEY (up) REFERENCES tree (id));
