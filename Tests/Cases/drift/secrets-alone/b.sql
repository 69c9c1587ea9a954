CREATE FOREIGN DATA WRAPPER w OPTIONS (token 'two'); CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'a', api_key 'two');
CREATE USER MAPPING FOR reader SERVER s OPTIONS (user 'a', password 'two');
CREATE FOREIGN TABLE t (a integer) SERVER s OPTIONS (secret 'two');
CREATE SUBSCRIPTION drift_secret CONNECTION 'host=a.example password=two' PUBLICATION p WITH (connect = false, slot_name = NONE);
