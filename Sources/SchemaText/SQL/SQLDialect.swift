import SchemaModel

/// How one engine writes names, texts and expressions in SQL.
///
/// Quotes are doubled byte by byte: a quote that carries a combining mark is one `Character` and would
/// escape a search by characters.
package struct SQLDialect: Hashable, Sendable {
  package let engine: DatabaseEngine

  package static let postgreSQL = SQLDialect(.postgreSQL)
  package static let sqlite = SQLDialect(.sqlite)

  package init(_ engine: DatabaseEngine) { self.engine = engine }

  /// A name, in double quotes only where it needs them: what `quote_ident` and pg_dump do.
  package func identifier(_ name: String) -> String {
    isPlain(name) && !reservedWords.contains(name) ? name : quoted(name, with: "\"")
  }

  /// The names of columns, separated by commas.
  package func identifiers(_ names: [String]) -> String {
    names.map(identifier).joined(separator: ", ")
  }

  /// An object's name with its schema, so that no search path changes its meaning.
  package func name(_ name: ObjectName) -> String {
    guard let schema = name.schema else { return identifier(name.name) }
    return identifier(schema) + "." + identifier(name.name)
  }

  /// A text as a literal; PostgreSQL must have `standard_conforming_strings` on, its default.
  package func literal(_ text: String) -> String { quoted(text, with: "'") }

  /// An expression in parentheses.
  ///
  /// PostgreSQL prints expressions back in one form, so parentheses it has already put around one are
  /// enough. SQLite keeps them as they were written, so a pair is always added.
  package func parenthesised(_ expression: String) -> String {
    switch engine {
    case .postgreSQL:
      SQLTokens(expression, in: self).isParenthesised ? expression : "(\(expression))"
    case .sqlite: "(\(closed(expression)))"
    }
  }

  /// Text after which something else can stand on the same line: one that may end in a `--` comment gets
  /// a line break.
  package func closed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let dash = UInt8(ascii: "-")
    return zip(bytes, bytes.dropFirst()).contains { $0 == dash && $1 == dash } ? text + "\n" : text
  }

  /// A SQLite collation's name; PostgreSQL's are held as they are written in SQL.
  func collation(_ name: String) -> String {
    switch engine {
    case .postgreSQL: name
    case .sqlite: isPlain(name.lowercased()) ? name : quoted(name, with: "\"")
    }
  }

  private var reservedWords: Set<String> {
    switch engine {
    case .postgreSQL: ReservedWords.postgreSQL
    case .sqlite: ReservedWords.sqlite
    }
  }

  /// Whether the name is lower-case letters, digits and underscores, and starts with no digit.
  private func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, first < UInt8(ascii: "0") || first > UInt8(ascii: "9") else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private func quoted(_ text: String, with quote: Unicode.Scalar) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(quote)
    for scalar in text.unicodeScalars {
      scalars.append(scalar)
      if scalar == quote { scalars.append(quote) }
    }
    scalars.append(quote)
    return String(scalars)
  }
}
