import SchemaModel

/// Reads JSON (RFC 8259) into a ``FacetValue``; numbers are whole, because no fact is a fraction.
package struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// Deeper nesting is refused: it can only be an attack on the stack.
  private static let greatestDepth = 100

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The value the text holds.
  /// - Throws: ``DocumentError`` with the line and column of what is no JSON.
  package static func value(of text: String) throws(DocumentError) -> FacetValue {
    var reader = JSONReader(text)
    reader.skipSpace()
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == reader.bytes.count else { throw reader.error("text after the document's end") }
    return value
  }

  private mutating func value() throws(DocumentError) -> FacetValue {
    guard let byte = next else { throw error("the text ends where a value belongs") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { reader throws(DocumentError) in try reader.record() }
    case UInt8(ascii: "["): return try nested { reader throws(DocumentError) in try reader.list() }
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

  private mutating func nested(
    _ read: (inout JSONReader) throws(DocumentError) -> FacetValue
  ) throws(DocumentError) -> FacetValue {
    guard depth < Self.greatestDepth else { throw error("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try read(&self)
  }

  private mutating func record() throws(DocumentError) -> FacetValue {
    var fields: [String: FacetValue] = [:]
    skipSpace()
    if skip(UInt8(ascii: "}")) { return .record(fields) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a key belongs here") }
      let start = position
      let key = try string()
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw error("a colon belongs here") }
      skipSpace()
      let value = try value()
      guard fields.updateValue(value, forKey: key) == nil else {
        throw error("the key \"\(key)\" stands twice", at: start)
      }
      skipSpace()
      if skip(UInt8(ascii: "}")) { return .record(fields) }
      guard skip(UInt8(ascii: ",")) else { throw error("a comma or } belongs here") }
    }
  }

  private mutating func list() throws(DocumentError) -> FacetValue {
    var values: [FacetValue] = []
    skipSpace()
    if skip(UInt8(ascii: "]")) { return .list(values) }
    while true {
      skipSpace()
      values.append(try value())
      skipSpace()
      if skip(UInt8(ascii: "]")) { return .list(values) }
      guard skip(UInt8(ascii: ",")) else { throw error("a comma or ] belongs here") }
    }
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
    var text: [UInt8] = []
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
