import SchemaModel

/// Writes JSON as UTF-8 text: deterministic, ended by one line feed.
package struct JSONWriter {
  private var text = ""

  /// The longest line, in bytes of UTF-8, that a fact with parts is put on.
  private static let lineLength = 100

  private init() {}

  /// The document, indented by two spaces a level.
  package static func text(of tree: JSONTree) -> String {
    var writer = JSONWriter()
    writer.write(tree, depth: 0, used: 0)
    writer.text += "\n"
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
    switch tree {
    case .fact(let value):
      return line(value, separators: ("", ""))
    case .list(let elements):
      return "[" + elements.map(canonicalText(of:)).joined(separator: ",") + "]"
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return "{" + sorted.map { quoted($0.key) + ":" + canonicalText(of: $0.value) }.joined(separator: ",")
        + "}"
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
    let line = Self.line(value, separators: (" ", " "))
    // One byte more for the comma that may follow.
    guard used + line.utf8.count + 1 > Self.lineLength else {
      text += line
      return
    }
    switch value {
    case .absent, .flag, .number, .text: text += line
    case .list(let elements):
      block("[", "]", elements, depth: depth) { writer, element in
        writer.write(element, depth: depth + 1, used: 2 * (depth + 1))
      }
    case .record(let fields):
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
    text += opening
    for (position, element) in elements.enumerated() {
      text += position == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: depth + 1)
      write(&self, element)
    }
    if !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
    text += closing
  }

  private mutating func write(key: String, depth: Int, value: (inout JSONWriter, Int) -> Void) {
    let label = Self.quoted(key) + ": "
    text += label
    value(&self, 2 * depth + label.utf8.count)
  }

  /// - Parameter separators: what follows a comma and a colon.
  private static func line(_ value: FacetValue, separators: (comma: String, colon: String)) -> String {
    switch value {
    case .absent: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return String(number)
    case .text(let text): return quoted(text)
    case .list(let values):
      let elements = values.map { line($0, separators: separators) }
      return "[" + elements.joined(separator: "," + separators.comma) + "]"
    case .record(let fields):
      let members = sorted(fields).map { field in
        quoted(field.key) + ":" + separators.colon + line(field.value, separators: separators)
      }
      return "{" + members.joined(separator: "," + separators.comma) + "}"
    }
  }

  private static func sorted(_ fields: [String: FacetValue]) -> [(key: String, value: FacetValue)] {
    // Bytes and not characters, so that the order does not depend on a Unicode version.
    fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// The text between quotation marks, with the escapes RFC 8259 asks for and no others.
  private static func quoted(_ text: String) -> String {
    // Nearly every text of a schema is plain, and looking at its bytes is far cheaper than rebuilding it.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return "\"\(text)\""
    }
    var result = "\""
    result.reserveCapacity(text.utf8.count + 2)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
