/// An expression or query in the form the server prints once it has read its own text back.
///
/// What the server prints of an object as it was first made is not always what it prints of the same object
/// after a dump and a restore: a cast of an array moves to its elements, `VALUES` gets a space, and an AND within
/// an AND, as BETWEEN makes it, becomes one. All mean the same; without this, every restored
/// `CHECK (status IN ('a', 'b'))` on a varchar would look altered.
enum SettledText {
  /// The text with `(ARRAY[a, b])::t[]` as `ARRAY[(a)::t, (b)::t]`, `(VALUES (` as `( VALUES (`, and
  /// `((a AND b) AND c)` as `(a AND b AND c)`.
  static func of(_ text: String) -> String {
    guard mayDiffer(text) else { return text }
    return String(decoding: settled(Array(text.utf8)[...]), as: UTF8.self)
  }

  /// Whether any of them may stand in the text: the first look at each of very many short texts.
  private static func mayDiffer(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { first, second in
      first == UInt8(ascii: "(")
        && (second == UInt8(ascii: "(") || second == UInt8(ascii: "A") || second == UInt8(ascii: "V"))
    }
  }

  private static let array = Array("(ARRAY[".utf8)
  private static let values = Array("(VALUES (".utf8)

  private static func settled(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = text
    while let byte = rest.first {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        output += take(quotedLength(rest), from: &rest)
      } else if rest.starts(with: values) {
        output += Array("( VALUES (".utf8)
        rest = rest.dropFirst(values.count)
      } else if rest.starts(with: array), let cast = CastArray(rest) {
        output += castElements(of: cast.array, to: cast.type)
        rest = cast.rest
      } else if byte == UInt8(ascii: "("), rest.dropFirst().first == byte {
        let group = take(unitLength(rest), from: &rest)
        let content = flattened(settled(group.dropFirst().dropLast())[...])
        output += [byte] + content + [UInt8(ascii: ")")]
      } else {
        output.append(byte)
        rest = rest.dropFirst()
      }
    }
    return output
  }

  /// `(a AND b) AND c` as `a AND b AND c`, and likewise for OR: what the server's parser does when it reads it.
  private static func flattened(_ content: ArraySlice<UInt8>) -> [UInt8] {
    for word in [Array(" AND ".utf8), Array(" OR ".utf8)] {
      let operands = split(content, at: word)
      guard operands.count > 1, let first = operands.first, first.first == UInt8(ascii: "("),
        unitLength(first) == first.count
      else { continue }
      let inner = first.dropFirst().dropLast()
      guard split(inner, at: word).count > 1 else { continue }
      return flattened(inner) + content[first.endIndex...]
    }
    return Array(content)
  }

  /// The parts between a word that stands in no parentheses, brackets or quotes.
  private static func split(_ text: ArraySlice<UInt8>, at word: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = text
    var start = text.startIndex
    while !rest.isEmpty {
      if rest.starts(with: word) {
        parts.append(text[start..<rest.startIndex])
        rest = rest.dropFirst(word.count)
        start = rest.startIndex
      } else {
        rest = rest.dropFirst(unitLength(rest))
      }
    }
    return parts + [text[start...]]
  }

  /// `ARRAY[…]` with the cast at each element, however deep.
  private static func castElements(of array: ArraySlice<UInt8>, to type: ArraySlice<UInt8>) -> [UInt8] {
    let name = Array("ARRAY[".utf8)
    let elements = split(array.dropFirst(name.count).dropLast()).map { element in
      element.starts(with: name)
        ? castElements(of: element, to: type)
        : [UInt8(ascii: "(")] + settled(element) + Array(")::".utf8) + type
    }
    return name + elements.joined(separator: Array(", ".utf8)) + [UInt8(ascii: "]")]
  }

  /// The parts between commas that stand in no parentheses, brackets or quotes.
  private static func split(_ list: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = list
    var start = list.startIndex
    while let byte = rest.first {
      if byte == UInt8(ascii: ",") {
        parts.append(list[start..<rest.startIndex])
        rest = rest.dropFirst(2)
        start = rest.startIndex
      } else {
        rest = rest.dropFirst(unitLength(rest))
      }
    }
    return start == list.endIndex ? parts : parts + [list[start...]]
  }

  /// How long what begins here is: a quoted text, a pair of parentheses or brackets, or one byte.
  static func unitLength(_ text: ArraySlice<UInt8>) -> Int {
    switch text.first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return quotedLength(text)
    case UInt8(ascii: "("), UInt8(ascii: "["):
      var rest = text.dropFirst()
      while let byte = rest.first, byte != UInt8(ascii: ")"), byte != UInt8(ascii: "]") {
        rest = rest.dropFirst(unitLength(rest))
      }
      return min(rest.startIndex - text.startIndex + 1, text.count)
    default: return 1
    }
  }

  /// How long the quoted text is that begins here; a doubled quote is two texts, which does no harm.
  private static func quotedLength(_ text: ArraySlice<UInt8>) -> Int {
    guard let end = text.dropFirst().firstIndex(of: text[text.startIndex]) else { return text.count }
    return end - text.startIndex + 1
  }

  private static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

/// An array in parentheses and its cast, `(ARRAY[…])::type[]`, at the beginning of a text.
private struct CastArray {
  /// The inner part, without the parentheses around it.
  let array: ArraySlice<UInt8>
  /// The type's name without the brackets.
  let type: ArraySlice<UInt8>
  /// What follows.
  let rest: ArraySlice<UInt8>

  init?(_ text: ArraySlice<UInt8>) {
    let length = SettledText.unitLength(text)
    array = text.prefix(length).dropFirst().dropLast()
    // One array and nothing beside it: its bracket closes where the parenthesis does.
    let name = Array("ARRAY".utf8)
    guard SettledText.unitLength(array.dropFirst(name.count)) == array.count - name.count else { return nil }
    let cast = text.dropFirst(length)
    guard cast.starts(with: Array("::".utf8)) else { return nil }
    type = cast.dropFirst(2).prefix(Self.typeLength(cast.dropFirst(2)))
    let brackets = text[type.endIndex...]
    guard !type.isEmpty, brackets.starts(with: Array("[]".utf8)) else { return nil }
    rest = brackets.dropFirst(2)
  }

  /// How long the type's name is, as `format_type` prints it: `public."T"`, `character varying(10)`.
  private static func typeLength(_ text: ArraySlice<UInt8>) -> Int {
    var rest = text
    while let byte = rest.first {
      if isPartOfName(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "(") {
        rest = rest.dropFirst(SettledText.unitLength(rest))
      } else if byte == UInt8(ascii: " "), laterWords.contains(where: { rest.dropFirst().starts(with: $0) }) {
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    return rest.startIndex - text.startIndex
  }

  /// Words that follow a space in a type's name.
  private static let laterWords = ["varying", "precision", "with", "time zone", "zone"].map { Array($0.utf8) }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}
