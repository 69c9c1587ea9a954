/// The many ways to write a type, and the one in which PostgreSQL prints it (`format_type`).
package enum TypeSpelling {
  /// The type as PostgreSQL prints it; what is no alias of a built-in type stays as it is written.
  package static func canonical(_ type: String) -> String {
    // PostgreSQL's one-byte type is told from character by its quotation marks alone.
    guard type != "\"char\"" else { return type }
    let parts = Parts(type)
    guard let name = aliases[parts.name] else { return type }
    let dimensions = parts.isArray ? "[]" : ""
    switch name {
    case "numeric" where parts.arguments.count == 1: return "numeric(\(parts.arguments[0]),0)" + dimensions
    case "character", "bit":
      return "\(name)(\(parts.arguments.first ?? "1"))" + dimensions
    case "double precision" where parts.name == "float":
      let digits = parts.arguments.first.flatMap { Int($0) } ?? 53
      return (digits <= 24 ? "real" : name) + dimensions
    case "integer", "smallint", "bigint", "boolean", "text", "real", "double precision", "date", "bytea",
      "uuid", "json", "jsonb":
      // MySQL's display width, int(11), is no fact.
      return name + dimensions
    case _ where parts.arguments.isEmpty: return name + dimensions
    case _:
      // `timestamp(3) with time zone` holds its precision in the middle.
      let words = name.split(separator: " ", maxSplits: 1)
      let arguments = "(" + parts.arguments.joined(separator: ",") + ")"
      let isTime = name.hasPrefix("time")
      return (isTime && words.count > 1 ? "\(words[0])\(arguments) \(words[1])" : name + arguments)
        + dimensions
    }
  }

  /// The integer type behind a type that counts by itself, such as `bigserial`; `nil` for any other.
  package static func counting(_ type: String) -> String? {
    switch Parts(type).name {
    case "serial", "serial4": "integer"
    case "bigserial", "serial8": "bigint"
    case "smallserial", "serial2": "smallint"
    case _: nil
    }
  }

  /// Whether it is a type that every PostgreSQL server has, in any spelling.
  package static func isBuiltIn(_ type: String) -> Bool { aliases[Parts(type).name] != nil }

  /// A type's name, in lower case with single spaces, its arguments, and whether it is an array.
  package struct Parts: Hashable, Sendable {
    package var name: String
    package var arguments: [String] = []
    package var isArray = false

    package init(_ type: String) {
      var rest = type.replacing("\"", with: "")
      // A trailing `[]` or `[3]`, any number of times.
      while rest.hasSuffix("]"), let opening = rest.lastIndex(of: "[") {
        isArray = true
        rest.removeSubrange(opening...)
      }
      if let opening = rest.firstIndex(of: "("), let closing = rest[opening...].lastIndex(of: ")") {
        // Diagrams cannot hold a comma: their writers put an underscore.
        arguments = rest[rest.index(after: opening)..<closing].split { $0 == "," || $0 == "_" }.map {
          argument in
          String(argument.filter { !$0.isWhitespace })
        }
        rest.replaceSubrange(opening...closing, with: " ")
      }
      var words = rest.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
      if words.count == 1, words[0].hasPrefix("pg_catalog.") { words[0].removeFirst("pg_catalog.".count) }
      name = words.joined(separator: " ")
    }
  }

  /// Every spelling in lower case, and the name PostgreSQL prints.
  private static let aliases: [String: String] = {
    let spellings: [String: [String]] = [
      "integer": ["int", "int4", "integer"], "bigint": ["int8", "bigint"], "smallint": ["int2", "smallint"],
      "boolean": ["bool", "boolean"], "text": ["text"], "real": ["float4", "real"],
      "double precision": ["float", "float8", "double", "double precision", "double_precision"],
      "numeric": ["numeric", "decimal", "dec"],
      "character varying": [
        "varchar", "character varying", "char varying", "character_varying",
      ],
      "character": ["char", "character"], "bpchar": ["bpchar"],
      "timestamp with time zone": ["timestamptz", "timestamp with time zone", "timestamp_with_time_zone"],
      "timestamp without time zone": [
        "timestamp", "timestamp without time zone", "timestamp_without_time_zone",
      ],
      "time with time zone": ["timetz", "time with time zone", "time_with_time_zone"],
      "time without time zone": ["time", "time without time zone", "time_without_time_zone"],
      "bit": ["bit"], "bit varying": ["varbit", "bit varying", "bit_varying"],
      "date": ["date"], "interval": ["interval"], "bytea": ["bytea"], "uuid": ["uuid"], "json": ["json"],
      "jsonb": ["jsonb"], "xml": ["xml"], "inet": ["inet"], "cidr": ["cidr"], "macaddr": ["macaddr"],
      "macaddr8": ["macaddr8"], "money": ["money"], "tsvector": ["tsvector"], "tsquery": ["tsquery"],
      "point": ["point"], "line": ["line"], "lseg": ["lseg"], "box": ["box"], "path": ["path"],
      "polygon": ["polygon"], "circle": ["circle"], "oid": ["oid"], "name": ["name"],
      "int4range": ["int4range"], "int8range": ["int8range"], "numrange": ["numrange"],
      "tsrange": ["tsrange"], "tstzrange": ["tstzrange"], "daterange": ["daterange"],
    ]
    return spellings.reduce(into: [:]) { aliases, entry in
      for spelling in entry.value { aliases[spelling] = entry.key }
    }
  }()
}
