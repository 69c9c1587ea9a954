INSERT INTO sales SELECT (ARRAY['north','south','o''dd']::region[])[1 + n % 3], n, '2020-01-01'::date + n, n FROM generate_series(1, 20) n;
INSERT INTO listed VALUES (NULL), ('a'), ('b');
