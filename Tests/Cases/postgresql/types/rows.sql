INSERT INTO every_type (a, b, f, p, w, y, an, at, ax, bc) VALUES
  (1, B'101', '\x00', '1 02:03:04.567', 12.34, 1.5, '<a>b</a>', 'pg_class', '{[1,2),[3,4)}', 12345);
