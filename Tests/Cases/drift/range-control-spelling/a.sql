CREATE TYPE intrange AS RANGE (SUBTYPE = int4, SUBTYPE_OPCLASS = int4_ops, MULTIRANGE_TYPE_NAME = intmultirange);
CREATE TYPE words AS RANGE (SUBTYPE = text, COLLATION = "default");
