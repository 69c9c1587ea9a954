/// Cuts a SQLite statement into tokens by the rules of SQLite's own tokenizer (`tokenize.c`).
///
/// Never fails: what SQLite would refuse becomes a token of kind ``SQLiteToken/Kind/unknown``.
struct SQLiteTokenizer {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1
  private var column = 1
  private var comments: [SQLiteComment] = []
  private var tokens: [SQLiteToken] = []

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// All tokens of a text; the last is always the end.
  static func tokens(of text: String) -> [SQLiteToken] {
    var tokenizer = SQLiteTokenizer(text)
    tokenizer.run()
    return tokenizer.tokens
  }

  private mutating func run() {
    while let byte = byte() {
      switch byte {
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0C, 0x0D: advance(1)
      case 0xEF where self.byte(1) == 0xBB && self.byte(2) == 0xBF: advance(3)  // byte order mark
      case UInt8(ascii: "-") where self.byte(1) == UInt8(ascii: "-"): readLineComment()
      case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "*"): readBlockComment()
      default: readToken(first: byte)
      }
    }
    add(.end, length: 0)
  }

  private func byte(_ ahead: Int = 0) -> UInt8? {
    offset + ahead < bytes.count ? bytes[offset + ahead] : nil
  }

  /// Moves on, keeping count of lines and columns.
  private mutating func advance(_ count: Int) {
    for byte in bytes[offset..<offset + count] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    offset += count
  }

  private mutating func add(_ kind: SQLiteToken.Kind, length: Int) {
    let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    let position = SQLitePosition(line: line, column: column)
    advance(length)
    tokens.append(
      SQLiteToken(
        kind: kind, text: text, keyword: kind == .word ? SQLiteName.folded(text) : "", position: position,
        endLine: line, comments: comments))
    comments = []
  }

  private mutating func readLineComment() {
    var length = 2
    while let next = byte(length), next != 0x0A { length += 1 }
    let text = String(decoding: bytes[offset + 2..<offset + length], as: UTF8.self)
    comments.append(SQLiteComment(lines: [SQLiteCommentText.line(text)], line: line, endLine: line))
    advance(length)
  }

  private mutating func readBlockComment() {
    let start = line
    var length = 2
    while let next = byte(length), !(next == UInt8(ascii: "*") && byte(length + 1) == UInt8(ascii: "/")) {
      length += 1
    }
    let text = String(decoding: bytes[offset + 2..<offset + length], as: UTF8.self)
    // SQLite lets the end of the text end a comment.
    advance(min(length + 2, bytes.count - offset))
    comments.append(SQLiteComment(lines: SQLiteCommentText.block(text), line: start, endLine: line))
  }

  private mutating func readToken(first: UInt8) {
    switch first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): readQuoted(first, from: 0)
    case UInt8(ascii: "["): readBracketed()
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      if byte(1) == UInt8(ascii: "'") { readQuoted(UInt8(ascii: "'"), from: 1) } else { readWord() }
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where byte(1).map(Self.isDigit) == true: readNumber()
    case UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: "$"):
      readVariable()
    default:
      if Self.isWordByte(first) { readWord() } else { readSymbol() }
    }
  }

  /// Reads a quoted token; a doubled quote is part of it.
  private mutating func readQuoted(_ quote: UInt8, from start: Int) {
    let kind: SQLiteToken.Kind = start == 1 ? .blob : quote == UInt8(ascii: "'") ? .string : .quotedName
    var length = start + 1
    while let next = byte(length) {
      length += 1
      guard next == quote else { continue }
      guard byte(length) == quote, kind != .blob else { return add(kind, length: length) }
      length += 1
    }
    add(.unknown, length: length)
  }

  private mutating func readBracketed() {
    var length = 1
    while let next = byte(length) {
      length += 1
      if next == UInt8(ascii: "]") { return add(.quotedName, length: length) }
    }
    add(.unknown, length: length)
  }

  private mutating func readWord() {
    var length = 1
    while let next = byte(length), Self.isWordByte(next) { length += 1 }
    add(.word, length: length)
  }

  /// Reads a number; letters that stick to it make it unknown, as for SQLite.
  private mutating func readNumber() {
    var length = 0
    var kind = SQLiteToken.Kind.number
    if byte() == UInt8(ascii: "0"), let mark = byte(1), mark | 0x20 == UInt8(ascii: "x") {
      length = 2
      while let next = byte(length), Self.isHexadecimal(next) { length += 1 }
    } else {
      while let next = byte(length), Self.isDigit(next) || next == UInt8(ascii: ".") { length += 1 }
      if let mark = byte(length), mark | 0x20 == UInt8(ascii: "e") {
        let isSigned = byte(length + 1) == UInt8(ascii: "+") || byte(length + 1) == UInt8(ascii: "-")
        let digits = length + (isSigned ? 2 : 1)
        if byte(digits).map(Self.isDigit) == true {
          length = digits
          while let next = byte(length), Self.isDigit(next) { length += 1 }
        }
      }
    }
    while let next = byte(length), Self.isWordByte(next) {
      kind = .unknown
      length += 1
    }
    add(kind, length: length)
  }

  private mutating func readVariable() {
    var length = 1
    while let next = byte(length), Self.isWordByte(next) || next == UInt8(ascii: ":") { length += 1 }
    add(length > 1 || byte() == UInt8(ascii: "?") ? .variable : .unknown, length: length)
  }

  private mutating func readSymbol() {
    for sign in Self.signs where bytes[offset...].starts(with: sign.utf8) {
      return add(.symbol, length: sign.utf8.count)
    }
    add(.unknown, length: 1)
  }

  /// Longest first, so that `->>` is not read as `->` and `>`.
  private static let signs = [
    "->>", "->", "||", "<=", "<>", "<<", ">=", ">>", "==", "!=",
    "-", "+", "*", "/", "%", "&", "|", "~", "<", ">", "=", "(", ")", ",", ".", ";",
  ]

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return isDigit(byte) || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f"))
  }

  /// Whether a name may hold the byte: letters, digits, `_`, `$` and all of Unicode above ASCII.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
      || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
  }
}
