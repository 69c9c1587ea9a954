/// One word, text or sign of a DBML text.
struct DBMLToken: Hashable {
  enum Kind: Hashable {
    /// A name or number without quotation marks.
    case word
    /// A name in double quotation marks.
    case quotedName
    /// A text in single quotation marks, one or three.
    case string
    /// An expression between backticks.
    case expression
    /// `#3498DB`.
    case color
    /// A single sign, or an operator of a relation.
    case sign
    /// The end of the text, or of the part that is looked at.
    case end
  }

  var kind: Kind
  /// Without quotation marks and escapes.
  var text: String
  var position: TextPosition
  /// Whether a line end stands before it, so that it may begin a column, value or reference.
  var startsLine: Bool
  /// Whether white space stands before it.
  var isApart: Bool

  /// Whether it can name something.
  var isName: Bool { kind == .word || kind == .quotedName }

  func isSign(_ text: String) -> Bool { kind == .sign && self.text == text }

  /// Whether it is that keyword, in whatever case; a quoted name never is.
  func isWord(_ text: String) -> Bool { kind == .word && self.text.lowercased() == text }

  /// The token as a finding tells it.
  var words: String {
    switch kind {
    case .word, .color, .sign: "'\(text)'"
    case .quotedName: "\"\(text)\""
    case .string: "a text"
    case .expression: "an expression"
    case .end: "the end"
    }
  }
}
