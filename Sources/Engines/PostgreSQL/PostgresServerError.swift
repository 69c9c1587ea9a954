import CPostgres
import SchemaModel

/// Translates what libpq and the server report into ``EngineError``.
enum PostgresServerError {
  /// The error of a failed statement.
  static func translate(_ result: PostgresResult, statement: String?) -> EngineError {
    let state = result.errorField(shim_PG_DIAG_SQLSTATE) ?? ""
    let message =
      result.errorField(shim_PG_DIAG_MESSAGE_PRIMARY) ?? "the server reported an error without words"
    var detail: [String] = []
    if let words = result.errorField(shim_PG_DIAG_MESSAGE_DETAIL) { detail.append(words) }
    if let statement { detail.append("statement: \(excerpt(of: statement))") }
    let kind = kind(state: state, message: message)
    return EngineError(
      kind, message, detail: detail, hint: result.errorField(shim_PG_DIAG_MESSAGE_HINT) ?? hint(for: kind),
      sqlState: state)
  }

  /// The error of a connection that could not be made; `words` is `PQerrorMessage`.
  static func connecting(to place: String, words: String) -> EngineError {
    let text = words.trimmedLine
    let kind: EngineError.Kind =
      if text.contains("password authentication failed") || text.contains("no password supplied")
        || text.contains("authentication failed") || text.contains("no pg_hba.conf entry")
      {
        .authentication
      } else if text.contains("database \"") && text.contains("does not exist") {
        .notFound
      } else if text.contains("role \"") && text.contains("does not exist") {
        .authentication
      } else {
        .unreachable
      }
    let message =
      switch kind {
      case .authentication: "the server refuses to let us in: \(place)"
      case .notFound: "there is no such database: \(place)"
      case .unreachable, .permission, .damaged, .diskFull, .connectionLost, .timeout, .interrupted,
        .violation,
        .unsupported, .refused:
        "cannot connect to \(place)"
      }
    return EngineError(kind, message, detail: [text], hint: hint(for: kind))
  }

  /// The error of a connection that went away while it was used.
  static func lost(_ words: String, statement: String?) -> EngineError {
    var detail = [words.trimmedLine].filter { !$0.isEmpty }
    if let statement { detail.append("statement: \(excerpt(of: statement))") }
    return EngineError(
      .connectionLost, "the connection to the server was lost", detail: detail,
      hint: hint(for: .connectionLost))
  }

  private static func kind(state: String, message: String) -> EngineError.Kind {
    switch state {
    case "28000", "28P01": .authentication
    case "3D000", "42P01", "3F000", "58P01": .notFound
    case "42501": .permission
    case "53100": .diskFull
    case "55P03": .timeout
    case "57014": message.contains("timeout") ? .timeout : .interrupted
    case "57P01", "57P02", "57P03": .connectionLost
    case "XX001", "XX002": .damaged
    case "0A000": .unsupported
    case _ where state.hasPrefix("08"): .connectionLost
    case _ where state.hasPrefix("23"): .violation
    default: .refused
    }
  }

  private static func hint(for kind: EngineError.Kind) -> String? {
    switch kind {
    case .unreachable:
      "Check host and port, and that the server is running: 'pg_isready' with the same host and port tells."
    case .authentication:
      "Check the user and its password in ~/.pgpass or a service file, and the server's pg_hba.conf."
    case .notFound: "'psql -l' lists the databases of a server."
    case .permission:
      "Ask for the right to read it (GRANT pg_read_all_data TO the role), or connect as its owner."
    case .diskFull: "Free room on the server's disk, or use another place, and run it again."
    case .connectionLost:
      "Look into the server's log for the reason; nothing was changed here, so run it again."
    case .timeout:
      "Something holds a lock or the server is busy; try again, or allow more time with --timeout."
    case .damaged: "The server found damaged data; look into its log before you do anything else."
    case .interrupted, .violation, .unsupported, .refused: nil
    }
  }

  /// The statement's beginning on one line: enough to recognise it.
  private static func excerpt(of statement: String) -> String {
    let line = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 160 ? line : line.prefix(157) + "..."
  }
}
