import Foundation
import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

/// Large tables, which Plumbline reads and writes itself: pg_restore must take them as if pg_dump had written them.
@Suite struct PostgresBackupTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Some megabytes in each of two tables, one of them with all that a line may hold; a small one; what depends on them.
  private static let contents = """
    CREATE TABLE big (id int PRIMARY KEY, "t ""x" text, at timestamptz, gone int, twice int GENERATED ALWAYS AS (id * 2) STORED);
    ALTER TABLE big DROP COLUMN gone;
    INSERT INTO big SELECT n, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN '\\.' WHEN 2 THEN E'a\\tb\\n\\\\' ELSE repeat('x', n % 200) END,
      '2026-01-01Z'::timestamptz + n * interval '1 min' FROM generate_series(1, 60000) n;
    CREATE TABLE other (id int PRIMARY KEY, big_id int REFERENCES big, v text);
    INSERT INTO other SELECT n, 1 + n % 60000, md5(n::text) FROM generate_series(1, 40000) n;
    CREATE TABLE small (id serial PRIMARY KEY); INSERT INTO small SELECT FROM generate_series(1, 10);
    DELETE FROM big WHERE id BETWEEN 30000 AND 30100 AND id NOT IN (SELECT big_id FROM other);
    CREATE INDEX ON big (at);
    CREATE MATERIALIZED VIEW sums AS SELECT count(*) FROM other;
    """

  private func backUp(_ source: String, workers: Int = 2) throws -> (folder: String, evidence: BackupEvidence)
  {
    let folder = scratch.path("archive")
    let evidence = try PostgresBackup.write(
      from: try PostgresConnectionString(source), into: folder, workers: workers
    ) { _ in }
    return (folder, evidence)
  }

  @Test(arguments: [1, 2, 5])
  func `pg_restore takes large tables that Plumbline wrote as it takes pg_dump's`(_ workers: Int) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let (folder, evidence) = try backUp(source, workers: workers)
    let contents = try ArchiveContents(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/toc.dat"))))
    #expect(
      contents.entries.filter { $0.kind == "TABLE DATA" }.map(\.name).sorted() == ["big", "other", "small"])
    #expect(Set(evidence.files.map(\.name)).count == 2)
    let target = try TemporaryPostgres.makeDatabase("")
    let program = try ServerBinaries.newest(with: [.pgRestore]).path(of: .pgRestore)
    _ = try Subprocess(program, ["--exit-on-error", "--jobs=2", "--dbname=\(target)", folder]).run()
    #expect(try PostgresDump.differences(from: source, to: target, .everything) == [])
  }

  @Test func `size and hash of a file are those it has, and no other file is left`() throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let (folder, evidence) = try backUp(source)
    for file in evidence.files {
      let found = try FileDigest.sha256(ofFile: "\(folder)/\(file.name)")
      #expect(found.byteCount == file.byteCount)
      #expect(found.sha256 == file.sha256)
    }
    #expect(!FileManager.default.fileExists(atPath: folder + ".rows"))
  }

  @Test(arguments: [1, 2, 3, 7])
  func `a table read in ranges of its pages holds every row once, in its order`(_ rangeCount: Int) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let connection = try PostgresConnection(
      try PostgresConnectionString(source), for: .reading(statementSeconds: 60))
    let table = try #require(try connection.schema().tables.first { $0.name.name == "big" })
    let pages = try connection.tablePageCounts()[table.name] ?? 0
    #expect(pages > 100)
    let length = (pages + rangeCount - 1) / rangeCount
    let ranges = (0..<rangeCount).map { number in
      number * length..<(number == rangeCount - 1 ? Int(UInt32.max) : (number + 1) * length)
    }
    let dump = TableDump(table, pageRanges: ranges, to: scratch.path("rows"))
    for number in ranges.indices.reversed() { _ = try dump.write(number, from: connection) }
    let written = try dump.finish()
    #expect(written.rows == (try connection.digest(of: table)))
    let stream = try StreamCompression.gzip.expanding(try FileBytes(written.path), named: written.path)
    var reader = RowBlockReader(stream, named: written.path)
    let block = RowBlock()
    var lines: [String] = []
    while try reader.fill(block) { block.forEachRow { lines.append(String(decoding: $0, as: UTF8.self)) } }
    var expected: [String] = []
    try connection.copyOut(CopyStatement.reading(table)) {
      expected.append(String(decoding: $0.dropLast(), as: UTF8.self))
    }
    #expect(lines == expected)
  }

  @Test(arguments: ["TRUNCATE small", "ALTER TABLE small ALTER id TYPE bigint", "VACUUM FULL small", nil])
  func `a table that was emptied or rewritten since the snapshot is told, and not backed up empty`(
    _ change: String?
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE small (id int); INSERT INTO small VALUES (1)")
    let connection = try PostgresConnection(
      try PostgresConnectionString(source), for: .reading(statementSeconds: 60))
    try connection.inSnapshot { () throws(EngineError) in
      let tables = try connection.schemaOfSnapshot().tables.map(\.name)
      if let change { _ = try? TemporaryPostgres.run(change, in: source) }
      do throws(EngineError) {
        try connection.holdStill(tables)
        #expect(change == nil)
      } catch {
        #expect(change != nil)
        #expect(error.message == "public.small was emptied or rewritten as the backup began")
        return
      }
      // From now on nobody gets at it.
      let refusal = try? TemporaryPostgres.run("SET lock_timeout = '100ms'; TRUNCATE small", in: source)
      #expect(refusal == nil)
    }
  }

  @Test func `which table is read by whom depends on its size`() throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let connection = try PostgresConnection(
      try PostgresConnectionString(source), for: .reading(statementSeconds: 60))
    let schema = try connection.schema()
    let names = Dictionary(uniqueKeysWithValues: schema.tables.map { ($0.name.name, $0.name) })
    let big = try #require(names["big"])
    let other = try #require(names["other"])
    let plan = BackupPlan(of: schema, pageCounts: [big: 100_000, other: 300], isText: true, workers: 4)
    #expect(plan.large.map(\.table.name) == [big, other])
    #expect(plan.small.map(\.name.name) == ["small"])
    #expect(plan.large[0].ranges.count == 4)
    #expect(plan.large[1].ranges.count == 1)
    let untyped = BackupPlan(of: schema, pageCounts: [big: 100_000], isText: false, workers: 4)
    #expect(untyped.large.isEmpty)
  }

  @Test(arguments: [0, 1 << 30])
  func `a table that is loaded by several connections holds what one loaded alone would`(_ least: Int) throws
  {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let (folder, evidence) = try backUp(source)
    let target = try TemporaryPostgres.makeDatabase("")
    var options = PostgresRestore.Options(workers: 3)
    options.isStaging = true
    options.leastSharedByteCount = least
    options.leastRelaxedByteCount = least
    options.leastPartedByteCount = least
    let restore = try PostgresRestore(
      archive: try PostgresArchive(opening: folder), schema: evidence.schema,
      into: try PostgresConnectionString(target), options: options)
    _ = try restore.createTables()
    let loaded = try restore.loadRows(settler: nil) { _ in }
    #expect(Set(loaded) == Set(evidence.tables))
    #expect(Set(try restore.readBack(evidence.schema.tables)) == Set(evidence.tables))
    #expect(try restore.buildKeysAndIndexes() == [])
    #expect(try restore.tryForeignKeys(rowsMayBeMade: false) == nil)
  }

  @Test(arguments: [0, 1 << 30])
  func `a row that a check refuses leaves no part of its table behind, however many connections load it`(
    _ least: Int
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      Self.contents,
      """
      ALTER TABLE big ADD CONSTRAINT small_ids CHECK (id < 50000) NOT VALID;
      UPDATE pg_constraint SET convalidated = true WHERE conname = 'small_ids';
      """)
    let (folder, evidence) = try backUp(source)
    let target = try TemporaryPostgres.makeDatabase("")
    var options = PostgresRestore.Options(workers: 3)
    options.isStaging = true
    options.leastSharedByteCount = least
    options.leastRelaxedByteCount = least
    options.leastPartedByteCount = least
    let restore = try PostgresRestore(
      archive: try PostgresArchive(opening: folder), schema: evidence.schema,
      into: try PostgresConnectionString(target), options: options)
    _ = try restore.createTables()
    #expect(Set(try restore.loadRows(settler: nil) { _ in }) == Set(evidence.tables))
    #expect(restore.relaxedConstraints.contains { $0.name == "small_ids" })
    #expect(Set(try restore.readBack(evidence.schema.tables)) == Set(evidence.tables))
  }
}
