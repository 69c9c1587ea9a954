import CPostgres
import SchemaModel

/// Translates what libpq and the server report into ``EngineError``.
enum PostgresServerError {
  /// The error of a failed statement.
  ///
  /// The server's words about bad values repeat the values: those are left out.
  static func translate(_ result: PostgresResult, statement: String?) -> EngineError {
    let state = result.errorField(shim_PG_DIAG_SQLSTATE) ?? ""
    let words =
      result.errorField(shim_PG_DIAG_MESSAGE_PRIMARY) ?? "the server reported an error without words"
    let kind = kind(state: state, words: words)
    let message = message(state: state, words: words)
    var detail = message == words || isAboutValues(state) ? [] : ["the server says: \(words)"]
    if !isAboutValues(state), let more = result.errorField(shim_PG_DIAG_MESSAGE_DETAIL) {
      detail.append(more)
    }
    if let statement { detail.append("statement: \(excerpt(of: statement))") }
    return EngineError(
      kind, message, detail: detail,
      hint: result.errorField(shim_PG_DIAG_MESSAGE_HINT)
        ?? hint(for: kind, words: words, statement: statement),
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
    return EngineError(kind, message, detail: [text], hint: hint(for: kind, words: text))
  }

  /// The error of a connection that went away while it was used.
  static func lost(_ words: String, at place: String, statement: String?) -> EngineError {
    var detail = [words.trimmedLine].filter { !$0.isEmpty }
    if let statement { detail.append("statement: \(excerpt(of: statement))") }
    return EngineError(
      .connectionLost, lostMessage(place), detail: detail,
      hint: hint(for: .connectionLost, words: words))
  }

  /// What is told of a connection that went away.
  static func lostMessage(_ place: String) -> String { "the connection to \(place) was lost" }

  /// What is told when another session's lock was waited for in vain.
  static let lockMessage = "a lock was not granted in time"

  /// What to do about another session's lock.
  static let lockHint =
    "Another session holds the lock: pg_stat_activity shows who; run it again when that is done."

  private static func kind(state: String, words: String) -> EngineError.Kind {
    switch state {
    case "28000", "28P01": .authentication
    case "3D000", "42P01", "3F000", "58P01": .notFound
    case "42501": .permission
    case "53100": .diskFull
    case "55P03": .timeout
    // Somebody else may cancel our statements too, and that is no Ctrl-C.
    case "57014": words.contains("timeout") ? .timeout : Interruption.isRequested ? .interrupted : .refused
    case "57P01", "57P02", "57P03": .connectionLost
    case "XX001", "XX002": .damaged
    case "0A000": .unsupported
    case _ where state.hasPrefix("08"): .connectionLost
    case _ where state.hasPrefix("23"): .violation
    default: .refused
    }
  }

  /// The fact in our words where the server's tell what it did and not what happened.
  private static func message(state: String, words: String) -> String {
    switch state {
    case "55P03": lockMessage
    case "57P01", "57P02": "the server was shut down, or ended our session"
    case "57014" where words.contains("statement timeout"): "a statement took longer than it may"
    case "57014" where !Interruption.isRequested: "somebody cancelled the statement on the server"
    // A constraint's name may be told, a value may not.
    case _ where state.hasPrefix("22"): words.withoutQuotations
    default: words
    }
  }

  /// Whether errors of that state come with values of rows: data exceptions, and violated constraints.
  private static func isAboutValues(_ state: String) -> Bool {
    state.hasPrefix("22") || state.hasPrefix("23")
  }

  /// What to do.
  ///
  /// - Parameter words: the server's or libpq's, which tell more than the kind.
  private static func hint(for kind: EngineError.Kind, words: String, statement: String? = nil) -> String? {
    switch kind {
    case .unreachable: unreachableHint(words)
    case .authentication:
      "Check the user and its password in ~/.pgpass or a service file, and the server's pg_hba.conf."
    case .notFound: "'psql -l' lists the databases of a server."
    case .permission:
      if words.contains("row-level security") {
        "The role sees only some of the rows: use the table's owner or a role with BYPASSRLS."
      } else if statement.map({ $0.hasPrefix("SELECT") || $0.hasSuffix("TO STDOUT") }) ?? true {
        "Ask for the right to read it (GRANT pg_read_all_data TO the role), or connect as its owner."
      } else {
        "Connect as a role that may do this, such as the owner or a superuser."
      }
    case .diskFull: "Free room on the server's disk, or use another place, and run it again."
    case .connectionLost: "Look into the server's log for the reason, and run it again."
    case .timeout:
      words.contains("lock timeout")
        ? lockHint
        : "The server is busy or the table is large: run it at a quieter time, or with a larger --timeout."
    case .damaged: "The server found damaged data; look into its log before you do anything else."
    case .refused where words.contains("user request"):
      "Ask whoever looks after the server, and run it again."
    case .interrupted, .violation, .unsupported, .refused: nil
    }
  }

  private static func unreachableHint(_ words: String) -> String {
    if words.contains("unsupported startup parameter") {
      return
        "A connection pooler stands before the server and takes no such setting: leave it out (PGOPTIONS, options=), or "
        + "name the server itself."
    }
    if words.contains("too many clients") || words.contains("connection slots") {
      return "The server has no connection left: end idle sessions, or raise its max_connections."
    }
    if words.contains("SSL") || words.contains("certificate") {
      return "Check sslmode and the certificates: what this side demands and what the server offers must fit."
    }
    return
      "Check host and port, and that the server is running: 'pg_isready' with the same host and port tells."
  }

  /// The statement's beginning on one line: enough to recognise it.
  private static func excerpt(of statement: String) -> String {
    let line = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 160 ? line : line.prefix(157) + "..."
  }
}

extension String {
  /// With what stands between double quotes left out, because it may be a value.
  ///
  /// A single character, such as the `=` that libpq misses, stays.
  var withoutQuotations: String {
    let parts = split(separator: "\"", omittingEmptySubsequences: false)
    return parts.enumerated()
      .map { $0 % 2 == 1 && $1.count > 1 ? "..." : String($1) }
      .joined(separator: "\"")
  }
}
