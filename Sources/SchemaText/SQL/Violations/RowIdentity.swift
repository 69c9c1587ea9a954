import SchemaModel

/// What tells one row of a table from all others even when they are equal in every column.
///
/// PostgreSQL: the partition and the place in it (`tableoid`, `ctid`). SQLite: the rowid, or the primary
/// key of a table without one. Good only while nothing writes.
struct RowIdentity: Hashable, Sendable {
  /// The columns, as they are written in SQL.
  let columns: [String]

  init(of table: Table, in dialect: SQLDialect) {
    switch dialect.engine {
    case .postgreSQL: columns = ["tableoid", "ctid"]
    case .sqlite:
      let taken = Set(table.columns.map { $0.name.lowercased() })
      // A column may bear one of the rowid's names, and then hides it.
      let rowID = table.isWithoutRowID ? nil : ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
      columns = rowID.map { [$0] } ?? (table.primaryKey?.columns ?? []).map(dialect.identifier)
    }
  }

  /// The columns separated by commas, for a list.
  func list(of alias: String? = nil) -> String {
    columns.map { column in alias.map { "\($0).\(column)" } ?? column }.joined(separator: ", ")
  }

  /// The columns as one value, for a comparison.
  func value(of alias: String) -> String {
    columns.count == 1 ? list(of: alias) : "(\(list(of: alias)))"
  }
}
