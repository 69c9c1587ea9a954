CREATE TABLE events (
  id INTEGER PRIMARY KEY, kind TEXT COLLATE NOCASE, at TEXT, data TEXT, amount REAL UNIQUE
);
CREATE INDEX by_kind ON events (kind);
CREATE UNIQUE INDEX by_kind_and_time ON events (kind, at DESC);
CREATE INDEX by_kind_exactly ON events (kind COLLATE BINARY ASC, "at" COLLATE nocase DESC);
CREATE INDEX by_expression ON events (json_extract( data,'$.user' ), (amount+1) DESC, lower(kind) COLLATE RTRIM);
CREATE INDEX IF NOT EXISTS partial ON events (at) WHERE (kind='login'  AND amount>0);
CREATE INDEX [odd "name"] ON events ((data));
-- Comments before the statement are not kept by SQLite.
CREATE INDEX explained -- why it is there
  -- and since when
  ON events (at, amount);
