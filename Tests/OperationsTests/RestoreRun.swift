import Analysis
import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// A database of a test, its backup, and what a restore of it into a new database of the same server gave.
struct RestoreRun {
  let source: String
  let backup: StoredBackup
  /// The libpq connection string of the restored database.
  let target: String
  let report: RestoreReport
  private let store: Scratch

  /// Backs up the database and restores it as a drill does.
  ///
  /// - Parameters:
  ///   - alter: changes the backup's folder before it is restored.
  ///   - preparation: statements to run in the empty target.
  ///   - policies: as from the command line.
  ///   - server: where the target is made, with the roles the backup names; `nil` is the shared server.
  init(
    of source: String, workers: Int = 2, alteringBackup alter: (StoredBackup) throws -> Void = { _ in },
    preparingTarget preparation: String = "", on server: ThrowawayServer? = nil,
    policies: [PolicyRule] = []
  ) throws {
    self.source = source
    store = try Scratch()
    var backup = try Self.backup(of: source, into: store, workers: workers)
    try alter(backup)
    backup = try StoredBackup(folder: backup.folder)
    self.backup = backup
    target = try Self.makeTarget(for: backup, on: try server ?? TemporaryPostgres.server())
    try TemporaryPostgres.run(preparation, in: target)
    var options = PostgresRestore.Options(workers: workers)
    options.isStaging = true
    // Tables of tests are small: these are treated as large ones are.
    options.leastRelaxedByteCount = 0
    let restore = try PostgresRestore(
      archive: try PostgresArchive(opening: backup.archivePath), schema: backup.schema,
      into: try PostgresConnectionString(target), options: options)
    let settled = try RestorePolicies(policies, for: PolicySubjects(of: backup.schema, blueprint: nil).all)
    report = try Restore(backup, verification: .full, policies: settled) { _ in }.run(on: restore)
  }

  /// Backs up the database into the folder.
  static func backup(of source: String, into store: Scratch, workers: Int = 2) throws -> StoredBackup {
    let place = LiveLocation.postgres(try PostgresConnectionString(source))
    return try Backup(place, into: BackupStore(path: store.path("store")), workers: workers) { Date() }.run {
      _ in
    }
  }

  /// An empty database with the locale of the backup's, and the roles it names.
  static func makeTarget(for backup: StoredBackup, on server: ThrowawayServer) throws -> String {
    let place = try PostgresConnectionString(server.conninfo)
    try PostgresDatabaseSetup.createMissingRoles(backup.manifest.roles, on: place)
    let name = "\(backup.manifest.database)_restored_\(UInt32.random(in: 0...UInt32.max))"
    let note = try PostgresDatabaseSetup.createDatabase(
      name, locale: backup.manifest.locale, on: place)
    #expect(note == nil)
    try TemporaryPostgres.retireLater(name)
    return server.conninfo(database: name)
  }

  /// What must be true of every restore, whatever was wrong with the rows.
  ///
  /// No row is lost, content and structure are proven, and PostgreSQL itself takes a plain dump of the
  /// restored database without an error: every constraint holds, by its own judgement.
  ///
  /// - Parameter differences: what PostgreSQL's own dump and restore do not bring back.
  func expectWhole(
    setAside: Int, differences losses: [String] = [], location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(report.mismatches.isEmpty, sourceLocation: location)
    #expect(report.isContentProven, sourceLocation: location)
    #expect(report.problems == [], sourceLocation: location)
    let found = report.structure?.differences.map { $0.line.replacing(#/ \([a-z ]+\)$/#, with: "") }
    #expect(found == losses, sourceLocation: location)
    let isWhole = report.isWhole
    #expect(isWhole == losses.isEmpty, sourceLocation: location)
    #expect(report.setAsideRowCount == setAside, sourceLocation: location)
    let made = report.handled.reduce(0) { $0 + ($1.phantomCount ?? 0) }
    #expect(
      report.restoredRowCount + report.setAsideRowCount == backup.manifest.rowCount + made,
      sourceLocation: location)
    let differences = try PostgresDump.differences(
      from: source, to: target, .schema, excluding: "plumb_quarantine", restored: true)
    #expect(differences == [], sourceLocation: location)
    let dump = try PostgresDump.script(of: target, excluding: "plumb_quarantine")
    #expect(throws: Never.self, sourceLocation: location) { _ = try TemporaryPostgres.makeDatabase(dump) }
  }

  /// What a query says of the restored database.
  func restored(_ sql: String) throws -> String {
    try TemporaryPostgres.run(sql, in: target)
  }
}
