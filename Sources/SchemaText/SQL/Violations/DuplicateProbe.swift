import SchemaModel

/// Whether rows of a table share a key that is to be unique, asked of the rows and not of the index.
package struct DuplicateProbe: Hashable, Sendable {
  package let constraint: ConstraintReference
  /// Counts the keys that more than one row has; hashing, where the full search for the rows would sort.
  package let countSQL: String

  /// One for each key and unique index of a table that hashing can check.
  package static func all(of table: Table) -> [DuplicateProbe] {
    table.keys.filter { !$0.isTemporal }.map { key in
      DuplicateProbe(
        kind: key.kind, name: key.name, keys: key.columns.map { IndexKey(.column($0)) },
        nullsNotDistinct: key.nullsNotDistinct, predicate: nil, of: table)
    }
      + table.indexes.filter { $0.isUnique && $0.isValid }.map { index in
        DuplicateProbe(
          kind: .index, name: index.name, keys: index.keys, nullsNotDistinct: index.nullsNotDistinct,
          predicate: index.predicate, of: table)
      }
  }

  private init(
    kind: ObjectKind, name: String, keys: [IndexKey], nullsNotDistinct: Bool, predicate: String?,
    of table: Table
  ) {
    let dialect = SQLDialect.postgreSQL
    constraint = ConstraintReference(kind: kind, table: table.name, name: name)
    let values = keys.map { $0.value(in: dialect) }
    let conditions =
      (nullsNotDistinct ? [] : values.map { "\($0) IS NOT NULL" })
      + (predicate.map { [dialect.parenthesised($0)] } ?? [])
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    // An inheritance parent's key does not hold for its children's rows; a partitioned table's does.
    let only = table.partitionKey == nil ? "ONLY " : ""
    let rows = "\(only)\(dialect.name(table.name))\(filter)"
    countSQL =
      "SELECT count(*) FROM (SELECT FROM \(rows) "
      + "GROUP BY \(values.joined(separator: ", ")) HAVING count(*) > 1) AS d"
  }
}
