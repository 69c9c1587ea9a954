import SchemaModel
import SchemaText

/// How policies, and what was asked for, made a restored database differ from what was backed up.
struct PolicyChanges {
  var leftOut: [LeftOutRows] = []
  var setAside: [SetAsideRows] = []
  /// How many rows were made in which tables.
  var made: [(table: ObjectName, rowCount: Int)] = []
  /// Constraints that stay NOT VALID.
  var kept: Set<ConstraintReference> = []
}

extension Quarantine {
  /// What was done so far.
  var changes: PolicyChanges {
    PolicyChanges(
      setAside: account.moved,
      made: account.handled.compactMap { outcome in
        outcome.phantomTable.map { ($0, outcome.phantomCount ?? 0) }
      },
      kept: account.kept)
  }
}

extension Schema {
  /// The schema as it is when these constraints are not validated.
  func notValidating(_ kept: Set<ConstraintReference>) -> Schema {
    guard !kept.isEmpty else { return self }
    var schema = self
    for (place, table) in tables.enumerated() {
      for (position, check) in table.checks.enumerated()
      where kept.contains(ConstraintReference(kind: .checkConstraint, table: table.name, name: check.name)) {
        schema.tables[place].checks[position].isValidated = false
      }
      for (position, key) in table.foreignKeys.enumerated()
      where kept.contains(ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)) {
        schema.tables[place].foreignKeys[position].isValidated = false
      }
      for query in ViolationQuery.domains(of: table, in: self) where kept.contains(query.constraint) {
        schema.stopVouching(for: query)
      }
    }
    return schema
  }

  private mutating func stopVouching(for query: ViolationQuery) {
    guard let place = domains.firstIndex(where: { $0.name == query.domain }) else { return }
    let rule = query.constraint.name.dropFirst((query.affectedColumns.first ?? "").count + 1)
    for position in domains[place].checks.indices where domains[place].checks[position].name == rule {
      domains[place].checks[position].isValidated = false
    }
  }
}
