import CPostgres
import SchemaModel
import SchemaText

/// Where a PostgreSQL database is, in libpq's words: a URI or `keyword=value` pairs.
///
/// libpq itself reads it, so service files, `~/.pgpass`, `sslmode` and the `PG…` environment work as in psql.
package struct PostgresConnectionString: Hashable, Sendable {
  /// The parameters that were given, by libpq's keyword; defaults and the environment are not filled in.
  package private(set) var parameters: [String: String]

  /// Reads a connection string as `PQconninfoParse` does.
  ///
  /// - Throws: `EngineError` of kind `refused` with libpq's words, but not with what they quote: a part of a
  ///   password may be in it.
  package init(_ text: String) throws(EngineError) {
    var words: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &words) else {
      let reason = words.map { String(cString: $0).trimmedLine.withoutQuotations } ?? "out of memory"
      PQfreemem(words)
      throw EngineError(
        .refused, "this is not a PostgreSQL connection string", detail: [reason],
        hint:
          "Write postgres://user@host:port/database or keyword=value pairs; the password belongs in ~/.pgpass."
      )
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    self.parameters = parameters
  }

  /// The value of a parameter, when it was given.
  package subscript(keyword: String) -> String? { parameters[keyword] }

  /// The same place with one parameter set, or removed.
  package func setting(_ keyword: String, to value: String?) -> PostgresConnectionString {
    var copy = self
    copy.parameters[keyword] = value
    return copy
  }

  /// The same place with server settings added to those its `options` already hold.
  package func adding(options settings: [String: String]) -> PostgresConnectionString {
    let flags = settings.sorted { $0.key < $1.key }.map { "-c \($0.key)=\($0.value)" }
    return setting("options", to: ([parameters["options"]].compactMap(\.self) + flags).joined(separator: " "))
  }

  /// `keyword='value'` pairs without the password: safe in arguments and messages.
  package var withoutPassword: String {
    pairs(parameters.filter { !Self.secrets.contains($0.key) })
  }

  /// `keyword=value` of each, sorted, of what may be a secret only `keyword=`: to be kept and shown.
  package var withoutSecrets: [String] {
    parameters.map { ForeignOption.shown("\($0.key)=\($0.value)") }.sorted()
  }

  /// `keyword='value'` pairs with everything that was given: only for libpq itself.
  package var complete: String { pairs(parameters) }

  /// What libpq's programs need in their environment because it must not stand in their arguments.
  package var secretEnvironment: [String: String] {
    var environment: [String: String] = [:]
    if let password = parameters["password"] { environment["PGPASSWORD"] = password }
    if let password = parameters["sslpassword"] { environment["PGSSLPASSWORD"] = password }
    return environment
  }

  /// What people call the place: the URI of user, host, port and database, or `service=NAME`; never a password.
  package var displayName: String {
    if let service = parameters["service"] { return "service=\(service)" }
    return uri(with: parameters.filter { ["host", "hostaddr"].contains($0.key) })
  }

  /// The whole place as a URI that can be typed and kept in a file: everything but passwords.
  package var uri: String {
    uri(with: parameters.filter { !Self.secrets.contains($0.key) && !$0.value.isEmpty })
  }

  /// A socket's directory cannot stand where a host stands, so it goes behind the question mark.
  private func uri(with others: [String: String]) -> String {
    var others = others
    for keyword in ["user", "port", "dbname"] { others[keyword] = nil }
    let host = parameters["host"].flatMap { $0.contains("/") || $0.contains(",") ? nil : $0 }
    if host != nil { others["host"] = nil }
    if host == nil, let port = parameters["port"] { others["port"] = port }
    let user = parameters["user"].map { "\($0.percentEncoded)@" } ?? ""
    let port = host == nil ? "" : parameters["port"].map { ":\($0.percentEncoded)" } ?? ""
    let database = parameters["dbname"].map { "/\($0.percentEncoded)" } ?? (others.isEmpty ? "" : "/")
    let query = others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.percentEncoded)" }
    return "postgresql://\(user)\(host?.percentEncoded ?? "")\(port)\(database)"
      + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private static let secrets: Set<String> = ["password", "sslpassword"]

  private func pairs(_ parameters: [String: String]) -> String {
    ConnectionText.pairs(parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }
}

extension String {
  /// With every byte that has a meaning in a URI written as `%XX`; slashes stay, for they are harmless in a query.
  fileprivate var percentEncoded: String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/".utf8)
    return utf8.map { byte in
      plain.contains(byte)
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// Without white space around it and on one line.
  package var trimmedLine: String {
    split(whereSeparator: \.isNewline)
      .map { $0.drop(while: \.isWhitespace) }
      .filter { !$0.isEmpty }
      .joined(separator: "; ")
  }
}
