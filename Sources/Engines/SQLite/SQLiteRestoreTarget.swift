import CSQLite

/// The database file that a restore makes of an archive.
///
/// SQLite holds keys, indexes and constraints in the same file as the rows, so what are two phases for
/// PostgreSQL, to create the tables and to load them, is one step here: the archive is copied. It
/// enforces nothing while it is copied; whether the rows satisfy their constraints is found out
/// afterwards, by ``integrityFindings(limit:)`` and ``foreignKeyFindings()``.
package final class SQLiteRestoreTarget {
  /// The restored database, open for writing with constraints relaxed: foreign keys and triggers do not
  /// act, and checks are not made, so that violating rows can be moved without setting anything off.
  package let session: SQLiteConnection

  private let file: SQLiteFile

  private init(_ session: SQLiteConnection, _ file: SQLiteFile) {
    self.session = session
    self.file = file
  }

  /// Copies an archive to a path and opens the copy.
  ///
  /// It is written aside and gets its name when it is complete and on the disk. An existing file is
  /// replaced in one step, and its owner and mode are kept.
  ///
  /// - Parameters:
  ///   - replacing: whether a file that is there, and is not empty, may be replaced.
  ///   - progress: bytes done and in all, told after each piece.
  ///   - shouldStop: asked before each piece.
  /// - Throws: ``EngineError/Kind/refused`` when there is a database at the path already;
  ///   ``EngineError/Kind/timeout`` when it may be replaced but is in use.
  package static func load(
    archive: String, into path: String, replacing: Bool = false,
    progress: (_ bytesDone: Int, _ bytesTotal: Int) -> Void = { _, _ in },
    shouldStop: () -> Bool = { false }
  ) throws(EngineError) -> SQLiteRestoreTarget {
    let source = SQLiteFile(archive)
    let target = SQLiteFile(path)
    try source.check(for: .readOnly)
    try refuse(target, from: source, replacing: replacing)
    do {
      target.aside.remove()
      try source.copy(to: target.aside, progress: progress, shouldStop: shouldStop)
      // Opened once under the other name, so that what is no database never takes the place of one.
      try SQLiteConnection(opening: target.aside.path, .readOnly).close()
      target.aside.removeCompanions()
      try target.aside.adoptRights(of: target)
      if replacing { try retire(target) }
      try target.aside.rename(to: target, replacing: true)
    } catch {
      target.aside.remove()
      throw error
    }
    let session = try SQLiteConnection(opening: path, .readWrite)
    _ = shim_sqlite3_db_config_flag(session.handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0)
    _ = shim_sqlite3_db_config_flag(session.handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    try session.execute("PRAGMA ignore_check_constraints = ON")
    return SQLiteRestoreTarget(session, target)
  }

  /// What SQLite finds when it reads the whole file and holds every row against NOT NULL, CHECK and UNIQUE.
  ///
  /// Foreign keys are not among it. Reads every page.
  ///
  /// - Parameter limit: at most that many findings.
  package func integrityFindings(limit: Int = 1000) throws(EngineError) -> [SQLiteIntegrityFinding] {
    // The check leaves CHECK constraints out while they are ignored.
    try session.execute("PRAGMA ignore_check_constraints = OFF")
    defer { try? session.execute("PRAGMA ignore_check_constraints = ON") }
    var findings: [SQLiteIntegrityFinding] = []
    do {
      try session.forEachRow(of: "PRAGMA integrity_check(\(limit))") { row in
        guard let text = row.text(0), text != "ok" else { return }
        findings.append(SQLiteIntegrityFinding(text))
      }
    } catch  where error.kind == .damaged {
      // Some damage ends the check itself.
      findings.append(SQLiteIntegrityFinding(error.message))
    }
    return findings
  }

  /// What SQLite's own check says of every foreign key: an oracle independent of our queries.
  package func foreignKeyFindings() throws(EngineError) -> [SQLiteForeignKeyFinding] {
    try session.foreignKeyFindings()
  }

  /// Closes the restored database and waits until it is on the disk.
  ///
  /// - Parameter rebuildingIndexes: whether every index is made anew first (`REINDEX`), for findings of
  ///   ``SQLiteIntegrityFinding/Nature/index``.
  /// - Throws: ``EngineError/Kind/violation`` when rows do not fit a unique index that is made anew.
  package func finish(rebuildingIndexes: Bool = false) throws(EngineError) {
    if rebuildingIndexes { try session.execute("REINDEX") }
    session.close()
    try file.synchronise()
  }

  /// Closes the restored database and removes it.
  package func abandon() {
    session.close()
    file.remove()
  }

  private static func refuse(
    _ target: SQLiteFile, from source: SQLiteFile, replacing: Bool
  ) throws(EngineError) {
    guard !target.isSameFile(as: source) else {
      throw EngineError(
        .refused, "\(target.path) is the archive itself", hint: "Restore into another file.")
    }
    // What is only in there would be lost by copying the database file alone.
    if let companion = source.companions.first(where: {
      (SQLiteFile($0).byteCount ?? 0) > 0 && !$0.hasSuffix("-shm")
    }) {
      throw EngineError(
        .refused, "\(source.path) is no archive but a database in use: there is a file \(companion)",
        hint: "Take a backup of it, and restore that.")
    }
    guard !replacing else { return }
    if let byteCount = target.byteCount, byteCount > 0 {
      throw EngineError(
        .refused, "there is a file \(target.path) already, of \(byteCount) bytes",
        hint: "Restore into another file, or confirm that this one is to be replaced.")
    }
    // With a journal that is not its own beside it, SQLite would damage the restored file.
    if let companion = target.companions.first(where: { SQLiteFile($0).byteCount != nil }) {
      throw EngineError(
        .refused, "there is a file \(companion) but no database to it",
        hint: "Move it away: it may hold the last changes of a lost database. Or restore into another file.")
    }
  }

  /// Makes sure nobody uses the database that is to be replaced, and that nothing of it stays beside the new one.
  private static func retire(_ target: SQLiteFile) throws(EngineError) {
    if (target.byteCount ?? 0) > 0 {
      do {
        let old = try SQLiteConnection(opening: target.path, .readWrite)
        defer { old.close() }
        // In WAL mode this fails while another connection is open at all, elsewhere while one reads or writes.
        try old.execute("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT")
      } catch  where error.kind == .damaged {
        // No database, so nobody can be using it as one.
      }
    }
    target.removeCompanions()
  }
}

extension SQLiteRestoreTarget {
  /// Gives a restored file its final name, in place of the database that may be there.
  ///
  /// - Throws: ``EngineError/Kind/timeout`` when that database is in use.
  package static func install(_ restored: String, as path: String) throws(EngineError) {
    try retire(SQLiteFile(path))
    try SQLiteFile(restored).rename(to: SQLiteFile(path), replacing: true)
  }
}
