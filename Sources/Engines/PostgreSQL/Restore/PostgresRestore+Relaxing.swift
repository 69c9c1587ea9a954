import SchemaModel
import SchemaText

/// Checks and NOT NULLs that rows violate: taken off so that the rows can be loaded, put back when they are gone.
extension PostgresRestore {
  package func enforceRelaxedConstraints() throws(EngineError) {
    // A check may go by the rules of its columns' domains.
    try enforceDomains()
    let enforcedBefore = try rulesThatAreBack()
    for constraint in relaxedConstraints where !enforcedBefore.contains(constraint) {
      guard let table = tablesByName[constraint.table] else { continue }
      switch constraint.kind {
      case .domainType: continue
      case .column: try connection.execute(ConstraintSQL.setNotNull(constraint.name, of: table))
      default:
        guard var check = table.checks.first(where: { $0.name == constraint.name }) else { continue }
        // It comes back to all heirs with the one it was inherited from.
        guard !check.isInherited else { continue }
        if keptConstraints.contains(constraint) { check.isValidated = false }
        try withSourceSearchPath { () throws(EngineError) in
          try connection.execute(ConstraintSQL.add(check, to: table))
        }
        try restoreComments(onCheck: check.name, of: table)
      }
    }
  }

  /// Takes checks and NOT NULLs off a table whose rows violate them, and off what it is a partition of.
  ///
  /// What a partitioned table demands can only be taken off there, so that goes first.
  func relax(_ table: Table) throws(EngineError) {
    try relaxDomains(of: table)
    for level in lineage(of: table) {
      let above = lineage(of: level).dropLast()
      for check in level.checks
      where check.isVouchedFor && !above.contains(where: { $0.hasCheck(named: check.name) }) {
        let family = schema.relatives(of: level, sharingCheck: check.name)
        // What is inherited can only be taken off where it comes from, and goes from all heirs with it.
        let names = Set(family.map(\.name))
        let heirs = family.filter { $0.isHeir(among: names) }
        let own = heirs.filter { $0.partition == nil && !$0.isInheriting(check.name) }
        for origin in family.filter({ !$0.isHeir(among: names) }) + own {
          try relax(
            ConstraintReference(kind: .checkConstraint, table: origin.name, name: check.name),
            by: ConstraintSQL.drop(constraintNamed: check.name, of: origin))
        }
        let reference = ConstraintReference(kind: .checkConstraint, table: level.name, name: check.name)
        if !relaxedConstraints.contains(reference) { relaxedConstraints.append(reference) }
      }
      // An identity column cannot be without its NOT NULL.
      for column in level.columns
      where column.isNotNull && !column.isIdentity
        && !above.contains(where: { $0.column(named: column.name)?.isNotNull == true })
      {
        try relax(
          ConstraintReference(kind: .column, table: level.name, name: column.name),
          by: ConstraintSQL.dropNotNull(column.name, of: level))
      }
    }
  }

  private func relax(_ constraint: ConstraintReference, by statement: String) throws(EngineError) {
    guard !relaxedConstraints.contains(constraint) else { return }
    try connection.execute(statement)
    relaxedConstraints.append(constraint)
  }

  /// The table, and before it what it is a partition of, from the root down.
  func lineage(of table: Table) -> [Table] {
    var lineage = [table]
    while let parent = lineage[0].partition.flatMap({ tablesByName[$0.parent] }) {
      lineage.insert(parent, at: 0)
    }
    return lineage
  }

  /// A comment goes with its constraint; partitions and heirs have comments of their own on a check they share.
  private func restoreComments(onCheck name: String, of table: Table) throws(EngineError) {
    let dialect = SQLDialect.postgreSQL
    for member in schema.relatives(of: table, sharingCheck: name) {
      guard let comment = member.checks.first(where: { $0.name == name })?.comment else { continue }
      try connection.execute(
        """
        COMMENT ON CONSTRAINT \(dialect.identifier(name)) ON \(dialect.name(member.name)) \
        IS \(dialect.literal(comment.text))
        """)
    }
  }
}

extension Table {
  fileprivate func hasCheck(named name: String) -> Bool { checks.contains { $0.name == name } }

  /// Whether it has the check only because a parent has.
  fileprivate func isInheriting(_ check: String) -> Bool {
    checks.contains { $0.name == check && $0.isInherited }
  }

  /// Whether it inherits from one of these tables, or is a partition of one.
  fileprivate func isHeir(among names: Set<ObjectName>) -> Bool {
    partition.map { names.contains($0.parent) } == true || parents.contains(where: names.contains)
  }
}

extension Column {
  fileprivate var isIdentity: Bool {
    if case .identity = value { return true }
    return false
  }
}
