CREATE VIRTUAL TABLE pages USING fts5 (title, body, author);
CREATE VIRTUAL TABLE places USING rtree (id, x1, x2);
