import Engines
import Foundation
import SchemaModel

/// Restores a backup into a database of the user's, for real.
package struct RestoreInto {
  let backup: StoredBackup
  let destination: SchemaLocation
  let workers: Int
  let verification: Restore.Verification
  /// Whether objects belong to whoever restores, and grants are left out.
  let withoutOwners: Bool

  package init(
    _ backup: StoredBackup, destination: SchemaLocation, workers: Int, verification: Restore.Verification,
    withoutOwners: Bool
  ) {
    self.backup = backup
    self.destination = destination
    self.workers = workers
    self.verification = verification
    self.withoutOwners = withoutOwners
  }

  /// What lies at the destination now.
  package enum State: Hashable, Sendable {
    /// There is no such database or file yet.
    case missing
    case empty
    /// It holds this many objects, which a restore would replace.
    case occupied(name: String, objectCount: Int)
  }

  /// Looks at the destination and changes nothing.
  package func state() throws -> State {
    switch (destination, backup.manifest.engine) {
    case (.postgres(let place), .postgreSQL):
      return try postgresState(of: place)
    case (.sqlite(let path), .sqlite):
      guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
        return .missing
      }
      guard size > 0 else { return .empty }
      let session = try SQLiteConnection(opening: path, .readOnly)
      let count = try session.number("SELECT count(*) FROM sqlite_schema")
      let name = (path as NSString).lastPathComponent
      return count == 0 ? .empty : .occupied(name: name, objectCount: count)
    case (.sqlFile, _), (.sqlFolder, _), (.blueprint, _), (.document, _):
      throw LiveDatabase.notLive(destination)
    case (.postgres, .sqlite), (.sqlite, .postgreSQL):
      throw OperationError(
        "a backup of \(backup.manifest.engine.title) cannot be restored into \(destination.displayName)",
        hint: "Restore it into a database of the same engine.")
    }
  }

  private func postgresState(of place: PostgresConnectionString) throws(EngineError) -> State {
    do throws(EngineError) {
      let count = try PostgresDatabaseSetup.objectCount(on: place)
      let name = try PostgresConnection(place, for: .reading(statementSeconds: 60)).databaseName
      return count == 0 ? .empty : .occupied(name: name, objectCount: count)
    } catch {
      guard error.kind == .notFound else { throw error }
      return .missing
    }
  }

  /// Restores; `state` was seen before and, where it was occupied, confirmed by its name.
  ///
  /// The archive's files are verified before the destination is touched. A SQLite file is replaced in one
  /// step at the end; a PostgreSQL database is filled in place, so a failed restore leaves it incomplete.
  package func run(
    over state: State, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> RestoreReport {
    try backup.verifyFiles()
    switch destination {
    case .postgres(let place): return try restorePostgres(place, over: state, progress: progress)
    case .sqlite(let path): return try restoreSQLite(path, progress: progress)
    case .sqlFile, .sqlFolder, .blueprint, .document: throw LiveDatabase.notLive(destination)
    }
  }

  private func restorePostgres(
    _ place: PostgresConnectionString, over state: State,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> RestoreReport {
    let maintenance = place.setting("dbname", to: "postgres")
    if !withoutOwners {
      let missing = try PostgresDatabaseSetup.missingRoles(
        backup.manifest.roles, on: state == .missing ? maintenance : place)
      guard missing.isEmpty else {
        throw OperationError(
          "the server lacks roles the backup names: \(missing.joined(separator: ", "))",
          hint: "Create them (CREATE ROLE name), or restore with --no-owner to leave owners and grants out.")
      }
    }
    switch state {
    case .missing:
      _ = try PostgresDatabaseSetup.createDatabase(
        place["dbname"] ?? backup.manifest.database, locale: backup.manifest.locale, on: maintenance)
    case .empty: break
    case .occupied: try PostgresDatabaseSetup.emptyDatabase(at: place)
    }
    var options = PostgresRestore.Options(workers: workers)
    options.withoutOwners = withoutOwners
    let target = try PostgresRestore(
      archive: backup.archivePath, schema: backup.schema, rowCounts: backup.manifest.rowCounts, into: place,
      options: options)
    return try Restore(backup, verification: verification, progress: progress).run(on: target)
  }

  private func restoreSQLite(
    _ path: String, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> RestoreReport {
    let aside = path + ".restoring"
    try? FileManager.default.removeItem(atPath: aside)
    defer { try? FileManager.default.removeItem(atPath: aside) }
    let target = SQLiteRestore(archive: backup.archivePath, to: aside, schema: backup.schema)
    let report = try Restore(backup, verification: verification, progress: progress).run(on: target)
    guard report.isWhole else { return report }
    try target.close()
    try SQLiteRestoreTarget.install(aside, as: path)
    return report
  }
}
