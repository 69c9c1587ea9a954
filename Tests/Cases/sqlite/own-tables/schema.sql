CREATE TABLE kept (id INTEGER PRIMARY KEY AUTOINCREMENT, a);
INSERT INTO kept (a) VALUES (1), (2);
CREATE INDEX kept_a ON kept (a);
CREATE TABLE plumb_quarantine_kept (a, plumb_reason TEXT);
CREATE INDEX plumb_quarantine_kept_a ON plumb_quarantine_kept (a);
CREATE TABLE plumbing (a);
ANALYZE;
