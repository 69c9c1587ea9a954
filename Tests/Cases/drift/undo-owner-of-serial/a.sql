CREATE TABLE s (id serial); ALTER TABLE s OWNER TO reader; CREATE TABLE z (id int generated always as identity); ALTER TABLE z OWNER TO reader;
