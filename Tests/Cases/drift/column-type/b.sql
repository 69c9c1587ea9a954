CREATE TABLE customers (id bigint PRIMARY KEY, email text DEFAULT 'none' NOT NULL, score smallint DEFAULT 1);
CREATE INDEX customers_email ON customers (email);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint CONSTRAINT orders_customer REFERENCES customers, total numeric(12,4), placed timestamp without time zone);
CREATE VIEW busy AS SELECT c.email, count(*) AS orders FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.email;
CREATE VIEW busiest AS SELECT email FROM busy WHERE orders > 10;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF email ON customers FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION touch();
CREATE POLICY own ON customers USING (email = CURRENT_USER);
