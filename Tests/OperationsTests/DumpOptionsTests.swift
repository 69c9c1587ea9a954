import Engines
import Foundation
import Operations
import SchemaModel
import TestSupport
import Testing

/// Dumps by the options of `pg_dump` that change what is in them; what pg_restore and psql make of them is the oracle.
@Suite struct DumpOptionsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let contents = """
    CREATE SCHEMA shop;
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE parent (id int PRIMARY KEY, name text NOT NULL CHECK (name <> ''), mood mood);
    CREATE TABLE child (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id int, v bytea, at timestamptz,
      CONSTRAINT child_parent_fkey FOREIGN KEY (parent_id) REFERENCES parent);
    CREATE TABLE shop.item (id serial PRIMARY KEY, child_id int, price numeric(9,2),
      CONSTRAINT item_child_fkey FOREIGN KEY (child_id) REFERENCES child);
    CREATE TABLE measured (day date NOT NULL, mood mood, value float8) PARTITION BY HASH (mood);
    CREATE TABLE measured_0 PARTITION OF measured FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE measured_1 PARTITION OF measured FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := 'touched'; RETURN NEW; END $$;
    INSERT INTO parent SELECT n, 'parent ' || n, 'good' FROM generate_series(1, 50) n;
    INSERT INTO child (parent_id, v, at) SELECT 1 + n % 50, '\\xdeadbeef', '2026-01-01 12:00Z' FROM generate_series(1, 500) n;
    INSERT INTO shop.item (child_id, price) SELECT 1 + n % 500, n * 1.5 FROM generate_series(1, 700) n;
    INSERT INTO measured SELECT '2025-06-01'::date + n, CASE n % 2 WHEN 0 THEN 'good' ELSE 'bad' END::mood, n / 3.0
      FROM generate_series(1, 100) n;
    SELECT lo_create(4711); SELECT lowrite(lo_open(4711, 131072), '\\xdeadbeef');
    CREATE TRIGGER touching BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION touch();
    COMMENT ON TABLE parent IS 'told'; GRANT SELECT ON parent TO reader;
    """
  private static let dirt = "SET session_replication_role = replica; DELETE FROM parent WHERE id IN (7, 8);"

  /// Options, and how many rows are in the archive, are orphans, and are nowhere because the archive lacks what they refer to.
  struct Case: CustomTestStringConvertible, Sendable {
    var options: [String]
    var rowCount = 1348
    /// Orphans, and the rows that refer to those.
    var setAside = 48
    /// What the notes must speak of.
    var notes: [String] = []
    var testDescription: String { options.joined(separator: " ") }
  }

  static let cases = [
    Case(options: ["--clean", "--if-exists"]), Case(options: ["--clean", "--if-exists", "-Fc"]),
    Case(options: ["--create"]), Case(options: ["--create", "-Fc"]),
    Case(options: ["--no-owner", "--no-privileges"]), Case(options: ["-O", "-x", "-Fd"]),
    Case(options: ["--disable-triggers"]), Case(options: ["--column-inserts"]),
    Case(options: ["--inserts", "--rows-per-insert=7", "-Fc"]),
    Case(options: ["--inserts", "--on-conflict-do-nothing"]), Case(options: ["--load-via-partition-root"]),
    Case(options: ["--load-via-partition-root", "-Fc"]), Case(options: ["--quote-all-identifiers"]),
    Case(options: ["--quote-all-identifiers", "-Ft"]), Case(options: ["--no-comments", "-Fc"]),
    Case(options: ["--encoding=LATIN1"]), Case(options: ["--blobs", "-Fc"]), Case(options: ["--no-blobs"]),
    Case(options: ["--strict-names", "--schema=public", "--schema=shop", "-Fc"]),
    Case(options: ["--schema=public", "--schema=shop"]),
    Case(options: ["--exclude-table-data=child", "-Fc"], rowCount: 848, setAside: 700),
    Case(options: ["--exclude-table-data=shop.*"], rowCount: 648, setAside: 20),
    Case(options: ["--schema-only"], rowCount: 0, setAside: 0, notes: ["holds no rows"]),
    Case(options: ["--schema-only", "-Fc"], rowCount: 0, setAside: 0, notes: ["holds no rows"]),
    Case(options: ["--section=pre-data", "-Fd"], rowCount: 0, setAside: 0, notes: ["holds no rows"]),
    Case(options: ["--section=pre-data", "--section=data"], setAside: 0),
    Case(
      options: ["--table=child", "-Fc"], rowCount: 500, setAside: 0, notes: ["does not hold public.parent"]),
    Case(options: ["--table=child"], rowCount: 500, setAside: 0, notes: ["does not hold public.parent"]),
    Case(
      options: ["--table=shop.item", "-Fd"], rowCount: 700, setAside: 0,
      notes: ["the schema shop", "does not hold public.child"]),
    Case(options: ["--schema=shop"], rowCount: 700, setAside: 0, notes: ["does not hold public.child"]),
    Case(
      options: ["--schema=shop", "-Fc"], rowCount: 700, setAside: 0, notes: ["does not hold public.child"]),
    Case(
      options: ["--exclude-table=parent", "-Fc"], rowCount: 1300, setAside: 0,
      notes: ["does not hold public.parent"]),
  ]

  /// Dumps that the standard tools restore without an error, or with errors about what is not in them.
  static let compared = cases.enumerated().filter { number, item in
    number % 3 == 0 && item.setAside != 700 || !item.notes.isEmpty
  }.map(\.element)

  private func dump(of database: String, _ options: [String]) throws -> String {
    let path = scratch.path("dump")
    let program = try ServerBinaries.newest(with: [.pgDump]).path(of: .pgDump)
    _ = try Subprocess(program, options + ["--file=\(path)", "--dbname=\(database)"]).run()
    return path
  }

  @Test(arguments: cases)
  func `a dump with any options is restored as far as it goes, and what it lacks is told`(_ item: Case) throws
  {
    let source = try TemporaryPostgres.makeDatabase(Self.contents, Self.dirt)
    let path = try dump(of: source, item.options)
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let record = try Drill(backup, blueprint: nil, workers: 2) { Date() }.run { _ in }
    #expect(record.problems == [])
    #expect(record.contentMismatches == [])
    #expect(record.structureDifferences == [])
    #expect(record.backupRowCount == item.rowCount)
    #expect(record.setAside.reduce(0) { $0 + $1.rowCount } == item.setAside)
    #expect(record.verdict == (item.setAside == 0 ? .proven : .provenWithFindings))
    for note in item.notes { #expect(record.notes.contains { $0.contains(note) }, "\(record.notes)") }
    #expect(record.notes.isEmpty == item.notes.isEmpty, "\(record.notes)")
  }

  /// Without dirt the standard tools make the same database of the same dump; they are asked table by table.
  @Test(arguments: compared)
  func `what is restored is what pg_restore and psql make of the same dump`(_ item: Case) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let path = try dump(of: source, item.options.filter { $0 != "--create" })
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let restored = try RestoredDatabase(of: backup)
    let theirs = try TemporaryPostgres.makeDatabase("CREATE SCHEMA IF NOT EXISTS shop;")
    let isPlain = !item.options.contains { $0.hasPrefix("-F") }
    let binaries = try ServerBinaries.newest(with: [.psql, .pgRestore])
    let arguments = isPlain ? ["-X", "-q", "-d", theirs, "-f", path] : ["-d", theirs, path]
    _ = try Subprocess(binaries.path(of: isPlain ? .psql : .pgRestore), arguments).run(accepting: 0...255)
    // Which partition a hash of an enum leads to differs from database to database.
    let question = """
      SELECT c.oid::regclass, (xpath('/row/n/text()', query_to_xml(format(
        'SELECT md5(coalesce(string_agg(t::text, %L ORDER BY t::text), %L)) || count(*) AS n FROM %s t', '|', '', c.oid::regclass),
        false, true, '')))[1]
      FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relnamespace IN ('public'::regnamespace, to_regnamespace('shop')) ORDER BY 1
      """
    let expected = try TemporaryPostgres.run(question, in: theirs)
    #expect(try TemporaryPostgres.run(question, in: restored.conninfo) == expected)
    #expect(!expected.isEmpty)
    let keys =
      "SELECT conrelid::regclass, conname, convalidated FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1, 2"
    #expect(try TemporaryPostgres.run(keys, in: restored.conninfo) == TemporaryPostgres.run(keys, in: theirs))
    let blobs = "SELECT loid, md5(data) FROM pg_largeobject ORDER BY 1"
    #expect(
      try TemporaryPostgres.run(blobs, in: restored.conninfo) == TemporaryPostgres.run(blobs, in: theirs))
  }

  @Test(arguments: [
    ["--data-only"], ["--data-only", "-Fc"], ["--section=data", "-Fd"], ["--section=post-data"],
  ])
  func `a dump without tables is refused with what to do`(_ options: [String]) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let path = try dump(of: source, options)
    let error = #expect(throws: EngineError.self) { try BackupStore(path: scratch.path("none")).backup(path) }
    #expect(error?.message.contains("makes no table") == true)
    #expect(error?.hint?.contains("a database that has the tables") == true)
  }

  @Test func `the dump of a whole server is refused with what to do`() throws {
    let path = scratch.path("all.sql")
    let server = try TemporaryPostgres.server()
    let program = server.binaries.path(of: .pgDump).replacingOccurrences(of: "pg_dump", with: "pg_dumpall")
    _ = try Subprocess(program, ["--file=\(path)", "--dbname=\(server.conninfo)", "--globals-only"]).run()
    let error = #expect(throws: EngineError.self) { try BackupStore(path: scratch.path("none")).backup(path) }
    #expect(error?.message.hasSuffix("holds a whole server: pg_dumpall wrote it") == true)
    #expect(error?.hint == "Name the dump of one database, as pg_dump writes it.")
  }

  @Test(arguments: [["-Fc"], [], ["-Fd"]])
  func `bytes that a source printed in the old form are compared in that form`(_ options: [String]) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE a (id int PRIMARY KEY, v bytea, many bytea[]); CREATE TABLE b (v text);
      INSERT INTO a SELECT n, decode(md5(n::text), 'hex'), ARRAY['\\x5c00'::bytea, '', NULL] FROM generate_series(1, 300) n;
      INSERT INTO b VALUES ('x');
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET bytea_output = ''escape''', current_database()); END $$;
      """)
    let path = try dump(of: source, options)
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let record = try Drill(backup, blueprint: nil, workers: 2) { Date() }.run { _ in }
    #expect(record.contentMismatches == [])
    #expect(record.verdict == .proven)
    #expect(record.restoredRowCount == 301)
  }
}
