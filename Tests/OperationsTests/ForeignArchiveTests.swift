import Analysis
import Engines
import Foundation
import Operations
import SchemaModel
import TestSupport
import Testing

/// Dumps that Plumbline did not make: every format of `pg_dump`, SQLite's files and texts, whole and damaged.
@Suite struct ForeignArchiveTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A database with something of all that is hard: dirt, partitions, identity, generated columns, large objects,
  /// names that need quotes, moments, and rows that look like the end of rows.
  private static let contents = """
    CREATE TABLE parent (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE child (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id int, twice int GENERATED ALWAYS AS (parent_id * 2) STORED,
      at timestamptz NOT NULL DEFAULT now(), CONSTRAINT child_parent_fkey FOREIGN KEY (parent_id) REFERENCES parent);
    CREATE TABLE "We ""ird; Type: TABLE" (a text, "b c" bytea, CHECK (a <> 'never'));
    CREATE TABLE measured (day date NOT NULL, value numeric) PARTITION BY RANGE (day);
    CREATE TABLE measured_2025 PARTITION OF measured FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
    CREATE TABLE measured_2026 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE INDEX ON measured (day);
    INSERT INTO parent SELECT n, 'parent ' || n FROM generate_series(1, 50) n;
    INSERT INTO child (parent_id, at) SELECT 1 + n % 50, '2026-03-01 12:00Z'::timestamptz + n * interval '7 hours'
      FROM generate_series(1, 3000) n;
    INSERT INTO "We ""ird; Type: TABLE" VALUES ('\\.', '\\x00ff'), (E'tab\\t and\\nline', NULL), ('--', ''), (NULL, NULL);
    INSERT INTO measured SELECT '2025-06-01'::date + n, n FROM generate_series(1, 400) n;
    SELECT lo_create(4711); SELECT lowrite(lo_open(4711, 131072), '\\xdeadbeef');
    CREATE MATERIALIZED VIEW totals AS SELECT parent_id, count(*) FROM child GROUP BY 1;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := 'touched'; RETURN NEW; END $$;
    CREATE TRIGGER touching BEFORE INSERT OR UPDATE ON parent FOR EACH ROW EXECUTE FUNCTION touch();
    SET session_replication_role = replica;
    DELETE FROM parent WHERE id IN (7, 8);
    """

  /// Rows of all tables, and those of them that are orphans.
  private static let (rowCount, orphanCount) = (48 + 3000 + 4 + 400, 120)

  private static let formats: [(name: String, arguments: [String], filter: String?)] = [
    ("custom", ["-Fc"], nil), ("custom without compression", ["-Fc", "-Z0"], nil),
    ("custom through a pipe", ["-Fc"], "cat"), ("directory", ["-Fd"], nil),
    ("directory without compression", ["-Fd", "-Z0"], nil), ("tar", ["-Ft"], nil), ("plain", [], nil),
    ("plain in gzip", ["-Z9"], nil), ("plain with clean-up and database", ["--clean", "--if-exists"], nil),
    ("plain in gzip members", [], "gzip -c"), ("plain as inserts", ["--inserts"], nil),
    ("custom as inserts", ["-Fc", "--column-inserts"], nil),
  ]

  /// Writes a dump; a format with a filter goes through a pipe, where pg_dump cannot fill in offsets.
  private func dump(
    of database: String, _ arguments: [String], through filter: String? = nil,
    by binaries: ServerBinaries? = nil
  ) throws -> String {
    let path = scratch.path("dump")
    let program = try (binaries ?? ServerBinaries.newest(with: [.pgDump])).path(of: .pgDump)
    if let filter {
      let words = ([program] + arguments + ["--dbname=\(database)"]).map { "'\($0)'" }.joined(separator: " ")
      _ = try Subprocess("sh", ["-c", "\(words) | \(filter) > '\(path)'"]).run()
    } else {
      _ = try Subprocess(program, arguments + ["--file=\(path)", "--dbname=\(database)"]).run()
    }
    return path
  }

  private func drill(_ path: String) throws -> DrillRecord {
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    return try Drill(backup, blueprint: nil, workers: 2) { Date() }.run { _ in }
  }

  @Test(arguments: formats.indices)
  func `a dump in any format of pg_dump's is restored, proven, and its orphans set aside`(
    _ number: Int
  ) throws {
    let format = Self.formats[number]
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let record = try drill(try dump(of: source, format.arguments, through: format.filter))
    #expect(record.verdict == .provenWithFindings, "\(format.name)")
    #expect(record.problems == [], "\(format.name)")
    #expect(record.contentMismatches == [], "\(format.name)")
    #expect(record.structureDifferences == [], "\(format.name)")
    #expect(record.isContentProven)
    #expect(record.backupRowCount == Self.rowCount, "\(format.name)")
    #expect(record.restoredRowCount == Self.rowCount - Self.orphanCount, "\(format.name)")
    #expect(record.setAside.map(\.constraint) == ["child_parent_fkey"], "\(format.name)")
    #expect(record.setAside.map(\.rowCount) == [Self.orphanCount], "\(format.name)")
  }

  @Test(arguments: [["-Fc"], []])
  func `rows of a table that pg_dump makes with its columns in another order are proven by their names`(
    _ arguments: [String]
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE parent (id int);
      CREATE TABLE child ("own, (x)" text, twice int GENERATED ALWAYS AS (id * 2) STORED) INHERITS (parent);
      ALTER TABLE parent ADD later int DEFAULT 7;
      INSERT INTO child (id, "own, (x)", later) SELECT n, n * 3, n * 5 FROM generate_series(1, 500) n;
      """)
    let path = try dump(of: source, arguments)
    let record = try drill(path)
    #expect(record.contentMismatches == [])
    #expect(record.verdict == .proven, "\(record.problems)")
    let restored = try RestoredDatabase(of: try BackupStore(path: scratch.path("none")).backup(path))
    #expect(
      try TemporaryPostgres.run("SELECT sum(later), max(twice) FROM child", in: restored.conninfo)
        == "626250|1000\n")
  }

  @Test(arguments: [
    ["-Fc", "--quote-all-identifiers"], ["--create", "--clean"], ["-Fp", "--quote-all-identifiers"],
  ])
  func `a dump of a database with settings and with names as values is proven, however it is written`(
    _ arguments: [String]
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE t (id int PRIMARY KEY, what regclass, of regtype, raw bytea);
      INSERT INTO t VALUES (1, 't', 'integer', '\\x00ff'), (2, 'pg_class', 'name', NULL);
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''5MB''', current_database()); END $$;
      """)
    let record = try drill(try dump(of: source, arguments))
    #expect(record.verdict == .proven, "\(record.problems) \(record.contentMismatches)")
    #expect(record.restoredRowCount == 2)
  }

  @Test(arguments: ["-Fc", "-Fp"])
  func `rows for a table whose name has two lines are loaded`(_ format: String) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE "two\nlines" (id int) PARTITION BY RANGE (id);
      CREATE TABLE part PARTITION OF "two\nlines" FOR VALUES FROM (0) TO (100);
      INSERT INTO part SELECT generate_series(1, 50);
      """)
    let record = try drill(try dump(of: source, [format, "--load-via-partition-root"]))
    #expect(record.verdict == .proven, "\(record.problems)")
    #expect(record.restoredRowCount == 50)
  }

  @Test(arguments: [["-Fc"], []]) func `tables are stored as they were, by whatever access method`(
    _ arguments: [String]
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE ACCESS METHOD "Heap too" TYPE TABLE HANDLER heap_tableam_handler;
      CREATE TABLE a (id int) USING "Heap too";
      CREATE TABLE b (id int);
      CREATE MATERIALIZED VIEW c USING "Heap too" AS SELECT 1 AS x;
      INSERT INTO a VALUES (1);
      """)
    let path = try dump(of: source, arguments)
    let restored = try RestoredDatabase(of: try BackupStore(path: scratch.path("none")).backup(path))
    #expect(restored.report.isWhole)
    #expect(try PostgresDump.differences(from: source, to: restored.conninfo, .everything) == [])
  }

  @Test(arguments: ["Europe/Oslo", "America/St_Johns", "Asia/Kathmandu", "<+05>-05"])
  func `moments that a source printed in its own time zone are compared in that zone`(_ zone: String) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE event (id int PRIMARY KEY, at timestamptz, during tstzrange, many timestamptz[]);
      INSERT INTO event SELECT n, moment, tstzrange(moment, moment + interval '1 h'), ARRAY[moment, NULL]
        FROM (SELECT n, '2024-01-01 00:30Z'::timestamptz + n * interval '11 hours' AS moment
          FROM generate_series(1, 1500) n) s;
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''\(zone)''', current_database()); END $$;
      """)
    let record = try drill(try dump(of: source, ["-Fc"]))
    #expect(record.contentMismatches == [])
    #expect(record.verdict == .proven)
  }

  @Test func `a dump in another encoding keeps every letter, in names too`() throws {
    let server = try TemporaryPostgres.server()
    let name = "latin_\(UInt32.random(in: 0...UInt32.max))"
    try TemporaryPostgres.run(
      "CREATE DATABASE \(name) ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
      in: server.conninfo(database: "postgres"))
    let source = server.conninfo(database: name)
    try TemporaryPostgres.run(
      """
      CREATE TABLE "größe" (id int PRIMARY KEY, wert text NOT NULL CHECK (wert <> 'ü'));
      INSERT INTO "größe" VALUES (1, 'é'), (2, 'ß'); CREATE INDEX "ä" ON "größe" (wert);
      COMMENT ON TABLE "größe" IS 'Maß';
      """, in: source)
    for arguments in [["-Fc"], ["-Fp"], ["-Fd"]] {
      let path = try dump(of: source, arguments)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let record = try drill(path)
      #expect(record.verdict == .proven, "\(arguments) \(record.problems)")
      #expect(record.restoredRowCount == 2)
    }
  }

  @Test func `a dump that is cut off or altered anywhere is never called proven`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id int, v text); INSERT INTO t SELECT n, md5(n::text) FROM generate_series(1, 3000) n;"
    )
    for arguments in [["-Fc"], ["-Ft"], ["-Fp"], ["-Fp", "-Z6"]] {
      let path = try dump(of: source, arguments)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      for part in [3, 2] {
        try Data(whole.prefix(whole.count * (part - 1) / part)).write(to: URL(fileURLWithPath: path))
        let verdict = try? drill(path).verdict
        #expect(verdict == nil || verdict == .failed, "\(arguments) cut at \(part - 1)/\(part)")
      }
    }
  }

  @Test func `what is no dump is refused with a word on what is`() throws {
    let path = scratch.path("page.txt")
    try Data("hello".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: OperationError.self) { try drill(path) }
    #expect(error?.message == "\(path) is no backup that can be read")
    let missing = #expect(throws: OperationError.self) { try drill("\(path).gone") }
    #expect(missing?.message == "there is no backup '\(path).gone'")
  }

  @Test func `a SQLite file and the text that sqlite3 dumps are backups too`() throws {
    let file = scratch.path("shop.db")
    _ = try Subprocess(
      "sqlite3",
      [
        file,
        """
        CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p);
        INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1), (2, 9);
        """,
      ]
    ).run()
    let text = scratch.path("shop.sql")
    _ = try Subprocess("sh", ["-c", "sqlite3 '\(file)' .dump > '\(text)'"]).run()
    for path in [file, text] {
      let record = try drill(path)
      #expect(record.verdict == .provenWithFindings, "\(path)")
      #expect(record.backupRowCount == 3)
      #expect(record.restoredRowCount == 2)
      #expect(record.setAside.map(\.rowCount) == [1])
    }
  }
}
