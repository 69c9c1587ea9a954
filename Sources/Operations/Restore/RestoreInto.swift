import Analysis
import Engines
import Foundation
import SchemaModel

/// Restores a backup into a database of the user's, for real.
package struct RestoreInto {
  let backup: StoredBackup
  let destination: LiveLocation
  let workers: Int
  let verification: Restore.Verification
  /// Whether objects belong to whoever restores, and grants are left out.
  let withoutOwners: Bool
  /// What is done with rows that violate constraints.
  let policies: RestorePolicies
  /// Tables whose rows are restored; `nil` for all.
  let selection: RestoreSelection?

  package init(
    _ backup: StoredBackup, destination: LiveLocation, workers: Int, verification: Restore.Verification,
    withoutOwners: Bool, policies: RestorePolicies = .quarantineAll, selection: RestoreSelection? = nil
  ) {
    self.backup = backup
    self.destination = destination
    self.workers = workers
    self.verification = verification
    self.withoutOwners = withoutOwners
    self.policies = policies
    self.selection = selection
  }

  /// What lies at the destination now.
  package enum State: Hashable, Sendable {
    /// There is no such database or file yet.
    case missing
    case empty
    /// It holds this many objects, which a restore would replace.
    case occupied(name: String, objectCount: Int)
    /// An interrupted run of this very restore has left it, with so many tables' rows loaded.
    case incomplete(name: String, loadedTableCount: Int)
    /// There is a file, but no database can be read in it.
    case unreadable(name: String)
  }

  /// Looks at a destination for a backup of which only the manifest is here yet, and changes nothing.
  package static func state(of destination: LiveLocation, for manifest: BackupManifest) throws -> State {
    let nothing = Schema(engine: manifest.engine, serverVersion: manifest.serverVersion)
    let backup = StoredBackup(taken: manifest, schema: nothing, at: "")
    let state = try RestoreInto(
      backup, destination: destination, workers: 1, verification: .archive, withoutOwners: true
    ).state()
    // It may be this very restore that was interrupted there.
    if case .occupied(let name, _) = state, case .postgres(let place) = destination,
      try RestoreJournal(on: PostgresConnection(place, for: .reading(statementSeconds: 60))) != nil
    {
      return .incomplete(name: name, loadedTableCount: 0)
    }
    return state
  }

  /// Looks at the destination and changes nothing.
  package func state() throws -> State {
    switch (destination, backup.manifest.engine) {
    case (.postgres(let place), .postgreSQL):
      return try postgresState(of: place)
    case (.sqlite(let path), .sqlite):
      return try sqliteState(of: path)
    case (.postgres, .sqlite), (.sqlite, .postgreSQL):
      throw OperationError(
        "a backup of \(backup.manifest.engine.title) cannot be restored into \(destination.displayName)",
        hint: "Restore it into a database of the same engine.")
    }
  }

  /// What tells this restore from any other: which archive, and what of it is restored how.
  private var identity: String {
    let files = backup.manifest.files.map { "\($0.path) \($0.byteCount) \($0.sha256)" }
    let written = try? FileManager.default.attributesOfItem(atPath: backup.folder)[.modificationDate] as? Date
    let archive = backup.evidence == .archive ? ["written at \(written?.timeIntervalSince1970 ?? 0)"] : []
    let tables =
      selection.map { selection in
        ["of " + selection.tables.sorted().map(\.description).joined(separator: ", ")]
          + selection.chosen.map(\.description)
      } ?? []
    return
      (["\(backup.manifest.engine) \(backup.manifest.database)"] + archive + files + tables
      + ["verify \(verification.rawValue)", "owners \(!withoutOwners)"]).joined(separator: "\n")
  }

  private func sqliteState(of path: String) throws -> State {
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    guard folder.isEmpty || FileManager.default.fileExists(atPath: folder) else {
      throw OperationError(
        "there is no folder \(folder)", detail: ["for the database file \(path)"],
        hint: "Correct the path, or make the folder first.")
    }
    guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
      return .missing
    }
    guard size > 0 else { return .empty }
    guard !Self.isSameFile(path, backup.archivePath) else {
      throw OperationError(
        "\(path) is the backup's own archive",
        hint: "Restore into another file: an archive that is worked on proves nothing any more.")
    }
    do throws(EngineError) {
      let session = try SQLiteConnection(opening: path, .readOnly)
      let count = try session.number("SELECT count(*) FROM sqlite_schema")
      return count == 0 ? .empty : .occupied(name: name, objectCount: count)
    } catch {
      // A database that is damaged beyond reading is what restores are for; a folder is none.
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard error.kind == .damaged, exists, !isFolder.boolValue else { throw error }
      return .unreadable(name: name)
    }
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    var first = stat()
    var second = stat()
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  private func postgresState(of place: PostgresConnectionString) throws(EngineError) -> State {
    do throws(EngineError) {
      let count = try PostgresDatabaseSetup.objectCount(on: place)
      let connection = try PostgresConnection(place, for: .reading(statementSeconds: 60))
      if let journal = try RestoreJournal(on: connection), journal.identity == identity {
        return .incomplete(
          name: connection.databaseName, loadedTableCount: journal.details(of: .rows).count)
      }
      return count == 0 ? .empty : .occupied(name: connection.databaseName, objectCount: count)
    } catch {
      guard error.kind == .notFound else { throw error }
      return .missing
    }
  }

  /// Restores; `state` was seen before and, where it was occupied, confirmed by its name.
  ///
  /// What an interrupted run has finished of the same restore is not done again.
  ///
  /// The archive's files are verified before the destination is touched. A SQLite file is replaced in one
  /// step at the end; a PostgreSQL database is filled in place, so a failed restore leaves it incomplete.
  package func run(
    over state: State, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> RestoreReport {
    let hold = try BackupHold(folder: backup.folder)
    defer { withExtendedLifetime(hold) {} }
    let restore = Restore(
      backup, verification: verification, withoutOwners: withoutOwners, policies: policies,
      selection: selection, progress: progress)
    var timeline = Timeline()
    try restore.verifyArchive(into: &timeline)
    var report =
      switch destination {
      case .postgres(let place): try restorePostgres(place, over: state, by: restore)
      case .sqlite(let path): try withRoom(for: path) { try restoreSQLite(path, over: state, by: restore) }
      }
    report.timeline.phases = timeline.phases + report.timeline.phases
    return report
  }

  private func restorePostgres(
    _ place: PostgresConnectionString, over state: State, by restore: Restore
  ) throws -> RestoreReport {
    // Whatever can be found wrong with archive or programs is found before anything is dropped.
    let archive = try backup.postgresArchive()
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
    guard let name = place["dbname"] ?? (state == .missing ? nil : backup.manifest.database) else {
      throw OperationError(
        "nothing says what the new database is to be called",
        hint: "Add its name: postgres://host/NAME, or dbname=NAME.")
    }
    switch state {
    case .missing:
      _ = try PostgresDatabaseSetup.createDatabase(name, locale: backup.manifest.locale, on: maintenance)
    case .empty, .unreadable, .incomplete: break
    case .occupied: try PostgresDatabaseSetup.emptyDatabase(at: place)
    }
    do {
      var options = PostgresRestore.Options(workers: workers)
      options.withoutOwners = withoutOwners
      options.rowsOf = selection?.tables
      options.identity = identity
      let target = try PostgresRestore(
        archive: archive, schema: backup.schema, into: place, options: options)
      let report = try restore.run(on: target)
      try target.endJournal()
      return report
    } catch {
      guard state == .missing, !Self.isInterruption(error) else {
        throw Self.leavingIncomplete(name, because: error)
      }
      // What we made and nobody has seen yet goes again, so that the next try finds what this one found.
      try? PostgresDatabaseSetup.dropDatabase(name, on: maintenance)
      throw error
    }
  }

  /// Whether it ended for a reason that lies in nothing that is restored: then another run should go on.
  private static func isInterruption(_ error: any Error) -> Bool {
    Interruption.isRequested || (error as? EngineError)?.kind == .connectionLost
  }

  /// The error with what it means for a database that is filled in place.
  private static func leavingIncomplete(_ name: String, because error: any Error) -> any Error {
    let advice = "Run the same command again to go on from here, or with '--confirm \(name)' to start over."
    let fact = "the database \(name) is left incomplete"
    if Interruption.isRequested {
      return EngineError(.interrupted, "interrupted; \(fact)", hint: advice)
    }
    if var error = error as? EngineError {
      error.detail.append(fact)
      error.hint = [error.hint, advice].compactMap(\.self).joined(separator: " ")
      return error
    }
    if var error = error as? OperationError {
      error.detail.append(fact)
      error.hint = [error.hint, advice].compactMap(\.self).joined(separator: " ")
      return error
    }
    return error
  }

  /// Tells of a full disk by the file that was to be, not by the one it is written to first.
  private func withRoom(for path: String, _ body: () throws -> RestoreReport) throws -> RestoreReport {
    do {
      return try body()
    } catch let error as EngineError where error.kind == .diskFull {
      throw OperationError(
        "no room is left for \(path)", detail: [error.message] + error.detail,
        hint: "Free room on its disk, or restore into another place; what is there has not been touched.")
    }
  }

  private func restoreSQLite(_ named: String, over state: State, by restore: Restore) throws -> RestoreReport
  {
    // Where a link leads: a link itself is never replaced by a file.
    let path = URL(fileURLWithPath: named).resolvingSymlinksInPath().path
    let aside = path + ".restoring"
    try? FileManager.default.removeItem(atPath: aside)
    defer { try? FileManager.default.removeItem(atPath: aside) }
    let target = SQLiteRestore(
      archive: backup.archivePath, to: aside, schema: backup.schema, rowsOf: selection?.tables)
    let report = try restore.run(on: target)
    guard report.isWhole else { return report }
    try target.close()
    guard try sqliteState(of: named) == state else {
      throw OperationError(
        "\(path) was changed by somebody else meanwhile", hint: "Look at it, and run the restore again.")
    }
    Self.keepRights(of: path, for: aside)
    try SQLiteRestoreTarget.install(aside, as: path)
    return report
  }

  /// The new file belongs to whom the old one belonged to: the programs that use it must be able to go on.
  private static func keepRights(of path: String, for restored: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    chmod(restored, status.st_mode & 0o7777)
    // Only root may give a file away; without it the file is the one's who restores.
    _ = chown(restored, status.st_uid, status.st_gid)
  }
}
