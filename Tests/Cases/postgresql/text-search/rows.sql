INSERT INTO app.docs (id, body) VALUES (1, 'The house has 7 windows');
