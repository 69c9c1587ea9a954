CREATE TABLE public.every_type (
  a bigint, b bit(3), c bit varying(5), d boolean, e box, f bytea, g character(4), h character varying(7),
  i cidr, j circle, k date, l double precision, m inet, n integer, o interval, p interval day to second(2),
  q json, r jsonb, s line, t lseg, u macaddr, v macaddr8, w money, x numeric, y numeric(8,3), z path,
  aa pg_lsn, ab point, ac polygon, ad real, ae smallint, af text, ag time without time zone, ah time(3) with time zone,
  ai timestamp without time zone, aj timestamp(0) with time zone, ak tsquery, al tsvector, am uuid, an xml,
  ao integer[], ap text[][], aq numeric(4,1)[], ar varchar(3)[], as_ oid, at regclass, au name, av "char",
  aw int4range, ax nummultirange, ay tstzrange, az xid, ba jsonpath, bb datemultirange, bc numeric(9,2),
  bd pg_snapshot, be tid, bf int2vector, bg interval year, bh character varying, bi character
);
