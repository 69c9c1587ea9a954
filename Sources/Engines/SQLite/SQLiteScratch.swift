import CSQLite
import SchemaText

/// Databases in memory that SQL text is applied to, so that text can be read as a schema.
package enum SQLiteScratch {
  /// An in-memory database made by one text.
  ///
  /// - Parameter name: what people call the text, such as its path.
  package static func session(
    applying sql: String, from name: String
  ) throws(EngineError) -> SQLiteConnection {
    let session = try session(named: name)
    try apply(sql, from: name, to: session)
    return session
  }

  /// An empty database in memory whose statements can touch no file: attaching one is refused.
  package static func session(named name: String) throws(EngineError) -> SQLiteConnection {
    let session = try SQLiteConnection(inMemoryAs: name)
    // A dump writes the rows of virtual tables into the schema table, and nothing here needs guarding.
    _ = shim_sqlite3_db_config_flag(session.handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
    sqlite3_set_authorizer(
      session.handle,
      { _, action, file, _, _, _ in
        // VACUUM attaches a nameless file to itself; a file that only an expression names comes as NULL.
        guard action == SQLITE_ATTACH else { return SQLITE_OK }
        return file?.pointee == 0 ? SQLITE_OK : SQLITE_DENY
      }, nil)
    return session
  }

  /// Runs the statements of a text, such as one of several files, in a database that has others already.
  ///
  /// - Throws: an error whose detail names the statement that failed and its line.
  package static func apply(
    _ sql: String, from name: String, to session: SQLiteConnection
  ) throws(EngineError) {
    var offset = 0
    var count = 0
    do {
      try session.forEachStatement(
        in: sql,
        reaching: {
          offset = $0
          count += 1
        }
      ) { statement throws(EngineError) in
        while try statement.step() {}
      }
      if session.isInTransaction { try session.execute("COMMIT") }
      // Takes in what a dump wrote into the schema table directly.
      try session.execute("PRAGMA writable_schema = RESET")
    } catch {
      throw explain(error, SQLiteStatementPlace(of: offset, in: sql), number: count, name)
    }
  }

  private static func explain(
    _ error: EngineError, _ place: SQLiteStatementPlace, number: Int, _ name: String
  ) -> EngineError {
    var error = error
    error.message = "\(name), line \(place.line): \(error.message)"
    error.detail.insert("statement \(number) begins with \(place.opening)", at: 0)
    switch error.kind {
    case .permission:
      error.hint = "Text that is read as a schema may not attach files; take that statement out."
    case .refused, .notFound:
      error.hint =
        place.opening.hasPrefix(".")
        ? "Lines that begin with a dot are commands of the sqlite3 shell, not SQL; take them out."
        : "The text is run as SQLite understands it, one statement after the other; correct it there."
    case .unreachable, .authentication, .damaged, .diskFull, .connectionLost, .timeout, .interrupted,
      .violation,
      .unsupported:
      break
    }
    return error
  }
}
