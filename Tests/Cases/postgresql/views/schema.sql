CREATE TABLE public.base (id integer PRIMARY KEY, name text, price numeric, made date);
CREATE VIEW public.z_first AS SELECT id, name FROM public.base WHERE price > 10;
CREATE VIEW public.y_second AS SELECT z.id, z.name, b.made FROM public.z_first z JOIN public.base b USING (id);
CREATE VIEW public.a_third AS SELECT count(*) AS number, max(made) FROM public.y_second, public.z_first;
CREATE VIEW public.guarded WITH (security_barrier = true) AS SELECT * FROM public.base;
-- Options are sorted by name; pg_dump keeps the order in which they were given.
CREATE VIEW public.unguarded WITH (check_option = local, security_barrier = false) AS SELECT * FROM public.base;
CREATE VIEW public.updatable AS SELECT id, price FROM public.base WHERE price > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW public.updatable_all AS SELECT id, price FROM public.updatable WHERE price < 100 WITH CASCADED CHECK OPTION;
CREATE VIEW public.named (one, "Two") AS VALUES (1, 'a'), (2, 'b;');
CREATE RECURSIVE VIEW public.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 5;
CREATE VIEW public.renamed AS SELECT id AS before FROM public.base UNION ALL SELECT 1;
ALTER VIEW public.renamed RENAME COLUMN before TO after;
CREATE VIEW public.windowed AS
  SELECT name, rank() OVER (PARTITION BY made ORDER BY price DESC) AS place,
    (SELECT b2.name FROM public.base b2 WHERE b2.id = b.id - 1 LIMIT 1) AS previous,
    CASE WHEN b.name LIKE 'a%' THEN 'it''s' END
  FROM public.base b LEFT JOIN LATERAL (SELECT 1 AS one) l ON true;
CREATE VIEW public.grouped AS SELECT id, name, sum(price) AS total FROM public.base GROUP BY id;
CREATE VIEW public.no_columns AS SELECT FROM public.base;
COMMENT ON VIEW public.a_third IS '@owner reports
a summary';
COMMENT ON COLUMN public.a_third.number IS 'how many';
COMMENT ON COLUMN public.a_third.max IS 'the last';
