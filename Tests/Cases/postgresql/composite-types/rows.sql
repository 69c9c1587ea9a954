INSERT INTO shop.halls VALUES
  (1, ROW(ARRAY[ROW('north', '(0,1)')::shop.zone], ROW(12.5, 'EUR'), '2026-01-01 10:00Z', 'it''s "odd", \'), NULL),
  (2, NULL, ARRAY[ROW(NULL, NULL)::shop.zone, NULL]);
