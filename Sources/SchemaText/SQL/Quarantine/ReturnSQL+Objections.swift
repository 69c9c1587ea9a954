import SchemaModel

/// What may stand against a row's return.
extension ReturnSQL {
  /// What concerns a row alone: NOT NULL, domains, checks.
  package func ownObjections(to candidates: Candidates) -> [Objection] {
    let table = candidates.table
    let engine = schema.engine
    let nulls = table.storedColumns.filter { column in
      column.isNotNull && candidates.columns.contains(column.name)
    }.map { Objection(ViolationQuery.notNull($0, of: table, engine: engine)) }
    let domains = ViolationQuery.domains(of: table, in: schema).map { Objection($0) }
    let checks = table.checks.filter(\.isEnforced).map { check -> Objection in
      let condition = dialect.parenthesised(check.expression)
      let violated = engine == .postgreSQL ? "NOT coalesce(\(condition), true)" : "NOT \(condition)"
      // Under its own name: a condition may use it.
      return Objection(
        constraint: check.name, reason: "the check \(condition) is false",
        predicate:
          "r.plumb_id IN (SELECT plumb_id FROM \(name(candidates)) AS \(dialect.identifier(table.name.name)) WHERE \(violated))"
      )
    }
    return nulls + domains + checks
  }

  /// Foreign keys whose row is neither in the database nor among the candidates.
  package func orphanObjections(to candidates: Candidates, among all: [Candidates]) -> [Objection] {
    let table = candidates.table
    return table.foreignKeys.filter { $0.isEnforced && concerns($0.columns, candidates) }.map { key in
      let query = ViolationQuery.foreignKey(key, of: table, in: schema)
      var objection = Objection(query)
      let family = members(of: key.referencedTable)
      for parent in all where parent.nulled == nil && family.contains(parent.table.name) {
        var among = key
        among.referencedTable = objectName(parent)
        objection.predicate += " AND \(ViolationQuery.foreignKey(among, of: table, in: schema).predicate)"
      }
      return objection
    }
  }

  /// Keys, unique indexes and exclusion constraints: a row that is there, or a candidate before it, is in the way.
  package func twinObjections(to candidates: Candidates) -> [Objection] {
    let table = candidates.table
    let keys = table.keys.filter { !$0.isTemporal && concerns($0.columns, candidates) }.map { key in
      twins(
        candidates, key.name, key.columns.map { IndexKey(.column($0)) },
        nullsNotDistinct: key.nullsNotDistinct,
        predicate: nil)
    }
    let indexes = table.indexes.filter { index in
      index.isUnique && concerns(IndexKey.columns(index.keys, of: table, in: dialect), candidates)
    }.map { index in
      twins(
        candidates, index.name, index.keys, nullsNotDistinct: index.nullsNotDistinct,
        predicate: index.predicate)
    }
    let exclusions = table.exclusions.filter {
      concerns(IndexKey.columns($0.keys, of: table, in: dialect), candidates)
    }.map { exclusion in
      conflict(
        candidates, exclusion.name, exclusion.keys, exclusion.operators, predicate: exclusion.predicate,
        reason: "another row conflicts with it")
    }
    return keys + indexes + exclusions
  }

  /// Whether it can be broken by what these candidates bring.
  private func concerns(_ columns: [String], _ candidates: Candidates) -> Bool {
    candidates.nulled.map { !Set($0).isDisjoint(with: columns) } ?? true
  }

  /// The table and its partitions.
  private func members(of table: ObjectName) -> Set<ObjectName> {
    let order = PartitionOrder(schema.tables)
    return Set(
      schema.tables.filter { candidate in
        candidate.name == table || order.ancestors(of: candidate).contains { $0.name == table }
      }.map(\.name))
  }

  private func twins(
    _ candidates: Candidates, _ name: String, _ keys: [IndexKey], nullsNotDistinct: Bool, predicate: String?
  ) -> Objection {
    let sign = nullsNotDistinct ? "IS NOT DISTINCT FROM" : "="
    return conflict(
      candidates, name, keys, keys.map { _ in sign }, predicate: predicate,
      reason: "another row has the same \(IndexKey.words(keys))")
  }

  private func conflict(
    _ candidates: Candidates, _ constraint: String, _ keys: [IndexKey], _ signs: [String], predicate: String?,
    reason: String
  ) -> Objection {
    let table = candidates.table
    let values = keys.enumerated().map { "\($1.value(in: dialect)) AS plumb_key\($0 + 1)" }
      .joined(separator: ", ")
    let filter = predicate.map { " WHERE \(dialect.parenthesised($0))" } ?? ""
    let own = dialect.identifier(table.name.name)
    let mine = "(SELECT plumb_id, \(values) FROM \(name(candidates)) AS \(own)\(filter))"
    let live = "(SELECT \(values) FROM \(dialect.name(table.name))\(filter))"
    // The table's side first: in SQLite its collation counts.
    let match = signs.enumerated().map { "l.plumb_key\($0 + 1) \($1) c.plumb_key\($0 + 1)" }
      .joined(separator: " AND ")
    let predicate = """
      r.plumb_id IN (SELECT c.plumb_id FROM \(mine) AS c JOIN \(live) AS l ON \(match)
        UNION SELECT c.plumb_id FROM \(mine) AS c JOIN \(mine) AS l ON \(match) AND l.plumb_id < c.plumb_id)
      """
    return Objection(constraint: constraint, reason: reason, predicate: predicate)
  }
}

extension ReturnSQL.Objection {
  fileprivate init(_ query: ViolationQuery) {
    self.init(constraint: query.constraint.quarantineName, reason: query.reason, predicate: query.predicate)
  }
}
