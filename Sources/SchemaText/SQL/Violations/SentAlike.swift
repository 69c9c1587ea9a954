import SchemaModel

/// A kind of types whose values are equal exactly when the same bytes are sent for them: not so for 1.0 and 1.00.
package enum SentAlike: Hashable, Sendable {
  /// Eight bytes, whatever the type's own width.
  case wholeNumber
  case text
  case uuid
  case boolean
  /// As the type named is printed.
  case printed(String)

  /// - Parameter type: a type as the catalog prints it, with or without its modifier.
  init?(_ type: String) {
    switch String(type.prefix { $0 != "(" }) {
    case "smallint", "integer", "bigint": self = .wholeNumber
    case "text", "character varying": self = .text
    case "uuid": self = .uuid
    case "boolean": self = .boolean
    case "date", "bytea", "timestamp without time zone", "timestamp with time zone": self = .printed(type)
    case _: return nil
    }
  }

  /// What is sent for a value, in SQL.
  func sent(_ value: String, type: String) -> String {
    switch self {
    case .text, .uuid, .boolean: value
    case .wholeNumber: type == "bigint" ? value : "(\(value))::bigint"
    case .printed: "(\(value))::text"
    }
  }

  /// The value of bytes that were sent, as text that its type reads; `nil` for what is no such value.
  package func text(of bytes: ArraySlice<UInt8>) -> String? {
    switch self {
    case .wholeNumber:
      bytes.count == 8 ? "\(Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) }))" : nil
    case .text, .printed: String(validating: bytes, as: UTF8.self)
    case .uuid: bytes.count == 16 ? bytes.map(Self.digits(of:)).joined() : nil
    case .boolean: bytes.count == 1 ? (bytes.first == 0 ? "f" : "t") : nil
    }
  }

  private static func digits(of byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

extension [IndexKey] {
  /// The columns, when each key is one and is compared as its column's type compares; `nil` otherwise.
  var plainColumns: [String]? {
    let columns = compactMap { $0.collation == nil && $0.operatorClass == nil ? $0.column : nil }
    return columns.count == count ? columns : nil
  }
}

extension Table {
  /// The kinds of columns, in their order; `nil` when any of them holds values that are equal and not sent alike.
  ///
  /// A collation of its own may take different texts for one.
  func sentAlike(_ columns: [String]) -> [SentAlike]? {
    let kinds = columns.compactMap { name in
      column(named: name).flatMap { $0.collation == nil ? SentAlike($0.type) : nil }
    }
    return kinds.count == columns.count ? kinds : nil
  }
}
