/// SQLite's four ways to quote.
package enum SQLiteQuotes {
  /// The text inside the quotes, with doubled quotes made single; an unquoted text as it is.
  static func removed(from text: String) -> String {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, bytes.count >= 2 else { return text }
    let close: UInt8
    switch first {
    case UInt8(ascii: "["): close = UInt8(ascii: "]")
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): close = first
    default: return text
    }
    guard bytes.last == close else { return text }
    var inner: [UInt8] = []
    inner.reserveCapacity(bytes.count - 2)
    var index = 1
    while index < bytes.count - 1 {
      inner.append(bytes[index])
      // A bracket has no doubled form, so only equal quotes are folded.
      index += first == close && bytes[index] == close ? 2 : 1
    }
    return String(decoding: inner, as: UTF8.self)
  }

  /// The text as a name in double quotes, which SQLite takes for any name.
  package static func name(_ text: String) -> String { doubled(text, "\"") }

  /// The text as a string literal.
  package static func literal(_ text: String) -> String { doubled(text, "'") }

  private static func doubled(_ text: String, _ quote: Unicode.Scalar) -> String {
    var quoted = String(quote)
    for scalar in text.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == quote { quoted.unicodeScalars.append(scalar) }
    }
    quoted.unicodeScalars.append(quote)
    return quoted
  }
}
