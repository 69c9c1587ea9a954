CREATE VIRTUAL TABLE pages USING fts5 (title, body);
INSERT INTO pages VALUES ('one', 'text');
