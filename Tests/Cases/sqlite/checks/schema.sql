CREATE TABLE products (
  price REAL CHECK (price>=0),
  discount REAL CHECK ( discount  >= 0   AND discount<price ) CONSTRAINT small CHECK (discount < 100),
  state TEXT CHECK (state IN ('new','old  one','it''s')),
  CHECK ((price > discount)),
  CHECK (length(state) < 10 -- short
    OR state LIKE 'x%'),
  CONSTRAINT "the sum" CHECK (-price + - -1 <> ~3) ON CONFLICT REPLACE
  CHECK (CASE WHEN price IS NOT NULL THEN price*-1 ELSE 0 END <= 0),
  CHECK (price>=0)
);
