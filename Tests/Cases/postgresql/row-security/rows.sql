INSERT INTO public.notes SELECT n, 't' || n % 3, 'body ' || n FROM generate_series(1, 20) AS n;
INSERT INTO public.forced VALUES (1), (2);
