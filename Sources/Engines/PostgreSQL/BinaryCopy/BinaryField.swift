import SchemaModel
import SchemaText

/// How a column's values, as `COPY` prints them, become those that the type's receive function reads.
///
/// The server reads such values several times faster than text. Only types whose binary form has not changed since
/// PostgreSQL 7.4 are here; rows of a table with any other are sent as text.
enum BinaryField: Hashable, Sendable {
  case boolean
  case int2
  case int4
  case int8
  case oid
  case float4
  case float8
  case numeric
  case uuid
  case bytea
  case date
  case time
  /// `timestamp` without a time zone.
  case timestamp
  case timestamptz
  /// Text as it is: `text`, `varchar`, `char(n)`, `json` and labels of enums.
  case text
  /// Text after the number of a version.
  case jsonb
  /// Values of another kind, and the object identifier of their type.
  indirect case array(BinaryField, oid: UInt32)

  /// - Parameter type: as `format_type` prints it; domains go by what they are made of.
  init?(_ type: String, in schema: Schema) {
    let base = BaseType.name(of: type, in: schema)
    if let builtIn = Self.builtIn[Self.unmodified(base)] {
      self = builtIn
    } else if schema.enums.contains(where: { SQLDialect.postgreSQL.name($0.name) == base }) {
      self = .text
    } else if base.hasSuffix("[]"),
      let element = BinaryArray.elements[Self.unmodified(String(base.dropLast(2)))]
    {
      self = .array(element.field, oid: element.oid)
    } else {
      return nil
    }
  }

  /// The columns that a `COPY` statement fills; `nil` when one of them can only be sent as text, or it is not sure which
  /// they are.
  static func all(of table: Table, filledBy copyStatement: String, in schema: Schema) -> [BinaryField]? {
    let columns = table.storedColumns
    let names = columns.map { SQLDialect.postgreSQL.identifier($0.name) }.joined(separator: ", ")
    guard !columns.isEmpty, columns.count <= Int(Int16.max),
      copyStatement.contains(" (\(names)) FROM stdin;")
    else { return nil }
    let fields = columns.compactMap { BinaryField($0.type, in: schema) }
    return fields.count == columns.count ? fields : nil
  }

  private static let builtIn: [String: BinaryField] = [
    "boolean": .boolean, "smallint": .int2, "integer": .int4, "bigint": .int8, "oid": .oid,
    "real": .float4, "double precision": .float8, "numeric": .numeric, "uuid": .uuid, "bytea": .bytea,
    "date": .date, "time without time zone": .time, "timestamp without time zone": .timestamp,
    "timestamp with time zone": .timestamptz, "text": .text, "character varying": .text, "character": .text,
    "json": .text, "jsonb": .jsonb,
  ]

  /// `timestamp with time zone` of `timestamp(3) with time zone`.
  private static func unmodified(_ type: String) -> String {
    guard let start = type.firstIndex(of: "("), let end = type.firstIndex(of: ")"), start < end else {
      return type
    }
    return String(type[..<start] + type[type.index(after: end)...])
  }
}
