import SchemaModel

/// A row of the quarantine as a line of CSV or JSON from which every value can be had back.
package struct QuarantineRowText: Hashable, Sendable {
  /// A value, told apart from others that look like it.
  package enum Value: Hashable, Sendable {
    case null
    case text(String)
    /// A number, as SQL and JSON write it alike.
    case number(String)
    /// Bytes in hexadecimal digits.
    case bytes(String)
    /// The bytes of a text with zero bytes in it, in hexadecimal digits.
    case textOfBytes(String)
  }

  /// What is known of every row, before its own columns.
  package static let evidence = [
    "table", "constraint", "policy", "reason", "changed_columns", "set_aside_at",
  ]

  private let evidence: [String]
  private let columns: [String]
  private let values: [Value]

  /// - Parameters:
  ///   - evidence: one text for each of ``evidence``.
  ///   - values: as ``QuarantineSQL/page(of:columns:constraint:after:limit:)`` gives them.
  package init(evidence: [String], columns: [String], values: [String?], engine: DatabaseEngine) {
    self.evidence = evidence
    self.columns = columns
    self.values = values.map { value in
      guard let value else { return .null }
      return engine == .postgreSQL ? .text(value) : Value(literal: value)
    }
  }

  /// One JSON object, without a line feed.
  package var json: String {
    let own = zip(columns, values).map { "\(Self.quoted($0)):\(Self.json($1))" }.joined(separator: ",")
    let rest = zip(Self.evidence, evidence).map { "\(Self.quoted($0)):\(Self.quoted($1))" }
    return "{" + rest.joined(separator: ",") + ",\"row\":{\(own)}}"
  }

  /// One line of CSV: texts in quotes, NULL as nothing at all.
  package var csv: String {
    (evidence.map(Self.csvText) + values.map(Self.csv)).joined(separator: ",")
  }

  /// The line above the lines of a table.
  package static func csvHeader(_ columns: [String]) -> String {
    (evidence.map { "plumb_\($0)" } + columns).map(csvText).joined(separator: ",")
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .text(let text): quoted(text)
    case .number(let number): number
    case .bytes(let digits): "{\"bytes\":\(quoted(digits))}"
    case .textOfBytes(let digits): "{\"text\":\(quoted(digits))}"
    }
  }

  private static func csv(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .text(let text): csvText(text)
    case .number(let number): number
    case .bytes(let digits): "X'\(digits)'"
    case .textOfBytes(let digits): "CAST(X'\(digits)' AS TEXT)"
    }
  }

  private static func csvText(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension QuarantineRowText.Value {
  /// Reads what SQLite's `quote` writes.
  fileprivate init(literal: String) {
    if literal == "NULL" {
      self = .null
    } else if literal.hasPrefix("'") {
      self = .text(String(literal.dropFirst().dropLast()).replacing("''", with: "'"))
    } else if literal.hasPrefix("X'") {
      self = .bytes(String(literal.dropFirst(2).dropLast()))
    } else if literal.hasPrefix("CAST(X'") {
      self = .textOfBytes(String(literal.dropFirst(7).prefix { $0 != "'" }))
    } else {
      self = .number(literal)
    }
  }
}
