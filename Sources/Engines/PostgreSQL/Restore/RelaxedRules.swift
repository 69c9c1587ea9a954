import SchemaModel
import SchemaText
import Synchronization

/// Checks, NOT NULLs and rules of domains that are off while rows are loaded, or because rows violate them.
///
/// Shared by the connections that load rows: each takes off what refuses the table it is at, and puts it back.
final class RelaxedRules: Sendable {
  private let schema: Schema
  /// What is a partition of what.
  let order: PartitionOrder
  private let tablesWithHeirs: Set<ObjectName>
  private let readers: TableReaders
  private let isJournaled: Bool
  private let state = Mutex(JournaledRules(constraints: [], domains: []))

  /// - Parameter later: checks that are not there yet when rows are loaded.
  init(in schema: Schema, besides later: Set<ConstraintReference>, isJournaled: Bool) {
    var schema = schema
    if !later.isEmpty {
      for place in schema.tables.indices {
        let table = schema.tables[place].name
        schema.tables[place].checks.removeAll {
          later.contains(ConstraintReference(kind: .checkConstraint, table: table, name: $0.name))
        }
      }
    }
    self.schema = schema
    self.isJournaled = isJournaled
    order = PartitionOrder(schema.tables)
    tablesWithHeirs = Set(schema.tables.flatMap(\.parents))
    readers = TableReaders(of: schema)
  }

  /// What is off, by the model's names.
  var constraints: [ConstraintReference] { state.withLock { $0.constraints } }
  /// Rules that are off for every column of a domain.
  var domains: [DomainRule] { state.withLock { $0.domains } }

  /// Takes up what an interrupted run took off.
  func resume(_ rules: JournaledRules) { state.withLock { $0 = rules } }

  /// Whether a table's rules can be taken off while other tables are being loaded.
  ///
  /// Those that it shares with partitions, heirs or other columns of a domain would wait for each other.
  func areOwn(of table: Table) -> Bool {
    !hasRelatives(table) && ViolationQuery.domains(of: table, in: schema).isEmpty
  }

  /// What the checks of a table may go by besides the row.
  func reach(ofChecksOf table: Table) -> TableReaders.Reach { readers.reach(ofChecksOf: table) }

  /// Whether what a table demands can only be taken off together with what partitions, parents or heirs demand.
  func hasRelatives(_ table: Table) -> Bool {
    table.partition != nil || table.partitionKey != nil || !table.parents.isEmpty
      || tablesWithHeirs.contains(table.name)
  }

  /// What finds the rows that break those rules of a table that are off and its own (``areOwn(of:)``).
  func queries(of table: Table) -> [ViolationQuery] {
    let off = Set(constraints.filter { $0.table == table.name })
    return ViolationQuery.all(of: table, in: schema).filter {
      $0.concernsOneRow && off.contains($0.constraint)
    }
  }

  /// Takes the rules off tables, and writes down which these are, in one transaction.
  func relax(_ tables: [Table], on connection: PostgresConnection) throws(EngineError) {
    guard !tables.isEmpty else { return }
    try change(on: connection) { rules in tables.flatMap { relax($0, besides: &rules) } }
  }

  /// Puts back the rules of a table that shares none (``areOwn(of:)``); false when rows violate them, and they stay off.
  func putBack(_ table: Table, on connection: PostgresConnection) throws(EngineError) -> Bool {
    do throws(EngineError) {
      try connection.putBack(constraints.filter { $0.table == table.name }, of: table, in: schema)
    } catch {
      guard error.mayLieInRules else { throw error }
      return false
    }
    // What is written down may be back already, but nothing else is off.
    try change(on: connection) { rules in
      rules.constraints.removeAll { $0.table == table.name }
      return []
    }
    return true
  }

  /// Changes what is off by statements, and writes it down, in one transaction.
  private func change(
    on connection: PostgresConnection, by change: (inout JournaledRules) -> [String]
  ) throws(EngineError) {
    // One connection at a time: what is written down is all that is off.
    let outcome = state.withLock { state -> Result<Void, EngineError> in
      var rules = state
      var statements = change(&rules)
      do throws(EngineError) {
        if isJournaled {
          statements.append(RestoreJournal.statement(.relaxed, detail: try RestoreJournal.text(rules)))
        }
        // Several statements in one are one transaction.
        if !statements.isEmpty { try connection.execute(statements.joined(separator: ";\n")) }
        state = rules
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  // MARK: - What takes them off

  private func relax(_ table: Table, besides rules: inout JournaledRules) -> [String] {
    // As it is when rows are loaded.
    let table = schema.table(named: table.name) ?? table
    return relaxDomains(of: table, besides: &rules) + relaxTable(table, besides: &rules)
  }

  /// Statements that take their rules off the domains that a table's columns are made of.
  private func relaxDomains(of table: Table, besides rules: inout JournaledRules) -> [String] {
    var statements: [String] = []
    for query in ViolationQuery.domains(of: table, in: schema)
    where !rules.constraints.contains(query.constraint) {
      rules.constraints.append(query.constraint)
      guard let domain = schema.domains.first(where: { $0.name == query.domain }) else { continue }
      let rule = DomainRule(domain: domain.name, check: query.isNotNull ? nil : domain.checkNamed(in: query))
      guard !rules.domains.contains(rule) else { continue }
      rules.domains.append(rule)
      statements.append(DomainRuleSQL.drop(check: rule.check, of: domain.name))
    }
    return statements
  }

  /// Statements that take checks and NOT NULLs off a table, and off what it is a partition of.
  ///
  /// What a partitioned table demands can only be taken off there, so that goes first.
  private func relaxTable(_ table: Table, besides rules: inout JournaledRules) -> [String] {
    var statements: [String] = []
    func relax(_ constraint: ConstraintReference, by statement: String) {
      guard !rules.constraints.contains(constraint) else { return }
      rules.constraints.append(constraint)
      statements.append(statement)
    }
    for level in order.lineage(of: table) {
      let above = order.ancestors(of: level)
      for check in level.checks
      where check.isVouchedFor && !above.contains(where: { $0.hasCheck(named: check.name) }) {
        let family = schema.relatives(of: level, sharingCheck: check.name)
        // What is inherited can only be taken off where it comes from, and goes from all heirs with it.
        let names = Set(family.map(\.name))
        let heirs = family.filter { $0.isHeir(among: names) }
        let own = heirs.filter { $0.partition == nil && !$0.isInheriting(check.name) }
        for origin in family.filter({ !$0.isHeir(among: names) }) + own {
          relax(
            ConstraintReference(kind: .checkConstraint, table: origin.name, name: check.name),
            by: ConstraintSQL.drop(constraintNamed: check.name, of: origin))
        }
        let reference = ConstraintReference(kind: .checkConstraint, table: level.name, name: check.name)
        if !rules.constraints.contains(reference) { rules.constraints.append(reference) }
      }
      // An identity column cannot be without its NOT NULL.
      for column in level.columns
      where column.isNotNull && !column.value.isIdentity
        && !above.contains(where: { $0.column(named: column.name)?.isNotNull == true })
      {
        relax(
          ConstraintReference(kind: .column, table: level.name, name: column.name),
          by: ConstraintSQL.dropNotNull(column.name, of: level))
      }
    }
    return statements
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

extension DomainType {
  /// The check that a violation query named `COLUMN.CHECK` is about.
  fileprivate func checkNamed(in query: ViolationQuery) -> String? {
    let name = query.constraint.name.dropFirst((query.affectedColumns.first ?? "").count + 1)
    return checks.first { $0.name == name }?.name
  }
}
