CREATE DOMAIN public.d AS text; ALTER DOMAIN public.d OWNER TO auditor;
