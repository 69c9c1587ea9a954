INSERT INTO app.t SELECT n, 'c' || n, 'z' || n, n FROM generate_series(1, 20) n;
ANALYZE app.t;
