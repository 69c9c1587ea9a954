CREATE SCHEMA app;
CREATE TYPE app.person AS (id integer, name text COLLATE "C", born date);
CREATE TABLE app.people OF app.person (id WITH OPTIONS PRIMARY KEY, name WITH OPTIONS DEFAULT 'nobody' NOT NULL, CHECK (born > '1900-01-01'));
CREATE TABLE app.plain OF app.person;
CREATE TABLE app.cut OF app.person PARTITION BY RANGE (born);
