import SchemaModel

/// Reads JSON (RFC 8259) from front to back; numbers are whole, because no fact is a fraction.
///
/// Either a whole value at once, as a ``FacetValue``, or a record or list piece by piece, so that a large document
/// is never held twice.
package struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  /// The keys and places that lead to the value that follows.
  private var steps: [Step] = []
  /// The columns that were read.
  let knownColumns = KnownTexts<Column>()

  private enum Step {
    case key(String)
    case place(Int)
  }

  /// Deeper nesting is refused: it can only be an attack on the stack.
  private static let greatestDepth = 100

  /// Stands before the text's value.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    skipSpace()
  }

  /// The value the text holds.
  /// - Throws: ``DocumentError`` with the line and column of what is no JSON.
  package static func value(of text: String) throws(DocumentError) -> FacetValue {
    try value(of: Array(text.utf8))
  }

  /// The value the UTF-8 text holds.
  static func value(of bytes: [UInt8]) throws(DocumentError) -> FacetValue {
    var reader = JSONReader(bytes)
    let value = try reader.value()
    try reader.end()
    return value
  }

  /// Demands that nothing but white space follows.
  mutating func end() throws(DocumentError) {
    skipSpace()
    guard position == bytes.count else { throw error("text after the document's end") }
  }

  /// The way to the value that follows, such as `tables[3].columns[1].type`; empty for the whole document.
  var path: String {
    steps.reduce(into: "") { path, step in
      switch step {
      case .key(let key): path += path.isEmpty ? key : ".\(key)"
      case .place(let place): path += "[\(place)]"
      }
    }
  }

  /// Whether the value that follows is a record.
  var isAtRecord: Bool { next == UInt8(ascii: "{") }

  /// Whether the value that follows is a list.
  var isAtList: Bool { next == UInt8(ascii: "[") }

  /// Whether the value that follows is `null`.
  var isAtNull: Bool { next == UInt8(ascii: "n") }

  /// The value that follows.
  mutating func value() throws(DocumentError) -> FacetValue {
    guard let byte = next else { throw error("the text ends where a value belongs") }
    switch byte {
    case UInt8(ascii: "{"):
      var fields: [String: FacetValue] = [:]
      try readRecord { (reader, key) throws(DocumentError) in fields[key] = try reader.value() }
      return .record(fields)
    case UInt8(ascii: "["):
      var values: [FacetValue] = []
      try readList { (reader, _) throws(DocumentError) in values.append(try reader.value()) }
      return .list(values)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"):
      try word("true")
      return .flag(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .flag(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .absent
    default: throw error("no value here")
    }
  }

  /// Reads the record that follows.
  ///
  /// - Parameter field: is given each key in turn, and reads or skips the value that follows it.
  mutating func readRecord(
    _ field: (inout JSONReader, _ key: String) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try open()
    if skip(UInt8(ascii: "}")) { return }
    var keys: [String] = []
    while true {
      guard next == UInt8(ascii: "\"") else { throw error("a key belongs here") }
      let start = position
      let key = try string()
      guard !keys.contains(key) else { throw error("the key \"\(key)\" stands twice", at: start) }
      keys.append(key)
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw error("a colon belongs here") }
      skipSpace()
      steps.append(.key(key))
      try field(&self, key)
      steps.removeLast()
      skipSpace()
      if skip(UInt8(ascii: "}")) { return }
      guard skip(UInt8(ascii: ",")) else { throw error("a comma or } belongs here") }
      skipSpace()
    }
  }

  /// Reads the list that follows.
  ///
  /// - Parameter element: is given each place from 0, and reads or skips the value there.
  mutating func readList(
    _ element: (inout JSONReader, _ place: Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try open()
    if skip(UInt8(ascii: "]")) { return }
    var place = 0
    while true {
      steps.append(.place(place))
      try element(&self, place)
      steps.removeLast()
      place += 1
      skipSpace()
      if skip(UInt8(ascii: "]")) { return }
      guard skip(UInt8(ascii: ",")) else { throw error("a comma or ] belongs here") }
      skipSpace()
    }
  }

  /// Moves on past the value that follows, whose text need not be sound inside.
  mutating func skipValue() {
    var open = 0
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // That of the record or list around the value.
        if open == 0 { return }
        open -= 1
        position += 1
      case UInt8(ascii: ",") where open == 0: return
      default: position += 1
      }
    }
  }

  /// The bytes of the value that follows, without moving on.
  var textOfValue: ArraySlice<UInt8> {
    var ahead = self
    ahead.skipValue()
    return bytes[position..<min(ahead.position, bytes.count)]
  }

  /// Moves on past a value that follows.
  ///
  /// - Parameter text: from ``textOfValue``.
  mutating func skip(_ text: ArraySlice<UInt8>) { position = text.endIndex }

  /// The value under a key of the record that follows, without moving on; `nil` when it has no such key.
  ///
  /// Cheap for a key that stands in front.
  func field(_ key: String) throws(DocumentError) -> FacetValue? {
    var ahead = self
    try ahead.open()
    if ahead.skip(UInt8(ascii: "}")) { return nil }
    while true {
      guard ahead.next == UInt8(ascii: "\"") else { throw ahead.error("a key belongs here") }
      let isWanted = try ahead.string() == key
      ahead.skipSpace()
      guard ahead.skip(UInt8(ascii: ":")) else { throw ahead.error("a colon belongs here") }
      ahead.skipSpace()
      if isWanted { return try ahead.value() }
      ahead.skipValue()
      if ahead.skip(UInt8(ascii: "}")) { return nil }
      guard ahead.skip(UInt8(ascii: ",")) else { throw ahead.error("a comma or } belongs here") }
      ahead.skipSpace()
    }
  }

  /// Moves past the bracket that opens a record or list.
  private mutating func open() throws(DocumentError) {
    guard steps.count < Self.greatestDepth else { throw error("nested too deeply") }
    position += 1
    skipSpace()
  }

  private mutating func number() throws(DocumentError) -> Int {
    let start = position
    _ = skip(UInt8(ascii: "-"))
    let digits = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > digits, position == digits + 1 || bytes[digits] != UInt8(ascii: "0") else {
      throw error("no number", at: start)
    }
    if next == UInt8(ascii: ".") || next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      throw error("a whole number belongs here", at: start)
    }
    guard let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw error("the number is too large", at: start)
    }
    return number
  }

  private mutating func word(_ word: StaticString) throws(DocumentError) {
    let expected = word.withUTF8Buffer { Array($0) }
    guard bytes[position...].starts(with: expected) else { throw error("no value here") }
    position += expected.count
  }

  private mutating func string() throws(DocumentError) -> String {
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    if next == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    return try stringWithEscapes(after: Array(bytes[start..<position]))
  }

  /// The rest of a text whose beginning was read already.
  private mutating func stringWithEscapes(after beginning: [UInt8]) throws(DocumentError) -> String {
    var text = beginning
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        text.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw error("a control character inside a text")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw error("the text ends inside quotation marks")
  }

  private mutating func skipString() {
    position += 1
    while let byte = next, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
    position += 1
  }

  private mutating func escape() throws(DocumentError) -> String {
    guard let byte = next else { throw error("the text ends inside quotation marks") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return try scalarEscape()
    default: throw error("no escape", at: position - 2)
    }
  }

  private mutating func scalarEscape() throws(DocumentError) -> String {
    let start = position - 2
    let first = try fourDigits()
    var code = UInt32(first)
    if (0xD800..<0xDC00).contains(first), bytes[position...].starts(with: [0x5C, 0x75]) {
      position += 2
      let second = try fourDigits()
      guard (0xDC00..<0xE000).contains(second) else { throw error("half a character", at: start) }
      code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = UnicodeScalar(code) else { throw error("half a character", at: start) }
    return String(scalar)
  }

  private mutating func fourDigits() throws(DocumentError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits belong here") }
    position += 4
    return code
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private func error(_ message: String, at place: Int? = nil) -> DocumentError {
    let before = bytes[..<min(place ?? position, bytes.count)]
    let line = before.count(where: { $0 == 0x0A }) + 1
    let column = before.count - ((before.lastIndex(of: 0x0A) ?? -1) + 1) + 1
    return DocumentError(
      "the document is no valid JSON", detail: ["line \(line), column \(column): \(message)"])
  }
}
