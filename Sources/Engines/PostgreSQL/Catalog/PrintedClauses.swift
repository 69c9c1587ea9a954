import SchemaModel

/// A statement as the server prints it, cut at words that stand outside of quotes and parentheses.
struct PrintedClauses {
  private let bytes: ArraySlice<UInt8>

  init(_ statement: String) { bytes = Array(statement.utf8)[...] }

  private init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// What stands before and behind the first such word; `nil` when there is none.
  func split(at word: String) -> (before: PrintedClauses, after: PrintedClauses)? {
    let word = Array(word.utf8)
    var rest = bytes
    var isAtStart = true
    while let byte = rest.first {
      let after = rest.dropFirst(word.count)
      if isAtStart, rest.starts(with: word), after.first.map(Self.isPartOfWord) != true {
        return (PrintedClauses(bytes[..<rest.startIndex]), PrintedClauses(after))
      }
      isAtStart = !Self.isPartOfWord(byte)
      rest = rest.dropFirst(SettledText.unitLength(rest))
    }
    return nil
  }

  /// The text without white space around it.
  var text: String {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    var trimmed = bytes.drop(while: isSpace)
    while let last = trimmed.last, isSpace(last) { trimmed = trimmed.dropLast() }
    return String(decoding: trimmed, as: UTF8.self)
  }

  /// The condition in the parentheses that the text begins with, in its settled form.
  var condition: String {
    let bytes = Array(text.utf8)[...]
    let group = String(decoding: bytes.prefix(SettledText.unitLength(bytes)), as: UTF8.self)
    let inner = PostgresCatalog.withoutOuterParentheses(group)
    return SettledText.of(PostgresCatalog.withoutOuterParentheses(inner))
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"),
      UInt8(ascii: "\""), 0x80...:
      true
    default: false
    }
  }
}
