CREATE TRANSFORM FOR int LANGUAGE plpgsql (TO SQL WITH FUNCTION int4recv(internal), FROM SQL WITH FUNCTION prsd_lextype(internal));
