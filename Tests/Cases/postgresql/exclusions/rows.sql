INSERT INTO bookings VALUES
  (1, 1, '[2020-01-01,2020-01-02)', false, 'Ann'), (2, 1, '[2020-01-02,2020-01-03)', false, NULL),
  (3, 1, '[2020-01-01,2020-01-03)', true, NULL);
