import Analysis
import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// Every kind of dirt under every policy, in both engines where both know it: no row is lost, every constraint holds
/// or is named, and what can be returned after a repair is returned.
@Suite struct DirtyCasesTests {
  @Test(arguments: DirtyCase.all) func `dirt ends where its policy says`(_ example: DirtyCase) throws {
    let run = try DirtyRun(example)
    try run.expectNothingLost()
    var found = try run.state()
    if let repair = example.repair {
      try run.execute(repair)
      found += ["", "== returned"] + (try run.returned()) + ["", "== afterwards"] + (try run.rows())
      try run.expectSound()
    }
    let text = found.joined(separator: "\n") + "\n"
    let path = example.expectedPath
    let expected = try? String(contentsOfFile: path, encoding: .utf8)
    if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1", expected != text {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(text == expected)
  }
}

/// Rows that are set aside while other tables are still being loaded, as in a restore whose content is not read back.
@Suite struct EarlyQuarantineTests {
  @Test(arguments: DirtyCase.all.filter { $0.engine == .postgresql })
  func `what is settled early comes to the same`(_ example: DirtyCase) throws {
    let run = try DirtyRun(example, settling: .asRowsAreLoaded)
    try run.expectNothingLost()
    let expected = try String(contentsOfFile: example.expectedPath, encoding: .utf8)
    let text = expected.split(separator: "\n\n== returned")[0]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // What is told is the same, by another order of events.
    func halves(_ lines: [String]) -> [[String]] {
      let told = lines.prefix { !$0.isEmpty }
      return [told.sorted(), Array(lines.dropFirst(told.count))]
    }
    let found = try run.state()
    #expect(halves(found) == halves(lines.last?.isEmpty == true ? lines.dropLast() : lines))
  }
}

/// A case's database, backed up and restored under the case's policies.
struct DirtyRun {
  /// When rows that violate something are settled.
  enum Moment {
    case afterProof
    /// As far as that is possible, and every table is treated as a large one.
    case asRowsAreLoaded
  }

  let backup: StoredBackup
  let report: RestoreReport
  let place: LiveLocation
  let example: DirtyCase
  private let scratch: Scratch

