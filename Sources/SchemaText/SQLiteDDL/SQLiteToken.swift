/// One word, name, literal or sign of a SQLite statement, with the comments that stand before it.
struct SQLiteToken: Hashable, Sendable {
  /// What a token is, by its first characters alone; a word may still be a keyword or a name.
  enum Kind: Hashable, Sendable {
    case word
    /// A name in `"`, `` ` `` or `[ ]`.
    case quotedName
    case string
    case blob
    case number
    case variable
    case symbol
    /// Characters SQLite does not know, or a literal that nothing ends.
    case unknown
    /// After the last token: carries the comments that stand there.
    case end
  }

  var kind: Kind
  /// As written, quotes included.
  var text: String
  /// The folded text when this is a word, else empty: what keywords are compared with.
  var keyword: String
  var position: SQLitePosition
  /// The line its last character stands on, from 1.
  var endLine: Int
  /// The comments between the previous token and this one.
  var comments: [SQLiteComment] = []

  /// The name this stands for where a name is expected; SQLite takes all of its quotes there.
  var name: String? {
    switch kind {
    case .word: text
    case .quotedName, .string: SQLiteQuotes.removed(from: text)
    case .blob, .number, .variable, .symbol, .unknown, .end: nil
    }
  }

  /// Whether this is that keyword, given in lower case.
  func isKeyword(_ word: String) -> Bool { kind == .word && keyword == word }

  /// Whether this is that sign.
  func isSymbol(_ sign: String) -> Bool { kind == .symbol && text == sign }
}

/// A place in a text, as editors count: both from 1, columns in Unicode scalars.
package struct SQLitePosition: Hashable, Sendable, CustomStringConvertible {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package var description: String { "line \(line), column \(column)" }
}

/// A comment of either form, without its marks.
struct SQLiteComment: Hashable, Sendable {
  /// One for each line.
  var lines: [String]
  /// The line it begins on, from 1.
  var line: Int
  /// The line its last character stands on.
  var endLine: Int
}
