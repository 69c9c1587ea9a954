import Operations
import SchemaModel
import TestSupport
import Testing

/// Rows that a key, a check or a NOT NULL of their own table forbids.
///
/// The catalog is told to look away while they come in, as a damaged index or a changed function would.
@Suite struct RestoreViolationsTests {
  /// Statements that insert rows an index does not learn of; the index then says nothing against them.
  private static func behind(_ index: String, _ insert: String) -> String {
    """
    UPDATE pg_index SET indisready = false WHERE indexrelid = '\(index)'::regclass;
    \(insert);
    UPDATE pg_index SET indisready = true WHERE indexrelid = '\(index)'::regclass;
    """
  }

  /// Statements that insert NULL into a column that forbids it.
  private static func behind(_ table: String, notNull column: String, _ insert: String) -> String {
    """
    UPDATE pg_attribute SET attnotnull = false WHERE attrelid = '\(table)'::regclass AND attname = '\(column)';
    \(insert);
    UPDATE pg_attribute SET attnotnull = true WHERE attrelid = '\(table)'::regclass AND attname = '\(column)';
    """
  }

  @Test func `of rows with one primary key the first stays`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id integer PRIMARY KEY, note text); CREATE TABLE r (id integer REFERENCES t); INSERT INTO t VALUES (1, 'first'), (2, 'x'); INSERT INTO r VALUES (1);",
      Self.behind("t_pkey", "INSERT INTO t VALUES (1, 'second'), (1, 'first'), (3, 'y')"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 2)
    #expect(try run.restored("SELECT * FROM t ORDER BY id") == "1|first\n2|x\n3|y\n")
    #expect(
      try run.restored(
        "SELECT id, note, plumb_constraint, plumb_reason FROM plumb_quarantine.t ORDER BY note")
        == "1|first|t_pkey|another row has the same id\n1|second|t_pkey|another row has the same id\n")
  }

  @Test func `duplicates of unique constraints and indexes are told by their own rules`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE t (id integer, email text, a integer, b integer, is_old boolean NOT NULL,
        CONSTRAINT together UNIQUE NULLS NOT DISTINCT (a, b));
      CREATE UNIQUE INDEX one_email ON t (lower(email)) WHERE NOT is_old;
      INSERT INTO t VALUES (1, 'A@x', 1, NULL, false), (2, NULL, 2, 2, false), (3, NULL, 3, 3, false);
      """,
      Self.behind(
        "one_email",
        "INSERT INTO t VALUES (4, 'a@X', 4, 4, false), (5, 'a@x', 5, 5, true), (6, NULL, 6, 6, false)"),
      Self.behind("together", "INSERT INTO t VALUES (7, NULL, 1, NULL, true), (8, NULL, 8, NULL, true)"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 2)
    #expect(
      try run.restored("SELECT id, plumb_constraint, plumb_reason FROM plumb_quarantine.t ORDER BY id") == """
        4|one_email|another row has the same lower(email) among the rows where (NOT is_old)
        7|together|another row has the same (a, b)

        """)
  }

  @Test func `duplicates in a partition are found by the key of the partitioned table`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE p (id integer, k integer, note text, PRIMARY KEY (k, id)) PARTITION BY LIST (k);
      CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
      CREATE TABLE p_2 PARTITION OF p FOR VALUES IN (2) PARTITION BY RANGE (id);
      CREATE TABLE p_2_low PARTITION OF p_2 FOR VALUES FROM (0) TO (100);
      CREATE UNIQUE INDEX p_note ON p (k, id, lower(note));
      ALTER TABLE p_1 ADD CONSTRAINT just_here UNIQUE (note);
      INSERT INTO p VALUES (1, 1, 'a'), (1, 2, 'b');
      """,
      Self.behind("p_2_low_pkey", "INSERT INTO p VALUES (1, 2, 'c')"),
      Self.behind("just_here", "INSERT INTO p VALUES (2, 1, 'a')"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 2)
    #expect(try run.restored("SELECT * FROM p ORDER BY k, id") == "1|1|a\n1|2|b\n")
  }

  @Test func `of rows that exclude each other enough go`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE EXTENSION btree_gist;
      CREATE TABLE bookings (id integer PRIMARY KEY, room integer, during int4range,
        CONSTRAINT one_at_a_time EXCLUDE USING gist (room WITH =, during WITH &&));
      INSERT INTO bookings VALUES (1, 1, '[1,5)'), (2, 2, '[1,5)');
      """,
      Self.behind(
        "one_at_a_time", "INSERT INTO bookings VALUES (3, 1, '[4,8)'), (4, 1, '[8,9)'), (5, NULL, '[1,2)')"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 1)
    #expect(
      try run.restored("SELECT id, plumb_constraint FROM plumb_quarantine.bookings") == "3|one_at_a_time\n")
  }

  @Test func `of a chain of rows that exclude each other every other one stays`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE shifts (id integer PRIMARY KEY, during int4range, kind text,
        CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&) WHERE (kind = 'night'));
      """,
      // Each overlaps the next; 100 overlaps nothing, and the days count for nothing.
      Self.behind(
        "one_at_a_time",
        """
        INSERT INTO shifts SELECT n, int4range(n * 10, n * 10 + 15), 'night' FROM generate_series(1, 20) n;
        INSERT INTO shifts SELECT n + 200, int4range(n, n + 50), 'day' FROM generate_series(1, 20) n;
        INSERT INTO shifts VALUES (100, '[900,950)', 'night')
        """))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 10)
    #expect(
      try run.restored("SELECT string_agg(id::text, ' ' ORDER BY id) FROM plumb_quarantine.shifts")
        == "2 4 6 8 10 12 14 16 18 20\n")
  }

  @Test func `among many rows the few that exclude each other are found by an index`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE shifts (id integer PRIMARY KEY, during int4range,
        CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&));
      INSERT INTO shifts SELECT n, int4range(n * 10, n * 10 + 10) FROM generate_series(1, 60000) n;
      """,
      Self.behind("one_at_a_time", "INSERT INTO shifts VALUES (0, '[100,131)')"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 1)
    #expect(try run.restored("SELECT id FROM plumb_quarantine.shifts") == "0\n")
  }

  @Test func `a check whose function changed its mind takes its rows, and keeps its comment`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE TABLE t (id integer PRIMARY KEY, n integer, m integer NOT NULL,
        CONSTRAINT fitting CHECK (public.fits(n)), CONSTRAINT other CHECK (m > 0), CONSTRAINT "late one" CHECK (m < 0) NOT VALID);
      COMMENT ON CONSTRAINT fitting ON t IS '@owner us
      as it says';
      COMMENT ON CONSTRAINT other ON t IS 'the other';
      COMMENT ON COLUMN t.m IS 'm';
      CREATE TABLE r (id integer REFERENCES t ON DELETE CASCADE);
      ALTER TABLE t DROP CONSTRAINT "late one";
      INSERT INTO t VALUES (1, 1, 1), (2, 20, 2), (3, NULL, 3);
      ALTER TABLE t ADD CONSTRAINT "late one" CHECK (m < 0) NOT VALID;
      INSERT INTO r VALUES (1), (2);
      CREATE OR REPLACE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 10';
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 2)
    #expect(try run.restored("SELECT id, plumb_constraint FROM plumb_quarantine.t") == "2|fitting\n")
    #expect(try run.restored("SELECT id, plumb_constraint FROM plumb_quarantine.r") == "2|r_id_fkey\n")
    #expect(throws: (any Error).self) { try run.restored("INSERT INTO t VALUES (4, 11, -1)") }
  }

  @Test func `NULLs in columns that forbid them are set aside, those of a key too`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id integer PRIMARY KEY, note text NOT NULL DEFAULT 'x', n integer NOT NULL); INSERT INTO t VALUES (1, 'a', 1);",
      Self.behind("t", notNull: "note", "INSERT INTO t VALUES (2, NULL, 2)"),
      Self.behind("t", notNull: "id", "INSERT INTO t VALUES (NULL, 'b', 3)"))
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 2)
    #expect(
      try run.restored("SELECT n, plumb_constraint, plumb_reason FROM plumb_quarantine.t ORDER BY n")
        == "2|note NOT NULL|note is null\n3|id NOT NULL|id is null\n")
    #expect(
      try run.restored(
        "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnotnull AND attnum > 0"
      ) == "id,note,n\n")
  }

  @Test func `a partition's own checks and NOT NULLs are its own`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE TABLE p (id integer, k integer NOT NULL, n integer, CONSTRAINT shared CHECK (public.fits(n))) PARTITION BY LIST (k);
      CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
      CREATE TABLE p_2 PARTITION OF p FOR VALUES IN (2);
      ALTER TABLE p_2 ADD CONSTRAINT own CHECK (public.fits(id)), ALTER n SET NOT NULL;
      COMMENT ON CONSTRAINT shared ON p IS 'of all';
      COMMENT ON CONSTRAINT shared ON p_1 IS 'of one';
      COMMENT ON CONSTRAINT own ON p_2 IS 'own';
      INSERT INTO p VALUES (1, 1, 1), (20, 1, 1), (1, 1, 20), (1, 2, 2), (20, 2, 2), (2, 2, 20);
      """,
      Self.behind("p_2", notNull: "n", "INSERT INTO p VALUES (3, 2, NULL)"),
      "CREATE OR REPLACE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 10';")
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 4)
    #expect(try run.restored("SELECT * FROM p ORDER BY k, id, n") == "1|1|1\n20|1|1\n1|2|2\n")
  }

  @Test func `a row that breaks several constraints is set aside once`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE TABLE u (id integer PRIMARY KEY);
      CREATE TABLE t (id integer PRIMARY KEY, u_id integer REFERENCES u, n integer CHECK (public.fits(n)), m integer UNIQUE);
      INSERT INTO u VALUES (1); INSERT INTO t VALUES (1, 1, 1, 1);
      """,
      "SET session_replication_role = replica;"
        + Self.behind("t_pkey", Self.behind("t_m_key", "INSERT INTO t VALUES (1, 9, 99, 1)")),
      "CREATE OR REPLACE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 10';")
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 1)
    #expect(try run.restored("SELECT plumb_constraint FROM plumb_quarantine.t") == "t_n_check\n")
    #expect(try run.restored("SELECT * FROM t") == "1|1|1|1\n")
  }
}
