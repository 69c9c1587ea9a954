CREATE SCHEMA app;
CREATE TYPE app.announced;
COMMENT ON TYPE app.announced IS 'Not yet.';
CREATE TYPE app.code;
CREATE FUNCTION app.code_in(cstring) RETURNS app.code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION app.code_out(app.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION app.code_receive(internal) RETURNS app.code LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION app.code_send(app.code) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE app.code (
  INPUT = app.code_in, OUTPUT = app.code_out, RECEIVE = app.code_receive, SEND = app.code_send,
  STORAGE = extended, CATEGORY = 'S', PREFERRED = true, DEFAULT = 'it''s', DELIMITER = ';', COLLATABLE = true
);
CREATE TYPE app.small;
CREATE FUNCTION app.small_in(cstring) RETURNS app.small LANGUAGE internal IMMUTABLE STRICT AS 'int2in';
CREATE FUNCTION app.small_out(app.small) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int2out';
CREATE TYPE app.small (
  INPUT = app.small_in, OUTPUT = app.small_out, INTERNALLENGTH = 2, PASSEDBYVALUE, ALIGNMENT = int2
);
CREATE TYPE app.point_like;
CREATE FUNCTION app.point_like_in(cstring) RETURNS app.point_like LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION app.point_like_out(app.point_like) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE app.point_like (
  INPUT = app.point_like_in, OUTPUT = app.point_like_out, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = double precision,
  SUBSCRIPT = raw_array_subscript_handler
);
CREATE TYPE app.cut;
CREATE FUNCTION app.cut_in(cstring, oid, integer) RETURNS app.cut LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION app.cut_out(app.cut) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE TYPE app.cut (
  INPUT = app.cut_in, OUTPUT = app.cut_out, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout,
  ANALYZE = ts_typanalyze, STORAGE = extended
);
ALTER TYPE app.cut OWNER TO writer;
CREATE TYPE app.lent;
ALTER TYPE app.lent OWNER TO writer;
COMMENT ON TYPE app.code IS 'A code.';
REVOKE USAGE ON TYPE app.small FROM PUBLIC;
CREATE TABLE app.things (id integer PRIMARY KEY, code app.code, small app.small DEFAULT '1', codes app.code[], place app.point_like);
CREATE TABLE app.pieces (id integer PRIMARY KEY, piece app.cut(10));
