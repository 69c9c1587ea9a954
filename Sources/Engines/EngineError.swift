import SchemaModel

/// Why a database did not do what it was asked.
package struct EngineError: Error, Hashable {
  /// What kind of trouble it is: what to do depends on it.
  package enum Kind: Hashable, Sendable {
    /// The server or file cannot be reached or opened.
    case unreachable
    /// The server refuses who we say we are.
    case authentication
    /// There is no database, file or object of that name.
    case notFound
    /// The role may not do this.
    case permission
    /// The file is not a database, or is damaged.
    case damaged
    /// No room is left on a disk.
    case diskFull
    /// The connection was lost, or the server stopped, while we worked.
    case connectionLost
    /// A time limit for a statement or a lock passed.
    case timeout
    /// We were asked to stop.
    case interrupted
    /// A row violates a constraint.
    case violation
    /// The engine cannot do this at all.
    case unsupported
    /// Everything else the server refuses.
    case refused
  }

  package var kind: Kind
  /// One line, lower case, a fact.
  package var message: String
  /// What the server said and where: object, statement, position.
  package var detail: [String]
  /// What to do, as a sentence.
  package var hint: String?
  /// PostgreSQL's SQLSTATE, where there is one.
  package var sqlState: String?

  package init(
    _ kind: Kind, _ message: String, detail: [String] = [], hint: String? = nil, sqlState: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.detail = detail
    self.hint = hint
    self.sqlState = sqlState
  }

  /// Whether another object may still be readable: everything else ends a run over many.
  package var isAboutOneObject: Bool {
    switch kind {
    case .permission, .timeout, .refused, .unsupported, .notFound: true
    case .unreachable, .authentication, .damaged, .diskFull, .connectionLost, .interrupted, .violation: false
    }
  }

  /// Whether another session's lock was waited for in vain, by us or by pg_dump.
  package var isLockTimeout: Bool { kind == .timeout && message == PostgresServerError.lockMessage }

  /// The same trouble, told with what was being done.
  package func during(_ doing: String) -> EngineError {
    var error = self
    error.message = "\(doing): \(message)"
    return error
  }
}
