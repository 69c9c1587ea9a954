import SchemaModel

/// Writes JSON as UTF-8 text: deterministic, ended by one line feed.
package struct JSONWriter {
  /// UTF-8, collected in place: a text of its own for every part would cost more than all else.
  private var bytes: [UInt8] = []

  /// The longest line, in bytes of UTF-8, that a fact with parts is put on.
  private static let lineLength = 100

  private init() {}

  /// The document, indented by two spaces a level.
  package static func text(of tree: JSONTree) -> String {
    var writer = JSONWriter()
    writer.write(tree, depth: 0, used: 0)
    writer.append("\n")
    return writer.text
  }

  /// A document given as one record; `format` and `version` lead, the other keys are sorted.
  package static func text(of document: FacetValue) -> String {
    guard case .record(let fields) = document else { return text(of: .fact(document)) }
    let leading = ["format", "version"].filter { fields[$0] != nil }
    let others = fields.keys.filter { !leading.contains($0) }.sorted()
    return text(
      of: .object((leading + others).map { key in JSONTree.Member(key, .fact(fields[key] ?? .absent)) }))
  }

  /// The same facts without a space and with all keys sorted: what a fingerprint is taken of.
  static func canonicalText(of tree: JSONTree) -> String {
    var writer = JSONWriter()
    writer.writeCanonically(tree)
    return writer.text
  }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func append(_ part: String) {
    var part = part
    part.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func writeCanonically(_ tree: JSONTree) {
    switch tree {
    case .fact(let value): writeLine(value, space: "")
    case .list(let elements):
      writeJoined("[", "]", elements, space: "") { writer, element in writer.writeCanonically(element) }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      writeJoined("{", "}", sorted, space: "") { writer, member in
        writer.writeQuoted(member.key)
        writer.append(":")
        writer.writeCanonically(member.value)
      }
    }
  }

  /// - Parameter used: how much of the line is taken before this value.
  private mutating func write(_ tree: JSONTree, depth: Int, used: Int) {
    switch tree {
    case .fact(let value): write(value, depth: depth, used: used)
    case .list(let elements):
      block("[", "]", elements, depth: depth) { writer, element in
        writer.write(element, depth: depth + 1, used: 2 * (depth + 1))
      }
    case .object(let members):
      block("{", "}", members, depth: depth) { writer, member in
        writer.write(key: member.key, depth: depth + 1) { writer, used in
          writer.write(member.value, depth: depth + 1, used: used)
        }
      }
    }
  }

  private mutating func write(_ value: FacetValue, depth: Int, used: Int) {
    let start = bytes.count
    writeLine(value, space: " ")
    // One byte more for the comma that may follow.
    guard used + bytes.count - start + 1 > Self.lineLength else { return }
    switch value {
    case .absent, .flag, .number, .text: return
    case .list(let elements):
      bytes.removeSubrange(start...)
      block("[", "]", elements, depth: depth) { writer, element in
        writer.write(element, depth: depth + 1, used: 2 * (depth + 1))
      }
    case .record(let fields):
      bytes.removeSubrange(start...)
      block("{", "}", Self.sorted(fields), depth: depth) { writer, field in
        writer.write(key: field.key, depth: depth + 1) { writer, used in
          writer.write(field.value, depth: depth + 1, used: used)
        }
      }
    }
  }

  private mutating func block<Element>(
    _ opening: String, _ closing: String, _ elements: [Element], depth: Int,
    write: (inout JSONWriter, Element) -> Void
  ) {
    append(opening)
    for (position, element) in elements.enumerated() {
      append(position == 0 ? "\n" : ",\n")
      indent(depth + 1)
      write(&self, element)
    }
    if !elements.isEmpty {
      append("\n")
      indent(depth)
    }
    append(closing)
  }

  private mutating func indent(_ depth: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func write(key: String, depth: Int, value: (inout JSONWriter, Int) -> Void) {
    let start = bytes.count
    writeQuoted(key)
    append(": ")
    value(&self, 2 * depth + bytes.count - start)
  }

  /// - Parameter space: what follows a comma and a colon.
  private mutating func writeLine(_ value: FacetValue, space: String) {
    switch value {
    case .absent: append("null")
    case .flag(let flag): append(flag ? "true" : "false")
    case .number(let number): append(String(number))
    case .text(let text): writeQuoted(text)
    case .list(let values):
      writeJoined("[", "]", values, space: space) { writer, value in writer.writeLine(value, space: space) }
    case .record(let fields):
      writeJoined("{", "}", Self.sorted(fields), space: space) { writer, field in
        writer.writeQuoted(field.key)
        writer.append(":")
        writer.append(space)
        writer.writeLine(field.value, space: space)
      }
    }
  }

  private mutating func writeJoined<Element>(
    _ opening: String, _ closing: String, _ elements: [Element], space: String,
    write: (inout JSONWriter, Element) -> Void
  ) {
    append(opening)
    for (position, element) in elements.enumerated() {
      if position > 0 {
        append(",")
        append(space)
      }
      write(&self, element)
    }
    append(closing)
  }

  private static func sorted(_ fields: [String: FacetValue]) -> [(key: String, value: FacetValue)] {
    // Bytes and not characters, so that the order does not depend on a Unicode version.
    fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// The text between quotation marks, with the escapes RFC 8259 asks for and no others.
  private mutating func writeQuoted(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { characters in
      // Nearly every text of a schema is plain.
      if characters.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: characters)
      } else {
        for byte in characters { writeEscaped(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case UInt8(ascii: "\n"): append("\\n")
    case UInt8(ascii: "\r"): append("\\r")
    case UInt8(ascii: "\t"): append("\\t")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    case 0..<0x20: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
    // The bytes of every character beyond ASCII stand for themselves.
    default: bytes.append(byte)
    }
  }
}
