import CSQLite
import SchemaModel
import SchemaText

/// A blocking connection to a SQLite file, or to a database in memory.
///
/// What reading does to a file: nothing to the database, ever. SQLite takes a shared lock for as long
/// as a read transaction lasts: in WAL mode writers go on meanwhile, in the other journal modes they
/// can prepare a change but not commit it. In WAL mode SQLite finds pages by the `-shm` file beside the
/// database: when `-wal` and `-shm` are missing it makes them, the `-wal` empty, with the database's owner
/// and rights, and a read-only connection leaves them there; when they are stale it rebuilds `-shm`. It
/// neither writes to a `-wal` that is there nor moves its pages into the database. The file is never opened
/// as `immutable`, which would skip these locks and could show a mixture of two moments.
package final class SQLiteConnection: DatabaseSession {
  /// What may be done to the file.
  package enum Access: Hashable, Sendable {
    /// A missing or empty file is an error.
    case readOnly
    /// A missing file is an error; an empty one is a database without tables.
    case readWrite
    /// As ``readWrite``, but a missing file is made.
    case create
  }

  package let engine = DatabaseEngine.sqlite
  package let displayName: String
  package let databaseName: String
  /// The file; `nil` in memory.
  package let path: String?
  /// Stops the work of this connection from another thread.
  package let interruption = SQLiteInterruption()

  /// How long one statement may run, rows being read included; `nil` for as long as it takes.
  package var statementTimeout: Duration?

  /// From `sqlite3_open_v2`; `nil` after ``close()``.
  private(set) var handle: OpaquePointer?
  /// Passes an interruption of the process on to this connection.
  private var interruptionHandler: InterruptionHandler?

  /// Opens a file, and reads enough of it to know that it is a SQLite database.
  ///
  /// - Parameter busyTimeout: how long a statement waits for another program's lock.
  package convenience init(
    opening path: String, _ access: Access, busyTimeout: Duration = .seconds(5)
  ) throws(EngineError) {
    try SQLiteFile(path).check(for: access)
    let flags =
      switch access {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    try self.init(
      uri: SQLiteFile(path).uri(for: access), flags: flags, path: path, displayName: path,
      databaseName: SQLiteFile(path).lastComponent, busyTimeout: busyTimeout)
    do {
      try execute("SELECT count(*) FROM sqlite_schema")
    } catch {
      close()
      throw SQLiteFile(path).explain(error)
    }
  }

  /// Opens an empty database in memory.
  package convenience init(inMemoryAs name: String) throws(EngineError) {
    try self.init(
      uri: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path: nil, displayName: name,
      databaseName: name, busyTimeout: .zero)
  }

  private init(
    uri: String, flags: Int32, path: String?, displayName: String, databaseName: String, busyTimeout: Duration
  ) throws(EngineError) {
    self.path = path
    self.displayName = displayName
    self.databaseName = databaseName
    var opened: OpaquePointer?
    // One thread uses a connection, so it needs no mutex; sqlite3_interrupt, which others call, takes none.
    let all = flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(uri, &opened, all, nil)
    // SQLite hands out a connection even when opening fails: it holds the message.
    handle = opened
    guard code == SQLITE_OK, let opened else {
      let error = opened == nil ? EngineError(.refused, "out of memory") : lastError()
      close()
      throw path.map { SQLiteFile($0).explain(error) } ?? error
    }
    interruption.attach(opened)
    let interruption = interruption
    interruptionHandler = Interruption.whenInterrupted { interruption.interrupt() }
    _ = shim_sqlite3_db_config_flag(opened, SQLITE_DBCONFIG_DEFENSIVE, 1)
    let (seconds, attoseconds) = busyTimeout.components
    sqlite3_busy_timeout(opened, Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
  }

  deinit { close() }

  /// Closes the connection.
  ///
  /// What is used afterwards fails; closing again does nothing.
  package func close() {
    interruptionHandler = nil
    interruption.detach()
    sqlite3_close_v2(handle)
    handle = nil
  }

  package var serverVersion: String { String(cString: sqlite3_libversion()) }

  /// Whether a transaction is open.
  package var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

  package func execute(_ sql: String) throws(EngineError) {
    try forEachStatement(in: sql) { statement throws(EngineError) in
      while try statement.step() {}
    }
  }

  /// Runs one query and returns its rows; text that is no UTF-8 is repaired, a BLOB is a hexadecimal literal.
  package func rows(_ sql: String) throws(EngineError) -> [[String?]] {
    var rows: [[String?]] = []
    try forEachRow(of: sql) { statement in
      rows.append((0..<statement.columnCount).map { statement.display($0) })
    }
    return rows
  }

  /// Runs one statement and returns how many rows it inserted, updated or deleted itself (`sqlite3_changes64`).
  package func changedRowCount(_ sql: String) throws(EngineError) -> Int {
    let before = sqlite3_total_changes64(handle)
    try forEachRow(of: sql) { _ in }
    // SQLite keeps the count of the statement before when this one was no such statement.
    return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
  }

  package func schema(printable: Bool) throws(EngineError) -> Schema {
    try withSnapshot { () throws(EngineError) in try SQLiteCatalog(self).schema() }
  }

  /// Runs one query and hands over each row; nothing of a row may be kept.
  func forEachRow(
    of sql: String, _ body: (borrowing SQLiteStatement) throws(EngineError) -> Void
  ) throws(EngineError) {
    var isFirst = true
    try forEachStatement(in: sql) { statement throws(EngineError) in
      guard isFirst else { throw EngineError(.refused, "more than one statement where one is expected") }
      isFirst = false
      while try statement.step() { try body(statement) }
    }
  }

  /// Prepares the statements of a text one after the other, each when those before it have run.
  ///
  /// - Parameter reaching: told, before each statement is prepared, at which byte of the text it begins.
  func forEachStatement(
    in sql: String, reaching: (Int) -> Void = { _ in },
    _ body: (borrowing SQLiteStatement) throws(EngineError) -> Void
  ) throws(EngineError) {
    // Ended by a zero: SQLite copies a text of given length, the whole rest for each statement.
    try sql.utf8CString.withUnsafeBufferPointer { text throws(EngineError) in
      guard var start = text.baseAddress else { return }
      let end = start + text.count - 1
      while start < end {
        reaching(text.count - 1 - (end - start))
        let (prepared, next) = try prepare(start)
        if let prepared {
          try body(SQLiteStatement(prepared, of: self))
        } else if next == start {
          throw EngineError(.refused, "the SQL text holds a zero byte")
        }
        start = next
      }
    }
  }

  /// The statement a text begins with, `nil` when only white space and comments are left, and its end.
  private func prepare(
    _ text: UnsafePointer<CChar>
  ) throws(EngineError) -> (OpaquePointer?, UnsafePointer<CChar>) {
    guard let handle else { throw lastError() }
    if interruption.takeRequest() { throw EngineError(.interrupted, "interrupted") }
    interruption.begin(timeLimit: statementTimeout)
    var prepared: OpaquePointer?
    var next: UnsafePointer<CChar>?
    guard sqlite3_prepare_v2(handle, text, -1, &prepared, &next) == SQLITE_OK, let next else {
      throw lastError()
    }
    return (prepared, next)
  }

  /// Ends a transaction that wrote nothing, also when a stop was asked for.
  func endSnapshot() {
    // Nothing was written, so there is nothing a failure could lose; closing ends it at the latest.
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// The trouble that the last call on this connection reported.
  func lastError() -> EngineError {
    guard let handle else {
      return EngineError(.connectionLost, "the connection to \(displayName) is closed")
    }
    let code = sqlite3_extended_errcode(handle)
    if code & 0xFF == SQLITE_INTERRUPT, interruption.takeCause() == .timeLimit, let statementTimeout {
      return EngineError(
        .timeout, "a statement ran longer than \(statementTimeout)", detail: ["in \(displayName)"],
        hint: "Allow it more time, or try again when the database is less busy.")
    }
    return .sqlite(code, String(cString: sqlite3_errmsg(handle)), in: displayName)
  }
}
