import Analysis
import Engines
import Operations
import SchemaModel
import TestSupport
import Testing

/// Values of every type through a backup and a restore, under settings that print them in other ways.
///
/// A restore is whole only if three readings agree: the source's rows, the archive's own lines, and the
/// restored rows; pg_dump of both databases is the fourth.
@Suite struct RestoreContentTests {
  /// A column for each type, named after it, with literals for two rows; the third row is all NULL.
  private static let values: [(type: String, first: String, second: String)] = [
    ("aclitem", "postgres=r/postgres", "=X/postgres"), ("bit", "1", "0"), ("bool", "t", "f"),
    ("box", "(2,3),(0,1)", "(1e-300,1),(0,0)"), ("bpchar", "trailing  ", ""), ("bytea", #"\x00ff5c27"#, ""),
    ("\"char\"", "x", #"\200"#), ("cid", "5", "4294967295"), ("cidr", "10.0.0.0/8", "2001:db8::/32"),
    ("circle", "<(1,2),3>", "<(0,0),0.1>"), ("date", "4713-01-01 BC", "infinity"),
    ("datemultirange", "{[2020-01-01,2020-02-01)}", "{}"), ("daterange", "[2020-01-01,)", "empty"),
    ("float4", "1.1754944e-38", "NaN"), ("float8", "0.1", "-Infinity"), ("inet", "10.0.0.1/8", "::1"),
    ("int2", "-32768", "32767"), ("int2vector", "1 2 3", ""), ("int4", "-2147483648", "0"),
    ("int4multirange", "{[1,3),[5,7)}", "{}"), ("int4range", "[1,10)", "empty"),
    ("int8", "-9223372036854775808", "9223372036854775807"), ("int8multirange", "{(,3)}", "{}"),
    ("int8range", "(,)", "empty"), ("interval", "1 year -2 mons +3 days -04:05:06.789", "-178000000 years"),
    ("json", #"{"a" : 1,  "a": "\u00e9 \n"}"#, "null"),
    ("jsonb", #"{"b": [1.10, null], "a": "\"\\"}"#, "1e400"),
    ("jsonpath", #"$."a"[*] ? (@ > 1)"#, "strict $"), ("line", "{1,2,3}", "{0.1,-1,0}"),
    ("lseg", "[(1,2),(3,4)]", "[(0,0),(0,0)]"), ("macaddr", "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"),
    ("macaddr8", "08:00:2b:01:02:03:04:05", "0000000000000000"), ("money", "-92233720368547758.08", "0.05"),
    ("name", "a name", ""), ("numeric", "NaN", "12345678901234567890.000000001000"),
    ("nummultirange", "{[1.1,2.2)}", "{}"), ("numrange", "[1.10,1.100]", "empty"), ("oid", "0", "4294967295"),
    ("oidvector", "1 2", ""), ("path", "((1,2),(3,4))", "[(0,0)]"), ("pg_lsn", "16/B374D848", "0/0"),
    ("pg_snapshot", "10:20:10,14,15", "1:1:"), ("point", "(0.1,-0)", "(Infinity,NaN)"),
    ("polygon", "((0,0),(1,1),(2,0))", "((0.1,0))"), ("refcursor", "c", "a\tb"),
    ("regclass", "pg_class", "-"),
    ("regcollation", "\"C\"", "-"), ("regconfig", "simple", "english"),
    ("regdictionary", "simple", "english_stem"),
    ("regnamespace", "pg_catalog", "-"), ("regoper", "pg_catalog.||/", "0"),
    ("regoperator", "+(integer,integer)", "0"), ("regproc", "pg_catalog.now", "-"),
    ("regprocedure", "abs(integer)", "-"), ("regrole", "postgres", "-"),
    ("regtype", "character varying", "-"),
    ("text", "line\nfeed\ttab\\N \\. back\\slash\rreturn", ""), ("tid", "(0,1)", "(4294967295,65535)"),
    ("time", "24:00:00", "00:00:00.000001"), ("timestamp", "-infinity", "0044-03-15 12:00:00 BC"),
    ("timestamptz", "2020-06-01 12:00:00+05:45", "294276-12-31 23:59:59+00"),
    ("timetz", "12:00:00+15:59", "00:00-01"),
    ("tsmultirange", "{[2020-01-01,2020-02-01)}", "{}"), ("tsquery", "'a b' & !c:*AB <2> d", "''''"),
    ("tsrange", "[2020-01-01,)", "empty"), ("tstzmultirange", "{[2020-01-01 00:00+03,)}", "{}"),
    ("tstzrange", "[2020-01-01 00:00+03,infinity]", "empty"), ("tsvector", "'it''s':1A 'b':2", ""),
    ("txid_snapshot", "10:20:10", "1:1:"),
    ("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000000000000000000000000000"),
    ("varbit", "101", ""), ("varchar", "größer 日本 😀", " "), ("xid", "5", "4294967295"),
    ("xid8", "18446744073709551615", "0"),
    ("xml", "<?xml version=\"1.0\"?><a b='1'>&lt;</a>", "text <b/> alone"),
  ]

  /// Types no value of which can be written by hand.
  private static let unwritable: Set<String> = [
    "gtsvector", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "pg_dependencies", "pg_mcv_list",
    "pg_ndistinct", "pg_node_tree",
  ]

  private static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  private static var everyType: String {
    let columns = values.map { "\"\($0.type.replacing("\"", with: ""))\" \($0.type)" }
    // Arrays hold what the column beside them holds, and NULL.
    let arrays = values.map { "\"\($0.type.replacing("\"", with: ""))_array\" \($0.type)[]" }
    func row(_ texts: [String]) -> String {
      let typed = zip(values, texts).map { "\(literal($1))::\($0.type)" }
      return (typed + typed.map { "ARRAY[\($0), NULL]" }).joined(separator: ", ")
    }
    return """
      CREATE TABLE every_type (\((columns + arrays).joined(separator: ", ")));
      INSERT INTO every_type VALUES (\(row(values.map(\.first)))), (\(row(values.map(\.second))));
      INSERT INTO every_type DEFAULT VALUES;
      """
  }

  /// Settings of a database that change how values and definitions are printed or read.
  private static let oddSettings = """
    DO $$ DECLARE setting text; BEGIN
      FOREACH setting IN ARRAY ARRAY['TimeZone = ''Asia/Kathmandu''', 'bytea_output = escape', 'extra_float_digits = -10',
        'DateStyle = ''SQL, DMY''', 'IntervalStyle = iso_8601', 'quote_all_identifiers = on', 'standard_conforming_strings = off',
        'client_encoding = LATIN1', 'search_path = public', 'xmloption = document', 'xmlbinary = hex', 'array_nulls = off']
      LOOP EXECUTE format('ALTER DATABASE %I SET %s', current_database(), setting); END LOOP;
      EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET IntervalStyle = sql_standard', current_database());
    END $$;
    """

  @Test func `every type of the server that takes a literal is tried`() throws {
    let types = try TemporaryPostgres.run(
      """
      SELECT typname FROM pg_type t WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm')
        AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
      """, in: try TemporaryPostgres.server().conninfo)
    let tried = Set(Self.values.map { $0.type.replacing("\"", with: "") })
    #expect(tried.union(Self.unwritable) == Set(types.split(separator: "\n").map(String.init)))
  }

  @Test func `values of every type survive, whatever the source's settings`() throws {
    let source = try TemporaryPostgres.makeDatabase(Self.everyType)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 0)
    try TemporaryPostgres.run(Self.oddSettings, in: source)
    let odd = try RestoreRun(of: source)
    #expect(odd.report.isContentProven)
    #expect(odd.report.mismatches == [])
    #expect(odd.report.problems == [])
    #expect(odd.backup.manifest.tables == run.backup.manifest.tables)
    // The settings are facts of the database and come back with it; pg_dump is asked without them.
    #expect(odd.report.structure?.differences.map(\.line) == [])
    #expect(odd.backup.manifest.schemaFingerprint != run.backup.manifest.schemaFingerprint)
    try TemporaryPostgres.run(
      """
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
      EXECUTE format('ALTER ROLE postgres IN DATABASE %I RESET ALL', current_database()); END $$
      """, in: odd.target)
    #expect(try PostgresDump.differences(from: run.target, to: odd.target, .everything) == [])
  }