  init(_ example: DirtyCase, settling moment: Moment = .afterProof) throws {
    self.example = example
    scratch = try Scratch()
    let source: LiveLocation
    switch example.engine {
    case .postgresql:
      source = .postgres(
        try PostgresConnectionString(
          try TemporaryPostgres.makeDatabase(
            example.schema, "SET session_replication_role = replica;\n" + example.dirt)))
      let name = "dirty_\(UInt32.random(in: 0...UInt32.max))"
      place = .postgres(try PostgresConnectionString(try TemporaryPostgres.server().conninfo(database: name)))
      try TemporaryPostgres.retireLater(name)
    case .sqlite:
      let session = try SQLiteConnection(opening: scratch.path("source.db"), .create)
      try session.execute(example.schema + "\nPRAGMA ignore_check_constraints = ON;\n")
      try session.execute(example.dirt)
      session.close()
      source = .sqlite(path: scratch.path("source.db"))
      place = .sqlite(path: scratch.path("restored.db"))
    }
    backup = try Backup(source, into: BackupStore(path: scratch.path("store")), workers: 2) { Date() }.run {
      _ in
    }
    let rules = try example.policies.map { try #require(PolicyText.read($0, origin: .commandLine)) }
    let policies = try RestorePolicies(rules, for: PolicySubjects(of: backup.schema, blueprint: nil).all)
    switch (moment, place) {
    case (.afterProof, _), (_, .sqlite):
      let restore = RestoreInto(
        backup, destination: place, workers: 2, verification: .full, withoutOwners: true, policies: policies)
      report = try restore.run(over: try restore.state()) { _ in }
    case (.asRowsAreLoaded, .postgres(let place)):
      try TemporaryPostgres.run(
        "CREATE DATABASE \(place["dbname"] ?? "")", in: try TemporaryPostgres.server().conninfo)
      // More than tables are loaded by, so that some are settled at the same time.
      var options = PostgresRestore.Options(workers: 4)
      options.withoutOwners = true
      (options.leastRelaxedByteCount, options.leastPartedByteCount) = (0, 0)
      let target = try PostgresRestore(
        archive: try PostgresArchive(opening: backup.archivePath), schema: backup.schema, into: place,
        options: options)
      report = try Restore(backup, verification: .archive, withoutOwners: true, policies: policies) { _ in }
        .run(on: target)
    }
  }

  /// Every row is there or set aside, and the engine itself says that every constraint holds that is not named.
  func expectNothingLost() throws {
    #expect(report.mismatches.isEmpty)
    #expect(report.problems == [])
    #expect(report.structure?.differences.map(\.line) == [])
    let made = report.handled.reduce(0) { $0 + ($1.phantomCount ?? 0) }
    #expect(report.restoredRowCount + report.setAsideRowCount == backup.manifest.rowCount + made)
    try expectSound()
  }

  /// The engine takes the whole database anew without a word, but for constraints that are kept NOT VALID.
  func expectSound() throws {
    // A check that needs a search path, or rows of another table, keeps every plain dump from being restored.
    guard !example.schema.contains("-- no plain dump of it can be restored") else { return }
    switch place {
    case .sqlite(let path):
      let session = try SQLiteConnection(opening: path, .readOnly)
      #expect(try session.rows("PRAGMA integrity_check") == [["ok"]])
      #expect(try session.rows("PRAGMA foreign_key_check").isEmpty)
    case .postgres(let string):
      let dump = try PostgresDump.script(of: string.complete, excluding: "plumb_quarantine")
      #expect(throws: Never.self) { _ = try TemporaryPostgres.makeDatabase(dump) }
    }
  }

  func execute(_ sql: String) throws {
    switch place {
    case .sqlite(let path):
      let session = try SQLiteConnection(opening: path, .readWrite)
      try session.execute("PRAGMA foreign_keys = ON;" + sql)
    case .postgres(let string): try TemporaryPostgres.run(sql, in: string.complete)
    }
  }

  /// What was done, and where every row is now.
  func state() throws -> [String] {
    let settled =
      report.setAside.map {
        "\($0.rowCount) \($0.policy.rawValue): \($0.table.name) \($0.constraint): \($0.reason)"
      }
      + report.handled.map { outcome in
        let made = outcome.phantomCount.map { ", \($0) made in \(outcome.phantomTable?.name ?? "")" } ?? ""
        return
          "\(outcome.rowCount) \(outcome.policy.rawValue)\(made): \(outcome.table.name) \(outcome.constraint): "
          + outcome.reason
      }
    let notes = report.notes.map { "note: \($0)".replacing(#/ \(.*\);/#, with: ";") }
    return (settled + notes).map { $0.replacing("public.", with: "") } + (try rows())
  }

  /// What stands in each table and in each quarantine.
  func rows() throws -> [String] {
    let session = try LiveDatabase.open(place, statementSeconds: 60)
    let dialect = SQLDialect(session.engine)
    var lines: [String] = []
    for table in backup.schema.tables {
      let columns = dialect.identifiers(table.columns.map(\.name))
      let rows = try session.rows("SELECT \(columns) FROM \(dialect.name(table.name))")
      lines += ["", "\(table.name.name):"] + Self.lines(rows)
    }
    let index = SetAsideSQL.index(in: session.engine)
    let hasIndex = try session.rows(
      session.engine == .sqlite
        ? "SELECT 1 FROM sqlite_schema WHERE name = '\(index.name)'"
        : "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'plumb_quarantine' AND tablename = 'plumb_index'"
    )
    guard !hasIndex.isEmpty else { return lines }
    for entry in try session.rows("SELECT table_name, quarantine FROM \(dialect.name(index)) ORDER BY 1") {
      let name = ObjectName(
        schema: session.engine == .sqlite ? nil : SetAsideSQL.schemaName, entry[1] ?? "")
      let table = try #require(backup.schema.tables.first { $0.name.name == entry[0] })
      let columns = ["plumb_constraint", "plumb_policy", "plumb_columns"] + table.columns.map(\.name)
      let rows = try session.rows("SELECT \(dialect.identifiers(columns)) FROM \(dialect.name(name))")
      lines += ["", "set aside of \(table.name.name):"] + Self.lines(rows)
    }
    return lines
  }

  private static func lines(_ rows: [[String?]]) -> [String] {
    rows.map { row in
      "  " + row.map { $0.map { $0 == "t" ? "1" : $0 == "f" ? "0" : $0 } ?? "-" }.joined(separator: "|")
    }.sorted()
  }

  /// Returns what can be returned; what the report says.
  func returned() throws -> [String] {
    let report = try QuarantineReturn(place).run()
    return
      (report.returned.map { "\($0.rowCount) \($0.policy.rawValue): \($0.table.name) \($0.constraint)" }
      + report.left.map { "left \($0.rowCount): \($0.table.name) \($0.constraint): \($0.reason)" })
      .map { $0.replacing("public.", with: "") }
  }
}
