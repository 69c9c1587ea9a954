CREATE TABLE s (id serial); CREATE TABLE z (id int generated always as identity);
