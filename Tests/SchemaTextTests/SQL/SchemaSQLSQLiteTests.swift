import SchemaModel
import SchemaText
import Testing

@Suite struct `The blueprint's text for SQLite` {
  private static let text = #"""
    -- plumb blueprint, sqlite
    -- The source of truth of this database's structure. To build an empty database from it:
    --   sqlite3 -bail NEW_FILE.db < schema.sql

    CREATE TABLE pairs (
      "left"  TEXT NOT NULL,
      "right" INT NOT NULL,
      note    ANY,
      PRIMARY KEY ("left", "right")
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE people
    -- @owner front desk
    --
    --   Who's known; "all" of them.
    (
      -- Never used again.
      id              INTEGER CONSTRAINT people_key PRIMARY KEY AUTOINCREMENT,
      -- @sensitive name
      -- As told.
      "Full Name"     VARCHAR(40) NOT NULL DEFAULT '?',
      state           DEFAULT active,
      born            TEXT COLLATE NOCASE DEFAULT CURRENT_DATE,
      balance         REAL DEFAULT -1.5,
      token           BLOB DEFAULT x'00',
      seen            TEXT DEFAULT (datetime('now')),
      initial         TEXT GENERATED ALWAYS AS (substr("Full Name", 1, 1)) VIRTUAL,
      size            INTEGER GENERATED ALWAYS AS (length("Full Name")) STORED,
      CONSTRAINT "people name" UNIQUE ("Full Name", born) ON CONFLICT IGNORE,
      UNIQUE (token),
      CHECK (balance > -10 -- or nearly
    ),
      CONSTRAINT "state known" CHECK ((state in ('active', 'gone')))
    );

    CREATE TABLE visits (
      id      INTEGER,
      person  INTEGER,
      host    INTEGER,
      PRIMARY KEY (id),
      FOREIGN KEY (person) REFERENCES people (id) ON UPDATE CASCADE ON DELETE SET NULL,
      CONSTRAINT "host known" FOREIGN KEY (host) REFERENCES people (id) MATCH FULL DEFERRABLE INITIALLY DEFERRED
    );

    CREATE UNIQUE INDEX people_name_idx ON people ((lower("Full Name")) COLLATE RTRIM, born DESC, size + 1)
      WHERE state <> 'gone' -- alive
    ;

    CREATE VIEW "Latest" (id, "count(*)") AS
    select id, count(*) from visits group by id -- newest
    ;

    CREATE VIEW totals (one) AS
    SELECT 1 AS one;

    """#

  @Test func `one object a paragraph, constraints and comments inside`() {
    #expect(SchemaSQL.text(of: Samples.house) == Self.text)
  }

  @Test func `it runs, and the database holds every fact of it`() throws {
    let facts = """
      SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo('people');
      SELECT "from", "table", "to", on_update, on_delete, match FROM pragma_foreign_key_list('visits');
      SELECT name, "unique", origin, partial FROM pragma_index_list('people');
      SELECT cid, "desc", coll FROM pragma_index_xinfo('people_name_idx') WHERE key;
      SELECT strict, wr FROM pragma_table_list('pairs');
      INSERT INTO people ("Full Name") VALUES ('Ann');
      SELECT state, initial, size FROM people;
      SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence';
      """
    let found = try SQLiteShell.lines(Self.text + facts)
    #expect(
      found == [
        "id|INTEGER|0|NULL|1|0", "Full Name|VARCHAR(40)|1|'?'|0|0", "state||0|active|0|0",
        "born|TEXT|0|CURRENT_DATE|0|0", "balance|REAL|0|-1.5|0|0", "token|BLOB|0|x'00'|0|0",
        "seen|TEXT|0|datetime('now')|0|0", "initial|TEXT|0|NULL|0|2", "size|INTEGER|0|NULL|0|3",
        "host|people|id|NO ACTION|NO ACTION|NONE", "person|people|id|CASCADE|SET NULL|NONE",
        "people_name_idx|1|c|1", "sqlite_autoindex_people_2|1|u|0", "sqlite_autoindex_people_1|1|u|0",
        "-2|0|RTRIM", "3|1|NOCASE", "-2|0|BINARY", "1|1", "active|A|3", "sqlite_sequence",
      ])
  }

  @Test func `the database keeps the comments where the text has them`() throws {
    let kept = try SQLiteShell.lines(Self.text + "SELECT sql FROM sqlite_schema WHERE name = 'people';")
    #expect(
      kept.prefix(6).joined(separator: "\n") == """
        CREATE TABLE people
        -- @owner front desk
        --
        --   Who's known; "all" of them.
        (
          -- Never used again.
        """)
  }

  @Test func `a definition that ends in a comment ends before the semicolon`() throws {
    let kept = try SQLiteShell.lines(
      Self.text + "SELECT substr(sql, -9) FROM sqlite_schema WHERE name IN ('Latest', 'people_name_idx');")
    #expect(kept == ["-- alive", "-- newest"].sorted() || kept == [" -- alive", "-- newest"])
  }
}
