INSERT INTO things (id, name, tags, document, place, network, span, made_at, code, vector) VALUES
  (1, 'one', '{a,b}', '{"a": 1}', '(1,2)', '10.0.0.1', '[1,2)', '2020-01-01', 'x', 'a b'), (2, 'two', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
