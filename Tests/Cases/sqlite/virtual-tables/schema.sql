PRAGMA user_version = 12;
PRAGMA application_id = 7;
CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
CREATE VIRTUAL TABLE "full text" USING fts5 (title, body, content='notes', content_rowid='id', tokenize = 'porter ascii');
CREATE VIRTUAL TABLE area USING rtree(id, low, high, +label TEXT);
CREATE VIRTUAL TABLE old USING fts4(body, "the title");
