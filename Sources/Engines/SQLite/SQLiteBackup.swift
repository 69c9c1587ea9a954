import CSQLite

/// Backups by SQLite's own means (`sqlite3_backup_step`): the archive is a plain database file.
package enum SQLiteBackup {
  /// Pages copied between two looks at `shouldStop`.
  private static let pagesPerStep: Int32 = 256

  /// Copies the whole database into a new file.
  ///
  /// The copy is of one moment. Called inside ``SQLiteConnection/withSnapshot(_:)``, it is of that
  /// snapshot's, so what else is read there, such as digests, fits it. The file is written aside and gets
  /// its name when it is complete and on the disk; it is not in WAL mode and has no files beside it.
  ///
  /// Pages are copied without a look inside: what is damaged in the source is so in the copy, and only
  /// reading every row, as digests do, finds it out.
  ///
  /// - Parameters:
  ///   - source: best opened read-only; a shared lock is held on it meanwhile.
  ///   - path: a file that does not exist.
  ///   - progress: pages done and in all, told after each step.
  ///   - shouldStop: asked before each step.
  /// - Throws: ``EngineError/Kind/interrupted`` when asked to stop; whatever the error, no file is left.
  package static func write(
    from source: SQLiteConnection, to path: String,
    progress: (_ pagesDone: Int, _ pagesTotal: Int) -> Void = { _, _ in },
    shouldStop: () -> Bool = { false }
  ) throws(EngineError) {
    let file = SQLiteFile(path)
    guard file.byteCount == nil else {
      throw EngineError(
        .refused, "there is a file \(path) already", hint: "Choose another name; no backup is overwritten.")
    }
    // Left behind by a run that was killed.
    file.aside.remove()
    do {
      let copy = try SQLiteConnection(opening: file.aside.path, .create)
      defer { copy.close() }
      try source.withSnapshot { () throws(EngineError) in
        try copyPages(from: source, to: copy, progress: progress, shouldStop: shouldStop)
      }
      try leaveLogMode(copy)
      copy.close()
      try file.aside.synchronise()
      try file.aside.rename(to: file, replacing: false)
    } catch {
      file.aside.remove()
      throw error
    }
  }

  private static func copyPages(
    from source: SQLiteConnection, to copy: SQLiteConnection, progress: (Int, Int) -> Void,
    shouldStop: () -> Bool
  ) throws(EngineError) {
    guard let backup = sqlite3_backup_init(copy.handle, "main", source.handle, "main") else {
      throw copy.lastError()
    }
    var code = SQLITE_OK
    var isStopped = false
    while code == SQLITE_OK && !isStopped {
      isStopped = shouldStop() || source.interruption.takeRequest()
      guard !isStopped else { break }
      code = sqlite3_backup_step(backup, pagesPerStep)
      let total = Int(sqlite3_backup_pagecount(backup))
      progress(total - Int(sqlite3_backup_remaining(backup)), total)
    }
    sqlite3_backup_finish(backup)
    if isStopped { throw EngineError(.interrupted, "interrupted while backing up \(source.displayName)") }
    guard code == SQLITE_DONE else {
      // The copy is what grows.
      let place = code & 0xFF == SQLITE_FULL ? copy.displayName : source.displayName
      throw EngineError.sqlite(code, String(cString: sqlite3_errstr(code)), in: place)
    }
  }

  /// The mark of WAL mode is in the first page and was copied with it.
  private static func leaveLogMode(_ copy: SQLiteConnection) throws(EngineError) {
    let mode = try copy.rows("PRAGMA journal_mode = DELETE").first?.first ?? nil
    guard mode == "delete" else {
      throw EngineError(.refused, "the copy stays in journal mode \(mode ?? "unknown")")
    }
  }
}