  @Test func `values of every type survive, whatever the target's settings`() throws {
    let run = try RestoreRun(
      of: try TemporaryPostgres.makeDatabase(Self.everyType), preparingTarget: Self.oddSettings)
    #expect(run.report.isContentProven && run.report.mismatches.isEmpty && run.report.problems == [])
    #expect(run.report.structure?.differences.map(\.object.kind) == [.database, .database])
    let rows = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM every_type t"
    let settled =
      "SET TimeZone = 'UTC'; SET bytea_output = hex; SET extra_float_digits = 3; SET DateStyle = 'ISO'; SET IntervalStyle = postgres; SET search_path = public; SET quote_all_identifiers = off; SET client_encoding = 'UTF8';"
    #expect(try run.restored(settled + rows) == TemporaryPostgres.run(settled + rows, in: run.source))
  }

  @Test func `composites, domains, enums, large and odd texts survive`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      #"""
      CREATE TYPE inner_type AS (a integer, "B c" text); CREATE TYPE outer_type AS (i inner_type, list inner_type[], d date);
      CREATE TYPE mood AS ENUM ('a,b', 'it''s', '"q"', E'back\\'); CREATE DOMAIN word AS text CHECK (VALUE <> 'bad');
      CREATE TYPE span AS RANGE (subtype = float8);
      CREATE TABLE t (id integer, o outer_type, m mood[], w word, s span, grid integer[][], base integer[]);
      INSERT INTO t VALUES (1, ROW(ROW(1, E'x,"y"\\\n(z)')::inner_type, ARRAY[ROW(NULL, '')::inner_type, NULL], 'infinity'),
        '{"a,b",NULL,it''s}', '', '[0.1,0.2)', '{{1,2},{3,NULL}}', '[5:6]={1,2}'), (2, ROW(NULL, '{}', NULL), '{}', NULL, 'empty', '{}', NULL);
      CREATE TABLE texts (id integer PRIMARY KEY, v text);
      INSERT INTO texts VALUES (1, E'\\.'), (2, E'\\.\n'), (3, E'\n\\.\n'), (4, E'\\N'), (5, ''), (6, NULL), (7, E'\r\n'), (8, E'\t'),
        (9, E'\b\f\v'), (10, E'\x01\x7f'), (11, 'ü€😀'), (12, repeat(E'long\\\t', 300000)), (13, E'\\'), (14, 'COPY x FROM stdin;'), (15, '--'), (16, U&'\FEFF\200B');
      CREATE TABLE many AS SELECT n, repeat(md5(n::text), 10) AS v FROM generate_series(1, 5000) n;
      CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES; INSERT INTO no_columns DEFAULT VALUES;
      CREATE TABLE empty (a text);
      SELECT lo_from_bytea(4711, '\x00ff'), lo_from_bytea(4712, ''); COMMENT ON LARGE OBJECT 4711 IS 'two bytes';
      """#)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 0)
    #expect(try PostgresDump.differences(from: source, to: run.target, .everything) == [])
    #expect(
      try run.restored("SELECT length(v), md5(v) FROM texts WHERE id = 12")
        == TemporaryPostgres.run("SELECT length(v), md5(v) FROM texts WHERE id = 12", in: source))
    #expect(
      try run.restored("SELECT lo_get(4711), lo_get(4712), obj_description(4711, 'pg_largeobject')")
        == "\\x00ff|\\x|two bytes\n")
  }

  @Test(arguments: ["LATIN1", "SQL_ASCII", "EUC_JP", "WIN1252"])
  func `databases in another encoding survive`(_ encoding: String) throws {
    let server = try TemporaryPostgres.server()
    let name = "encoded_\(encoding.lowercased())"
    try TemporaryPostgres.run(
      "CREATE DATABASE \(name) ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
      in: server.conninfo)
    let source = server.conninfo(database: name)
    let word = encoding == "EUC_JP" ? "日本" : "größer"
    let bytes = encoding == "SQL_ASCII" ? #"convert_from('\xe4ff80', 'SQL_ASCII')"# : "'\(word)'"
    try TemporaryPostgres.run(
      """
      SET client_encoding = '\(encoding == "SQL_ASCII" ? "SQL_ASCII" : "UTF8")';
      CREATE TABLE "\(word)" (id integer PRIMARY KEY, v text DEFAULT '\(word)'); COMMENT ON COLUMN "\(word)".v IS '@owner \(word)';
      INSERT INTO "\(word)" VALUES (1, \(bytes)), (2, DEFAULT); SET session_replication_role = replica;
      CREATE TABLE r (id integer REFERENCES "\(word)", v text); INSERT INTO r VALUES (1, ''), (9, '\(word)');
      """, in: source)
    let run = try RestoreRun(of: source)
    #expect(run.backup.manifest.locale?.encoding == encoding)
    #expect(run.report.mismatches.isEmpty && run.report.problems == [] && run.report.isContentProven)
    #expect(run.report.structure?.differences.map(\.line) == [])
    #expect(run.report.setAsideRowCount == 1)
    let client = encoding == "SQL_ASCII" ? "SQL_ASCII" : "UTF8"
    let rows = "SET client_encoding = \(client); SELECT id, encode(textsend(v), 'hex') FROM"
    #expect(
      try run.restored("\(rows) public.\"\(word)\" ORDER BY 1")
        == TemporaryPostgres.run("\(rows) public.\"\(word)\" ORDER BY 1", in: source))
    #expect(
      try run.restored("\(rows) plumb_quarantine.r")
        == TemporaryPostgres.run("\(rows) r WHERE id = 9", in: source))
  }
}
