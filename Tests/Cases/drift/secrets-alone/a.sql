CREATE FOREIGN DATA WRAPPER w OPTIONS (token 'one'); CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'a', api_key 'one');
CREATE USER MAPPING FOR reader SERVER s OPTIONS (user 'a', password 'one');
CREATE FOREIGN TABLE t (a integer) SERVER s OPTIONS (secret 'one');
CREATE SUBSCRIPTION drift_secret CONNECTION 'host=a.example password=one' PUBLICATION p WITH (connect = false, slot_name = NONE);
