import Engines
import SchemaModel
import TestSupport
import Testing

/// The digest of a table is that of its rows and of nothing else.
@Suite struct PostgresDigestTests {
  private func digests(of conninfo: String) throws -> [String: TableDigest] {
    let connection = try PostgresFacts.connection(to: conninfo)
    let digests = try connection.digests(of: try connection.schema().tables) { _ in }
    return Dictionary(uniqueKeysWithValues: digests.map { ($0.table.name, $0) })
  }

  @Test func `equal rows in another order, with holes between them, give equal digests`() throws {
    let found = try digests(
      of: try TemporaryPostgres.makeDatabase(
        """
        CREATE TABLE up AS SELECT n, 'row ' || n AS word FROM generate_series(1, 500) n;
        CREATE TABLE down AS SELECT n, 'row ' || n AS word FROM generate_series(0, 700) n ORDER BY n DESC;
        DELETE FROM down WHERE n = 0 OR n > 500; UPDATE down SET n = n WHERE n % 3 = 0;
        """))
    #expect(found["up"]?.rowCount == 500)
    #expect(found["up"]?.content == found["down"]?.content)
    #expect(found["up"]?.content != ContentHash())
  }

  @Test func `a changed, missing or doubled row, or a NULL for an empty text, gives another digest`() throws {
    let found = try digests(
      of: try TemporaryPostgres.makeDatabase(
        #"""
        CREATE TABLE plain (a integer, b text); INSERT INTO plain VALUES (1, 'x'), (2, ''), (3, 'y');
        CREATE TABLE changed AS TABLE plain; UPDATE changed SET b = 'X' WHERE a = 1;
        CREATE TABLE missing AS TABLE plain; DELETE FROM missing WHERE a = 1;
        CREATE TABLE doubled AS TABLE plain; INSERT INTO doubled VALUES (3, 'y');
        CREATE TABLE doubled_twice AS TABLE doubled; INSERT INTO doubled_twice VALUES (3, 'y'), (3, 'y');
        CREATE TABLE swapped AS TABLE plain; UPDATE swapped SET b = CASE a WHEN 1 THEN 'y' WHEN 3 THEN 'x' ELSE b END;
        CREATE TABLE nulled AS TABLE plain; UPDATE nulled SET b = NULL WHERE a = 2;
        CREATE TABLE null_word AS TABLE plain; UPDATE null_word SET b = E'\\N' WHERE a = 2;
        CREATE TABLE spaced AS TABLE plain; UPDATE spaced SET b = ' ' WHERE a = 2;
        CREATE TABLE split_otherwise (a text, b text); INSERT INTO split_otherwise VALUES (E'1\tx', NULL);
        CREATE TABLE split_plain (a text, b text); INSERT INTO split_plain VALUES ('1', E'x\t');
        CREATE TABLE empty (LIKE plain);
        """#))
    #expect(Set(found.values.map(\.content)).count == found.count)
    #expect(found["empty"]?.rowCount == 0)
    #expect(found["empty"]?.content == ContentHash())
  }

  @Test func `rows without a column are counted and told apart by their number`() throws {
    let found = try digests(
      of: try TemporaryPostgres.makeDatabase(
        """
        CREATE TABLE one (); INSERT INTO one DEFAULT VALUES;
        CREATE TABLE two (); INSERT INTO two DEFAULT VALUES; INSERT INTO two DEFAULT VALUES;
        CREATE TABLE computed (a integer GENERATED ALWAYS AS (1) STORED); INSERT INTO computed DEFAULT VALUES;
        """))
    #expect(found["one"]?.rowCount == 1)
    #expect(found["two"]?.rowCount == 2)
    #expect(found["one"]?.content != found["two"]?.content)
    #expect(found["computed"]?.content == found["one"]?.content)
  }

  @Test func `a partitioned table is hashed partition by partition, a parent without its heirs`() throws {
    let found = try digests(
      of: try TemporaryPostgres.makeDatabase(
        """
        CREATE TABLE p (a integer) PARTITION BY LIST (a);
        CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p_2 PARTITION OF p FOR VALUES IN (2);
        INSERT INTO p VALUES (1), (2), (2);
        CREATE TABLE old (a integer); CREATE TABLE heir () INHERITS (old);
        INSERT INTO old VALUES (1); INSERT INTO heir VALUES (2), (3);
        """))
    #expect(found.mapValues(\.rowCount) == ["p_1": 1, "p_2": 2, "old": 1, "heir": 2])
    #expect(found["p_1"]?.content == found["old"]?.content)
  }

  @Test func `row security hides no row silently`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE ROLE digest_owner LOGIN; CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (2);
      ALTER TABLE t OWNER TO digest_owner; ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY half ON t USING (a = 1);
      """)
    #expect(try digests(of: source)["t"]?.rowCount == 2)
    let owner = try PostgresConnectionString(source).setting("user", to: "digest_owner")
    let connection = try PostgresConnection(owner, for: .reading(statementSeconds: 60))
    let tables = try connection.schema().tables
    let error = #expect(throws: EngineError.self) { _ = try connection.digests(of: tables) { _ in } }
    #expect(error?.kind == .permission)
  }

  @Test func `the session's defaults change neither digests nor definitions`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE t (id integer DEFAULT 1, moment timestamptz DEFAULT '2020-01-01 00:00+03', span interval DEFAULT '1 year 2 days',
        bytes bytea DEFAULT '\\x00ff', ratio float8 DEFAULT 0.1, "User" text DEFAULT E'a\\\\b', day date CHECK (day > '2020-02-01'));
      INSERT INTO t DEFAULT VALUES; INSERT INTO t VALUES (2, now(), '-1 mon 04:05:06', '\\xdeadbeef', 1e-300, 'ü', '2021-12-31');
      CREATE VIEW v AS SELECT id AS "select", moment FROM t WHERE moment > '2020-06-01 00:00+00' AND span > '1 day' AND bytes <> '\\x01';
      """)
    let before = (try PostgresFacts.schema(of: source), try digests(of: source))
    try TemporaryPostgres.run(
      """
      DO $$ DECLARE setting text; BEGIN
        FOREACH setting IN ARRAY ARRAY['TimeZone = ''Asia/Kathmandu''', 'bytea_output = escape', 'extra_float_digits = -10',
          'DateStyle = ''SQL, DMY''', 'IntervalStyle = iso_8601', 'quote_all_identifiers = on', 'standard_conforming_strings = off',
          'client_encoding = LATIN1', 'search_path = public', 'xmloption = document', 'array_nulls = off',
          'default_transaction_read_only = on', 'statement_timeout = 60000', 'backslash_quote = on']
        LOOP EXECUTE format('ALTER DATABASE %I SET %s', current_database(), setting); END LOOP;
        EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET IntervalStyle = sql_standard', current_database());
      END $$
      """, in: source)
    var schema = try PostgresFacts.schema(of: source)
    #expect(schema.database.first?.settings.isEmpty == false)
    schema.database = []
    #expect(lineDifferences(from: PostgresFacts.lines(before.0), to: PostgresFacts.lines(schema)) == [])
    #expect(try digests(of: source) == before.1)
  }
}
