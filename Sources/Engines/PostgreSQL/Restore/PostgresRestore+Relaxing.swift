import SchemaModel
import SchemaText

/// Checks and NOT NULLs that were taken off so that rows could be loaded (``RelaxedRules``), put back when those are gone.
extension PostgresRestore {
  package func enforceRelaxedConstraints() throws(EngineError) {
    // A check may go by the rules of its columns' domains.
    try enforceDomains()
    let enforcedBefore = try rulesThatAreBack()
    let missing = relaxedConstraints.filter { !enforcedBefore.contains($0) }
    for (name, constraints) in Dictionary(grouping: missing, by: \.table).sorted(by: { $0.key < $1.key }) {
      guard let table = tablesByName[name] else { continue }
      let columns = constraints.filter { $0.kind == .column }.map(\.name)
      let checks = constraints.filter { $0.kind == .checkConstraint }.compactMap { constraint in
        table.checks.first { $0.name == constraint.name }.map { check in
          var check = check
          if keptConstraints.contains(constraint) { check.isValidated = false }
          return check
        }
      }
      // It comes back to all heirs with the one it was inherited from.
      try enforce(notNull: columns, checks.filter { !$0.isInherited }, of: table)
    }
  }

  /// Puts a table's rules back, in one look at its rows.
  private func enforce(
    notNull columns: [String], _ checks: [CheckConstraint], of table: Table
  ) throws(EngineError) {
    guard !columns.isEmpty || !checks.isEmpty else { return }
    try withSourceSearchPath { () throws(EngineError) in
      try connection.execute(ConstraintSQL.enforce(notNull: columns, checks, of: table))
    }
    for check in checks { try restoreComments(onCheck: check.name, of: table) }
  }

  package var relaxedConstraints: [ConstraintReference] { rules.constraints }

  /// The table, and before it what it is a partition of, from the root down.
  func lineage(of table: Table) -> [Table] { rules.order.lineage(of: table) }

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
