CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, age integer NOT NULL DEFAULT 7, note text);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer, total integer NOT NULL,
  CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE lines (id integer PRIMARY KEY, order_id integer NOT NULL,
  CONSTRAINT lines_order FOREIGN KEY (order_id) REFERENCES orders (id));
