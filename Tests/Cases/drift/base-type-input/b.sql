CREATE TYPE code;
CREATE FUNCTION code_in(cstring) RETURNS code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION code_out(code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION code_in_too(cstring) RETURNS code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE TYPE code (INPUT = code_in_too, OUTPUT = code_out);
