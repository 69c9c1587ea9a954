import CPostgres
import SchemaModel

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

  /// `keyword='value'` pairs with everything that was given: only for libpq itself.
  package var complete: String { pairs(parameters) }

  /// What libpq's programs need in their environment because it must not stand in their arguments.
  package var secretEnvironment: [String: String] {
    var environment: [String: String] = [:]
    if let password = parameters["password"] { environment["PGPASSWORD"] = password }
    if let password = parameters["sslpassword"] { environment["PGSSLPASSWORD"] = password }
    return environment
  }

  /// What people call the place: `postgresql://user@host:port/database` or `service NAME`; never a password.
  package var displayName: String {
    if let service = parameters["service"] { return "postgresql service \(service)" }
    let user = parameters["user"].map { "\($0)@" } ?? ""
    let port = parameters["port"].map { ":\($0)" } ?? ""
    let database = parameters["dbname"].map { "/\($0)" } ?? ""
    return "postgresql://\(user)\(parameters["host"] ?? parameters["hostaddr"] ?? "")\(port)\(database)"
  }

  private static let secrets: Set<String> = ["password", "sslpassword"]

  private func pairs(_ parameters: [String: String]) -> String {
    parameters.sorted { $0.key < $1.key }
      .map { "\($0.key)='\($0.value.escaped(["\\", "'"]))'" }
      .joined(separator: " ")
  }
}

extension String {
  /// With a backslash before each of the characters.
  fileprivate func escaped(_ characters: Set<Character>) -> String {
    var text = ""
    for character in self {
      if characters.contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }

  /// Without white space around it and on one line.
  package var trimmedLine: String {
    split(whereSeparator: \.isNewline)
      .map { $0.drop(while: \.isWhitespace) }
      .filter { !$0.isEmpty }
      .joined(separator: "; ")
  }
}
