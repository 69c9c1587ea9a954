import SchemaModel
import SchemaText

/// Checks and NOT NULLs that were taken off so that rows could be loaded (``RelaxedRules``), put back when those are gone.
extension PostgresRestore {
  package var relaxedConstraints: [ConstraintReference] { rules.constraints }

  package func enforceRelaxedConstraints() throws(EngineError) {
    // A check may go by the rules of its columns' domains.
    try enforceDomains()
    let enforcedBefore = try rulesThatAreBack()
    let missing = relaxedConstraints.filter { !enforcedBefore.contains($0) }
    let byTable = Dictionary(grouping: missing, by: \.table).compactMap { name, rules in
      tablesByName[name].map { (table: $0, rules: rules) }
    }
    // What tables share is put back on one of them for all.
    for (table, missing) in byTable.filter({ !rules.areOwn(of: $0.table) }).sorted(by: {
      $0.table.name < $1.table.name
    }) {
      try connection.putBack(missing, of: table, in: schema, keeping: keptConstraints)
    }
    let own = largestFirst(byTable.filter { rules.areOwn(of: $0.table) }, table: \.table.name)
    let (schema, kept) = (schema, keptConstraints)
    _ = try inParallel(own, "checks were put back") { connection, job in
      try connection.putBack(job.rules, of: job.table, in: schema, keeping: kept)
    }
  }

  /// The table, and before it what it is a partition of, from the root down.
  func lineage(of table: Table) -> [Table] { rules.order.lineage(of: table) }
}

extension PostgresConnection {
  /// Puts checks and NOT NULLs back on a table, in one look at its rows, and what was said of them.
  ///
  /// - Parameter kept: checks that rows may go on to violate.
  func putBack(
    _ rules: [ConstraintReference], of table: Table, in schema: Schema,
    keeping kept: Set<ConstraintReference> = []
  ) throws(EngineError) {
    let columns = rules.filter { $0.kind == .column }.compactMap { table.column(named: $0.name) }
    let checks = rules.filter { $0.kind == .checkConstraint }.compactMap { rule in
      table.checks.first { $0.name == rule.name }.map { check in
        var check = check
        if kept.contains(rule) { check.isValidated = false }
        return check
      }
    }.filter { !$0.isInherited }  // It comes back to all heirs with the one it was inherited from.
    guard !columns.isEmpty || !checks.isEmpty else { return }
    let comments = checks.flatMap { check in
      // Partitions and heirs have comments of their own on a check they share.
      schema.relatives(of: table, sharingCheck: check.name).flatMap { member in
        CommentSQL.onConstraint(
          check.name, of: member.name, member.checks.first { $0.name == check.name }?.comment)
      }
    }
    let notNullComments = columns.flatMap { column in
      CommentSQL.onConstraint(
        ConstraintSQL.nameOfNotNull(column, of: table), of: table.name, column.notNull.comment)
    }
    // Several statements in one are one transaction.
    let statements =
      [ConstraintSQL.enforce(notNull: columns, checks, of: table) + ";"] + comments + notNullComments
    try underSearchPath(of: schema) { () throws(EngineError) in
      try execute(statements.joined(separator: "\n"))
    }
  }

  /// Runs it as it is or, when a name is not found, under the search path of the source.
  func underSearchPath(of schema: Schema, _ body: () throws(EngineError) -> Void) throws(EngineError) {
    do throws(EngineError) {
      try body()
    } catch {
      guard error.mayLieInRules, error.kind != .violation else { throw error }
      try execute(SourceSearchPath.set(of: schema))
      defer { try? execute(SourceSearchPath.reset) }
      try body()
    }
  }
}
