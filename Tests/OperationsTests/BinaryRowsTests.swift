@testable import Engines
import Operations
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// Rows that are sent in binary form: what arrives must be what the server would have read from the text.
@Suite struct BinaryRowsTests {
  /// A column of every type that is sent in binary form.
  private static let table = """
    CREATE TYPE mood AS ENUM ('calm', 'a "quoted", one', 'back\\slash');
    CREATE DOMAIN positive AS numeric(12, 3) CHECK (VALUE > 0);
    CREATE DOMAIN address AS varchar(60);
    CREATE TABLE everything (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, truth boolean, small smallint, middle integer, large bigint,
      object oid, single real, double double precision, exact numeric, money_like numeric(20, 4), key uuid, bytes bytea,
      day date, clock time, coarse time(2), local timestamp, moment timestamptz, whole_seconds timestamptz(0), words text,
      short varchar(40), padded char(12), document json, indexed jsonb, mood mood, texts text[], numbers int[], keys uuid[], names varchar(20)[], exacts numeric[], moments timestamptz[], amount positive, "at" address,
      twice numeric GENERATED ALWAYS AS (exact * 2) STORED);
    """

  /// What is at the edge of each type, one value after the other, and NULL.
  private static let edges: [(column: String, values: [String])] = [
    ("truth", ["true", "false"]),
    ("small", ["-32768", "32767", "0", "-1"]),
    ("middle", ["-2147483648", "2147483647", "0"]),
    ("large", ["-9223372036854775808", "9223372036854775807", "0", "-1", "999999999999999999"]),
    ("object", ["4294967295", "0"]),
    ("single", ["'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "1e-45", "3.4028235e38", "0.1", "1e10"]),
    (
      "double",
      ["'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "5e-324", "1.7976931348623157e308", "0.1", "1e22"]
    ),
    (
      "exact",
      [
        "'NaN'", "'Infinity'", "'-Infinity'", "0", "0.000", "-0.1", "0.00001", "0.0001", "0.001", "9999",
        "10000",
        "-10000.0001", "123456789012345678901234567890.123456789", "1e100", "1e-100", "100000000",
        "0.00012345",
        "-9999.9999", "1000000.0000001", "repeat('9', 1200)::numeric", "('1.' || repeat('0', 40))::numeric",
      ]
    ),
    ("money_like", ["0", "-0.0001", "1234567890123456.7891", "5", "10000"]),
    ("key", ["'00000000-0000-0000-0000-000000000000'", "'FFFFFFFF-ffff-ffff-ffff-0123456789ab'"]),
    ("bytes", ["''", "'\\x00'", "'\\x5c5c780a0d09'", "decode(repeat('00ff', 500), 'hex')"]),
    (
      "day",
      [
        "'infinity'", "'-infinity'", "'4714-11-24 BC'", "'5874897-12-31'", "'0001-12-31 BC'", "'0001-01-01'",
        "'2000-02-29'", "'1900-02-28'", "'1999-12-31'", "'2000-01-01'", "'1600-02-29'", "'0005-02-28 BC'",
        "'10000-01-01'",
      ]
    ),
    ("clock", ["'00:00'", "'23:59:59.999999'", "'24:00:00'", "'12:30:00.5'"]),
    ("coarse", ["'01:02:03.25'"]),
    (
      "local",
      [
        "'infinity'", "'-infinity'", "'4714-11-24 00:00:00 BC'", "'294276-12-31 23:59:59.999999'",
        "'2000-01-01'",
        "'1999-12-31 23:59:59.999999'", "'0044-03-15 12:00 BC'", "'2024-02-29 01:02:03.04'",
      ]
    ),
    (
      "moment",
      [
        "'infinity'", "'-infinity'", "'4714-11-24 00:00:00+00 BC'", "'294276-12-31 23:59:59.999999+00'",
        "'2000-01-01 00:00+00'", "'1883-11-18 12:03:58-04:56:02'", "'2024-06-30 23:59:59.5+05:30'",
        "'0001-01-01 00:00+00'",
      ]
    ),
    ("whole_seconds", ["'2024-06-30 23:59:59.6+02'"]),
    (
      "words",
      [
        "''", "E'tab\\there'", "E'line\\nfeed'", "E'\\\\N'", "E'\\\\'", "E'\\b\\f\\r\\x0b'",
        "'ærlig talt: 測試'", "E'\\\\.'",
        "repeat(E'long \\\\ text ', 30000)", "' '", "'null'",
      ]
    ),
    ("short", ["''", "E'a\\\\b'"]), ("padded", ["''", "'x'", "'twelve chars'"]),
    ("document", ["'{\"a\": 1,   \"a\": 2}'", "E'\"\\\\u00e6 \\\\n\"'", "'null'"]),
    ("indexed", ["'{\"b\": [1, 2.50, null], \"a\": \"\\\\n\"}'", "'[]'", "'\"\"'", "'1e5'"]),
    ("mood", ["'calm'", "'a \"quoted\", one'", "E'back\\\\slash'"]),
    (
      "texts",
      [
        "'{}'", "'{a,NULL,\"NULL\",\"\"}'",
        "ARRAY[E'tab\t', E'back\\\\slash', E'\"quoted\"', 'a,b', '{x}', ' ', E'\n']",
        "ARRAY[NULL]::text[]", "ARRAY['測試', 'ærlig']",
      ]
    ),
    ("numbers", ["'{1,-2,2147483647,NULL}'", "'{}'"]), ("keys", ["ARRAY[md5('a')::uuid, md5('b')::uuid]"]),
    ("names", ["ARRAY['short', '', 'with space']"]), ("exacts", ["'{1.50,NaN,-0.001}'"]),
    ("moments", ["ARRAY['2024-06-30 23:59:59.5+05:30'::timestamptz, 'infinity']"]),
    ("amount", ["0.001", "999999999.999"]), ("\"at\"", ["'somebody@example.org'"]),
  ]

  private static let random = """
    INSERT INTO everything (truth, small, middle, large, single, double, exact, key, bytes, day, clock, local, moment, words)
    SELECT random() < 0.5, (random() * 60000 - 30000)::int, (random() * 4e9 - 2e9)::bigint, (random() * 1.8e19 - 9e18)::bigint,
      ((random() - 0.5) * 10 ^ (random() * 60 - 30)::int)::real, (random() - 0.5) * 10 ^ (random() * 600 - 300)::int,
      ((random() - 0.5)::numeric * 10::numeric ^ (random() * 30 - 15)::int)::numeric(40, 12) / (1 + n % 3),
      md5(n::text)::uuid, decode(md5(n::text), 'hex'), '2000-01-01'::date + ((random() - 0.5) * 4e6)::int,
      '00:00'::time + random() * interval '24 hours', '2000-01-01'::timestamp + (random() - 0.5) * interval '9000 years',
      '2000-01-01'::timestamptz + (random() - 0.5) * interval '9000 years', repeat(chr(1 + n % 800), n % 20)
    FROM generate_series(1, 20000) AS n;
    """

  @Test(arguments: ["UTC", "Asia/Kolkata", "America/New_York"])
  func `every value arrives as it was, whatever the type`(zone: String) throws {
    let edges = Self.edges.flatMap { column, values in
      (values + ["NULL"]).map { "INSERT INTO everything (\(column)) VALUES (\($0));" }
    }
    let source = try TemporaryPostgres.makeDatabase(
      "SET TimeZone = '\(zone)';\n" + Self.table + edges.joined(separator: "\n") + Self.random)
    try TemporaryPostgres.run(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = %L', current_database(), '\(zone)'); END $$",
      in: source)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 0)
    let table = try #require(run.backup.schema.tables.first { $0.name.name == "everything" })
    let entry = try PostgresArchive(opening: run.backup.archivePath).contents.entries.first {
      $0.kind == "TABLE DATA"
    }
    let fields = BinaryField.all(of: table, filledBy: entry?.copyStatement ?? "", in: run.backup.schema)
    #expect(fields?.count == table.storedColumns.count)
    // Nothing of it went as text after all.
    let rows = BinaryRows(try #require(fields))
    let archive = try PostgresArchive(opening: run.backup.archivePath)
    var reader = try archive.rows(of: try #require(entry))
    let block = RowBlock()
    while try reader.fill(block) { #expect(rows.converted(block) != nil) }
  }

  @Test func `rows that are not printed as PostgreSQL prints them are read by the server`() throws {
    let script = """
      CREATE TABLE public.loose (id integer, day date, at timestamptz, key uuid, truth boolean, exact numeric, words text);
      COPY public.loose (id, day, at, key, truth, exact, words) FROM stdin;
      1\t2024-01-31\t2024-01-31 12:00:00+00\t00000000-0000-0000-0000-00000000000a\tt\t1.50\tplain
       2\tJanuary 8, 1999\tnow\t{0000000000000000000000000000000B}\tyes\t1.5e3\t\\x41\\102
      \\.

      """
    let scratch = try Scratch()
    defer { withExtendedLifetime(scratch) {} }
    let path = try scratch.write("loose.sql", script)
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let place = try TemporaryPostgres.makeDatabase("")
    let report = try RestoreInto(
      backup, destination: .postgres(try PostgresConnectionString(place)), workers: 2, verification: .archive,
      withoutOwners: true
    ).run(over: .empty) { _ in }
    #expect(report.problems == [])
    let rows = try TemporaryPostgres.run(
      "SELECT id, day, key, truth, exact, words FROM loose ORDER BY id", in: place)
    #expect(
      rows == """
        1|2024-01-31|00000000-0000-0000-0000-00000000000a|t|1.50|plain
        2|1999-01-08|00000000-0000-0000-0000-00000000000b|t|1500|AB

        """)
  }

  @Test func `what a hexadecimal digit is not is seen`() {
    func bytes(_ text: String) -> UInt32? {
      HexDigits.bytes(text.utf8.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * $1.offset) })
    }
    #expect(bytes("0123abef") == 0xEFAB_2301)
    for byte in UInt8.min...UInt8.max {
      let isDigit = "0123456789abcdef".utf8.contains(byte)
      let word = UInt64(byte) << 24 | 0x3030_3030_0030_3030
      #expect((HexDigits.bytes(word) != nil) == isDigit, "\(byte)")
      #expect((HexDigits.value(byte) != nil) == isDigit, "\(byte)")
    }
  }
}
