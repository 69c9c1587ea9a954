CREATE PUBLICATION p WITH (publish = 'insert');
