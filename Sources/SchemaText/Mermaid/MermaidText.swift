/// Texts in the narrow forms that the grammar of Mermaid's `erDiagram` lets through.
///
/// Kept to what old versions read too, because git hosts lag behind: no comma or dot in a type, only quoted
/// entity names, keys separated by a comma.
enum MermaidText {
  /// An entity's name or alias, in quotation marks.
  static func entity(_ name: String) -> String {
    "\"" + withoutDirection(name.map { "\"%\\".contains($0) || $0.isControl ? "_" : $0 }) + "\""
  }

  /// A relation's label, in quotation marks.
  static func label(_ text: String) -> String {
    let escaped = text.map { $0.isControl ? " " : $0 }
    return "\"" + withoutDirection(escaped).replacing("\"", with: "#quot;").replacing("%%", with: "%") + "\""
  }

  /// A column's comment, in quotation marks, on one line and not too long for a picture.
  static func comment(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").filter { !$0.isControl }
    let short = line.count > longestComment ? line.prefix(longestComment - 1) + "…" : line[...]
    var result = ""
    for character in short {
      switch character {
      case "\"": result += "'"
      // Between two tildes Mermaid sees a generic type, between percent signs a directive, in angles a tag.
      case "~": result += "-"
      case "%": result += result.last == "%" ? "" : "%"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      default: result.append(character)
      }
    }
    return "\"" + result + "\""
  }

  /// A column's type as one word: `numeric(10_2)`, `timestamptz`, `varchar(80)`.
  static func type(_ type: String) -> String {
    type.isEmpty ? "any" : word(short(type))
  }

  /// A column's name as one word.
  static func attribute(_ name: String) -> String { word(name) }

  private static let longestComment = 80

  /// PostgreSQL's own short names for its long ones; what stands in parentheses keeps its place behind.
  private static let shortNames: [(long: String, short: String)] = [
    ("character varying", "varchar"), ("timestamp with time zone", "timestamptz"),
    ("timestamp without time zone", "timestamp"), ("time with time zone", "timetz"),
    ("time without time zone", "time"), ("bit varying", "varbit"), ("character", "char"),
  ]

  private static func short(_ type: String) -> String {
    var rest = type.replacing("\"", with: "")
    for schema in ["public.", "pg_catalog."] where rest.hasPrefix(schema) { rest.removeFirst(schema.count) }
    // `timestamp(3) with time zone` holds its precision in the middle.
    var precision = ""
    if let opening = rest.firstIndex(of: "("), let closing = rest[opening...].firstIndex(of: ")") {
      precision = rest[opening...closing].filter { $0 != " " }
      rest.removeSubrange(opening...closing)
    }
    let dimensions = rest.hasSuffix("[]") ? "[]" : ""
    rest.removeLast(dimensions.count)
    let name = rest.split(separator: " ").joined(separator: " ")
    return (shortNames.first { $0.long == name }?.short ?? name) + precision + dimensions
  }

  private static func word(_ text: String) -> String {
    var word = ""
    for scalar in text.unicodeScalars {
      let isAllowed =
        scalar.value >= 0xC0
        ? !scalar.properties.isWhitespace && scalar.value != 0xFEFF : asciiOfWords.contains(scalar)
      word.unicodeScalars.append(isAllowed ? scalar : "_")
    }
    let startsWell = word.unicodeScalars.first.map { $0.value >= 0xC0 || asciiOfStarts.contains($0) } ?? false
    return startsWell && !isReadAsKey(word) ? word : "_" + word
  }

  private static let asciiOfStarts = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_".unicodeScalars)
  private static let asciiOfWords = asciiOfStarts.union("0123456789-[]()".unicodeScalars)

  /// Whether the lexer takes the word's start for the marks PK, FK or UK.
  private static func isReadAsKey(_ word: String) -> Bool {
    guard ["pk", "fk", "uk"].contains(word.prefix(2).lowercased()) else { return false }
    guard let next = word.unicodeScalars.dropFirst(2).first else { return true }
    return
      !(next.isASCII && (next.properties.isAlphabetic || next.properties.numericType != nil || next == "_"))
  }

  /// Text in which no line can be taken for the statement `direction LR`, which the lexer finds anywhere.
  private static func withoutDirection(_ characters: [Character]) -> String {
    let text = String(characters)
    return text.lowercased().contains("direction")
      ? String(text.map { $0.isWhitespace ? "_" : $0 }) : text
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.contains {
      $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x2028 || $0.value == 0x2029
    }
  }
}
