import SchemaModel

/// How a table that inherits is made so that each of its columns is as much its own as before.
struct InheritedShape {
  /// The parents to name in `CREATE TABLE`, and in what order.
  let parents: [ObjectName]
  /// The parents to add when the table stands.
  let lateParents: [ObjectName]
  /// The parents' columns, merged as the server merges them.
  private let inherited: [Column]

  /// - Parameter parent: finds a table by its name.
  init(of table: Table, parent: (ObjectName) -> Table?) {
    let merged = Self.merged(table.parents.compactMap(parent))
    let names = merged.map(\.name)
    let natural = names + table.columns.map(\.name).filter { !names.contains($0) }
    // CREATE TABLE puts the parents' columns first; a table with another order was given its parents later.
    let isNatural = natural == table.columns.map(\.name) && !Self.hasOwnGeneration(table, beside: merged)
    parents = isNatural ? table.parents : []
    lateParents = isNatural ? [] : table.parents
    inherited = isNatural ? merged : []
  }

  /// Whether the table had generated columns of its own before parents had them: before PostgreSQL 16, `CREATE TABLE` takes a
  /// parent's expression only.
  private static func hasOwnGeneration(_ table: Table, beside inherited: [Column]) -> Bool {
    table.columns.allSatisfy { !$0.isInherited }
      && inherited.contains { column in
        column.value.isGenerated && table.column(named: column.name)?.value.isGenerated == true
      }
  }

  /// The columns that a child of these tables gets.
  static func merged(_ parents: [Table]) -> [Column] {
    var merged: [Column] = []
    for column in parents.flatMap(\.columns) {
      guard let place = merged.firstIndex(where: { $0.name == column.name }) else {
        merged.append(column)
        continue
      }
      if merged[place].value == .none { merged[place].value = column.value }
      if column.isNotNull, !column.notNull.isNotInherited {
        merged[place].isNotNull = true
        merged[place].notNull.isNotInherited = false
      }
    }
    return merged
  }

  /// Whether `CREATE TABLE` spells the column out.
  func isWritten(_ column: Column) -> Bool {
    !(column.isInherited && inherited.contains { $0.name == column.name })
  }

  /// Whether `CREATE TABLE` spells the check out.
  func isWritten(_ check: CheckConstraint) -> Bool { !(check.isInherited && lateParents.isEmpty) }

  /// What the NOT NULL of a column is called once the table is made: as the parent's is, unless it was spelled out.
  static func nameOfNotNull(
    _ column: Column, of table: Table, parent: (ObjectName) -> Table?
  ) -> String {
    let shape = InheritedShape(of: table, parent: parent)
    guard column.notNull.name == nil, !shape.isWritten(column) else {
      return ConstraintSQL.nameOfNotNull(column, of: table)
    }
    for source in shape.parents.compactMap(parent) {
      if let above = source.column(named: column.name), above.isNotNull, !above.notNull.isNotInherited {
        return nameOfNotNull(above, of: source, parent: parent)
      }
    }
    return ConstraintSQL.nameOfNotNull(column, of: table)
  }

  /// What makes the columns differ from their parents' as they did, as actions of `ALTER TABLE`.
  func corrections(of table: Table) -> [String] {
    table.columns.flatMap { column -> [String] in
      guard let parent = inherited.first(where: { $0.name == column.name }) else { return [] }
      return Self.corrections(of: column, from: parent, isWritten: isWritten(column))
    }
  }

  /// What makes a column differ from its parent's as it did.
  ///
  /// - Parameter isWritten: whether it was spelled out when its table was made.
  static func corrections(of column: Column, from parent: Column, isWritten: Bool) -> [String] {
    let place = "ALTER COLUMN \(SQLDialect.postgreSQL.identifier(column.name))"
    var actions: [String] = []
    switch (parent.value, column.value) {
    case (.default, .none), (.default, .identity): actions.append("\(place) DROP DEFAULT")
    case (let inherited, .default(let own)) where !isWritten && inherited != .default(own):
      actions.append("\(place) SET DEFAULT \(own)")
    case _: break
    }
    if parent.isNotNull && !parent.notNull.isNotInherited && !column.isNotNull {
      actions.append("\(place) DROP NOT NULL")
    } else if column.isNotNull && !isWritten && (!parent.isNotNull || parent.notNull.isNotInherited) {
      actions.append(ConstraintSQL.enforceNotNull(column))
    }
    return actions
  }
}
