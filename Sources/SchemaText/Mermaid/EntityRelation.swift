import SchemaModel

/// A foreign key as a line of an entity relationship diagram.
struct EntityRelation: Hashable {
  var parent: ObjectName
  var child: ObjectName
  /// The child's columns, which the line is called by.
  var columns: [String]
  /// Whether every child row has a parent: no part of the key can be NULL and exempt it.
  var isParentRequired: Bool
  /// Whether a parent has at most one child: the key's columns hold a key of the child.
  var isChildUnique: Bool
  /// Whether the child's primary key contains the key, so that the child is named by its parent.
  var isIdentifying: Bool

  init(_ key: ForeignKey, of child: Table, engine: DatabaseEngine) {
    parent = key.referencedTable
    self.child = child.name
    columns = key.columns
    let required = key.columns.map { child.isRequired($0, engine: engine) }
    isParentRequired =
      switch key.match {
      case .simple, .partial: required.allSatisfy(\.self)
      case .full: required.contains(true)
      }
    isChildUnique = child.uniqueColumnSets.contains { $0.isSubset(of: key.columns) }
    isIdentifying = child.primaryKey.map { Set($0.columns).isSuperset(of: key.columns) } ?? false
  }

  /// The line in crow's foot, the parent on the left: `||--o{`.
  var crowsFoot: String {
    (isParentRequired ? "||" : "|o") + (isIdentifying ? "--" : "..") + (isChildUnique ? "o|" : "o{")
  }
}

extension Table {
  /// Whether the column can never be NULL.
  func isRequired(_ name: String, engine: DatabaseEngine) -> Bool {
    guard let column = column(named: name) else { return false }
    if column.isNotNull { return true }
    guard let key = primaryKey, key.columns.contains(name) else { return false }
    switch engine {
    case .postgreSQL: return true
    // SQLite lets NULL into a primary key, except where the key is the rowid or the table has none.
    case .sqlite: return isWithoutRowID || (key.columns.count == 1 && column.type.lowercased() == "integer")
    }
  }
}
