import SchemaModel

/// A kind of types whose values are equal exactly when they are printed alike: not so for 1.0 and 1.00.
enum PrintedAlike: Hashable {
  case wholeNumber
  case text
  /// One that is like no other.
  case other(String)

  /// - Parameter type: a type as the catalog prints it, with or without its modifier.
  init?(_ type: String) {
    switch String(type.prefix { $0 != "(" }) {
    case "smallint", "integer", "bigint": self = .wholeNumber
    case "text", "character varying": self = .text
    case "uuid", "date", "boolean", "bytea", "timestamp without time zone", "timestamp with time zone":
      self = .other(type)
    case _: return nil
    }
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
  /// The kinds of columns, in their order; `nil` when any of them holds values that are equal and not printed alike.
  ///
  /// A collation of its own may take different texts for one.
  func printedAlike(_ columns: [String]) -> [PrintedAlike]? {
    let kinds = columns.compactMap { name in
      column(named: name).flatMap { $0.collation == nil ? PrintedAlike($0.type) : nil }
    }
    return kinds.count == columns.count ? kinds : nil
  }
}
