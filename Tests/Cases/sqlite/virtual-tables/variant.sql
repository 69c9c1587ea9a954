PRAGMA application_id = 7;
create virtual table if not exists main.[area] using RTREE ( id , low , high , +label TEXT );
CREATE VIRTUAL TABLE old USING FTS4 ( body,"the title" );
CREATE VIRTUAL TABLE "full text" USING fts5(title,body,content = 'notes',content_rowid = 'id',tokenize='porter ascii');
CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
PRAGMA user_version = 12;
