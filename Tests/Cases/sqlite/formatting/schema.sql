CREATE TABLE items (
  -- What it is called.
  name TEXT NOT NULL DEFAULT ('a' || 'b') COLLATE NOCASE,
  price DECIMAL(10,2) CHECK (price >= 0 AND price < 1e6),
  owner INT REFERENCES owners (id) ON DELETE CASCADE,
  total REAL GENERATED ALWAYS AS (price * 1.2) STORED,
  UNIQUE (name, owner)
);
CREATE TABLE owners (id INTEGER PRIMARY KEY);
CREATE UNIQUE INDEX by_name ON items (lower(name), price DESC) WHERE price > 0;
CREATE VIEW dear AS SELECT name, price FROM items WHERE price > 100;
