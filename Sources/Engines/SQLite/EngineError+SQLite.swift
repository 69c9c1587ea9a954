import CSQLite

extension EngineError {
  /// What a SQLite result code and message mean.
  ///
  /// - Parameters:
  ///   - code: the extended result code, from `sqlite3_extended_errcode`.
  ///   - message: from `sqlite3_errmsg`.
  ///   - place: the file, as people name it.
  static func sqlite(_ code: Int32, _ message: String, in place: String) -> EngineError {
    let kind = kind(ofSQLite: code, message)
    return EngineError(
      kind, message, detail: ["SQLite says \(name(ofSQLite: code)) (\(code)) for \(place)"],
      hint: hint(forSQLite: code, kind, place))
  }

  private static func kind(ofSQLite code: Int32, _ message: String) -> Kind {
    switch code {
    case SQLiteExtendedCode.journalMustBeRolledBack, SQLiteExtendedCode.logMustBeRecovered:
      return .unreachable
    case SQLiteExtendedCode.shortRead, SQLiteExtendedCode.corruptFileSystem: return .damaged
    default: break
    }
    switch code & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .damaged
    case SQLITE_CANTOPEN, SQLITE_IOERR: return .unreachable
    case SQLITE_FULL: return .diskFull
    case SQLITE_BUSY, SQLITE_LOCKED: return .timeout
    case SQLITE_INTERRUPT: return .interrupted
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH: return .violation
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: return .permission
    case SQLITE_NOLFS: return .unsupported
    // The code says only that the statement is wrong; the words say in what way.
    case SQLITE_ERROR: return kind(ofSQLiteMessage: message)
    default: return .refused
    }
  }

  private static func kind(ofSQLiteMessage message: String) -> Kind {
    let missingObject = ["no such table:", "no such column:", "no such index:", "no such view:"]
    let missingAbility = ["no such module:", "no such function:", "no such collation sequence:"]
    if missingObject.contains(where: message.contains) { return .notFound }
    if missingAbility.contains(where: message.contains) { return .unsupported }
    return .refused
  }

  private static func hint(forSQLite code: Int32, _ kind: Kind, _ place: String) -> String? {
    switch code {
    case SQLiteExtendedCode.journalMustBeRolledBack, SQLiteExtendedCode.logMustBeRecovered:
      return "A program stopped in the middle of a write; open \(place) once with its own program or with "
        + "sqlite3, so that SQLite puts it in order, and try again."
    default: break
    }
    switch kind {
    case .damaged:
      return "Restore \(place) from a backup, or save what can be read with: sqlite3 FILE .recover"
    case .diskFull: return "Make room on the disk that holds \(place) and try again."
    case .timeout:
      return "Another program holds a lock on \(place); wait until it is done, or stop it, and try again."
    case .permission:
      return "Run as a user who may read \(place) and, if it is in WAL mode, may write in its folder."
    case .unsupported:
      return "The database uses an extension of SQLite that this program does not carry."
    case .unreachable: return "Look at the disk and the mount that hold \(place)."
    case .authentication, .notFound, .connectionLost, .interrupted, .violation, .refused: return nil
    }
  }

  private static func name(ofSQLite code: Int32) -> String {
    sqlite3_errstr(code).map { String(cString: $0) } ?? "an error"
  }
}

/// Extended result codes, which are shifted macros in C and so not imported.
enum SQLiteExtendedCode {
  /// `SQLITE_READONLY_RECOVERY`.
  static let logMustBeRecovered = SQLITE_READONLY | (1 << 8)
  /// `SQLITE_READONLY_ROLLBACK`.
  static let journalMustBeRolledBack = SQLITE_READONLY | (3 << 8)
  /// `SQLITE_IOERR_SHORT_READ`.
  static let shortRead = SQLITE_IOERR | (2 << 8)
  /// `SQLITE_IOERR_CORRUPTFS`.
  static let corruptFileSystem = SQLITE_IOERR | (33 << 8)
}
