/// Where a statement stands in a text, and how it begins.
package struct SQLiteStatementPlace: Hashable, Sendable {
  /// The line of its first word, from 1.
  package var line: Int
  /// Its first words and names up to anything else, so that no row is repeated in a message.
  package var opening: String

  /// - Parameter offset: the byte after the statement before; white space and comments may follow it.
  package init(of offset: Int, in sql: String) {
    let bytes = Array(sql.utf8)
    let before = bytes.prefix(offset)
    let head = String(decoding: bytes.dropFirst(offset).prefix(4096), as: UTF8.self)
    let tokens = SQLiteTokenizer.tokens(of: head)
    let start = tokens.first?.position.line ?? 1
    line = before.count { $0 == 0x0A } + start
    let words = tokens.prefix(5).prefix { token in
      switch token.kind {
      case .word: !token.isKeyword("values")
      case .quotedName: true
      case .symbol: token.isSymbol(".")
      case .string, .blob, .number, .variable, .unknown, .end: false
      }
    }
    opening = words.isEmpty ? "nothing" : SQLiteCanonicalText.text(words)
  }
}
