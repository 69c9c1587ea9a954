SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE "Far away" LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'Far away') \gexec
CREATE TABLE public.p (k integer, b text, c text, PRIMARY KEY (k), CONSTRAINT pair UNIQUE (k, b) INCLUDE (c)) PARTITION BY LIST (k);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES IN (1);
CREATE TABLE public.p2 PARTITION OF public.p FOR VALUES IN (2) PARTITION BY LIST (k);
CREATE TABLE public.p21 PARTITION OF public.p2 DEFAULT;
CREATE TABLE public.p3 PARTITION OF public.p FOR VALUES IN (3);
CREATE INDEX p_b ON public.p (b) WITH (fillfactor = 80);
CREATE INDEX p_lower ON public.p (lower(b), upper(c)) TABLESPACE "Far away";
ALTER INDEX public.p1_b_idx RENAME TO "By hand";
ALTER INDEX public."By hand" SET (fillfactor = 60);
ALTER INDEX public.p2_b_idx RENAME TO middle;
ALTER INDEX public.p21_b_idx RENAME TO leaf;
ALTER INDEX public.leaf RESET (fillfactor);
COMMENT ON INDEX public.leaf IS 'deep';
ALTER TABLE public.p1 RENAME CONSTRAINT p1_pkey TO first_key;
COMMENT ON CONSTRAINT first_key ON public.p1 IS 'on the constraint';
COMMENT ON INDEX public.first_key IS 'on the index';
COMMENT ON CONSTRAINT p3_pkey ON public.p3 IS 'its name is invented';
ALTER INDEX public.p3_k_b_c_key SET (fillfactor = 50);
ALTER INDEX public.p3_k_b_c_key SET TABLESPACE "Far away";
ALTER INDEX public.p1_lower_upper_idx SET TABLESPACE pg_default;
ALTER INDEX public.p1_lower_upper_idx ALTER COLUMN 2 SET STATISTICS 55;
-- Its own, with a name that a share would be given.
CREATE TABLE public.p4 (k integer NOT NULL, b text, c text);
CREATE INDEX p4_b_idx ON public.p4 (b) WHERE c > '';
ALTER TABLE public.p ATTACH PARTITION public.p4 FOR VALUES IN (4);
-- Nobody has a share of it.
CREATE INDEX p_only ON ONLY public.p (c);
CREATE TABLE public.q (k integer) PARTITION BY LIST (k);
CREATE TABLE public.q1 PARTITION OF public.q FOR VALUES IN (1);
ALTER TABLE public.q1 ADD CONSTRAINT own PRIMARY KEY (k);
ALTER TABLE ONLY public.q ADD PRIMARY KEY (k);
-- Not every partition has a share of these.
CREATE TABLE public.r (k integer NOT NULL, b text) PARTITION BY LIST (k);
CREATE TABLE public.r1 PARTITION OF public.r FOR VALUES IN (1);
CREATE TABLE public.r2 PARTITION OF public.r FOR VALUES IN (2) PARTITION BY LIST (k);
CREATE TABLE public.r21 PARTITION OF public.r2 DEFAULT;
CREATE TABLE public.r3 PARTITION OF public.r FOR VALUES IN (3);
CREATE INDEX r_b ON ONLY public.r (b);
CREATE INDEX r2_b_idx ON public.r2 (b);
CREATE INDEX "Ours" ON public.r3 (b) WITH (fillfactor = 60);
ALTER INDEX public.r_b ATTACH PARTITION public.r2_b_idx;
ALTER INDEX public.r_b ATTACH PARTITION public."Ours";
ALTER TABLE ONLY public.r ADD PRIMARY KEY (k);
ALTER TABLE public.r1 ADD PRIMARY KEY (k);
ALTER INDEX public.r_pkey ATTACH PARTITION public.r1_pkey;
