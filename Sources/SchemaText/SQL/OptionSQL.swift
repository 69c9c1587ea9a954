import SchemaModel

/// Options as the catalog holds them, `name=value`, as SQL.
enum OptionSQL {
  /// `WITH (name=value, …)`, or nothing when there are none.
  static func with(_ options: [String]) -> [String] {
    options.isEmpty ? [] : ["WITH (\(list(options)))"]
  }

  /// The options with commas between them; a value is a literal where it is no plain word or number.
  static func list(_ options: [String]) -> String { options.map(option).joined(separator: ", ") }

  private static func option(_ option: String) -> String {
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return option }
    let isPlain = parts[1].utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    return parts[0] + "="
      + (isPlain && !parts[1].isEmpty ? parts[1] : SQLDialect.postgreSQL.literal(parts[1]))
  }
}
