CREATE CONVERSION public.v FOR 'iso-8859-1' TO 'unicode' FROM iso8859_1_to_utf8;
