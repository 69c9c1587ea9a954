import SchemaModel

/// Every constraint of a schema as policies see it.
package struct PolicySubjects {
  package let all: [PolicySubject]
  /// Tags that name no policy, each in one line.
  package let unreadableTags: [String]

  /// - Parameter blueprint: whose tags go before the schema's own.
  package init(of schema: Schema, blueprint: Schema?) {
    let tags = (blueprint.map { [PolicyTags($0)] } ?? []) + [PolicyTags(schema)]
    unreadableTags = tags.flatMap(\.unreadable)
    all = schema.tables.flatMap { table in
      let queries = ViolationQuery.all(of: table, in: schema) + ViolationQuery.domains(of: table, in: schema)
      return queries.map { query in
        let tag = tags.lazy.compactMap { $0.tag(of: query.constraint, columns: query.affectedColumns) }.first
        return PolicySubject(
          query.constraint, names: Self.names(of: query.constraint),
          groups: Self.groups(of: query, in: table),
          tag: tag, impossible: Self.impossible(query, of: table, in: schema))
      }
    }
  }

  private static func names(of constraint: ConstraintReference) -> [String] {
    var names = [constraint.name]
    // In one schema, and in `public`, nobody writes the schema's name.
    if constraint.table.schema == nil || constraint.table.schema == "public" {
      names.append("\(constraint.table.name).\(constraint.name)")
    }
    if constraint.table.schema != nil { names.append("\(constraint.table).\(constraint.name)") }
    return constraint.kind == .column ? names.dropFirst() + names.map { "\($0) NOT NULL" } : names
  }

  private static func groups(of query: ViolationQuery, in table: Table) -> [String] {
    var groups = [table.name.description]
    if table.name.schema == "public" { groups.append(table.name.name) }
    if let domain = query.domain { groups.append(domain.description) }
    return groups
  }

  private static func impossible(
    _ query: ViolationQuery, of table: Table, in schema: Schema
  ) -> [ViolationPolicy: String] {
    if !table.isVouchedFor(query.constraint) {
      let reason = "it is NOT VALID in the source, and stays so with its rows"
      return [.quarantine: reason, .delete: reason, .null: reason, .phantom: reason]
    }
    var reasons: [ViolationPolicy: String] = [:]
    reasons[.keep] = keeping(query, of: table, engine: schema.engine)
    if case .impossible(let reason) = NulledColumns(for: query, of: table, in: schema) {
      reasons[.null] = reason
    }
    if let key = table.foreignKeys.first(where: { $0.name == query.constraint.name }),
      query.constraint.kind == .foreignKey
    {
      if case .impossible(let reason) = PhantomPlan(for: key, of: table, in: schema) {
        reasons[.phantom] = reason
      }
    } else {
      reasons[.phantom] = "only a foreign key lacks a row that could be made"
    }
    return reasons
  }

  /// Why the constraint cannot be left NOT VALID; `nil` when it can.
  private static func keeping(_ query: ViolationQuery, of table: Table, engine: DatabaseEngine) -> String? {
    if engine == .sqlite { return "SQLite has no NOT VALID: a constraint it knows holds" }
    switch query.constraint.kind {
    case .checkConstraint: return nil
    case .foreignKey:
      return table.partitionKey == nil
        ? nil : "PostgreSQL has no NOT VALID foreign keys of partitioned tables"
    case .domainType: return query.isNotNull ? "PostgreSQL has no NOT NULL that is NOT VALID" : nil
    case .column: return "PostgreSQL has no NOT NULL that is NOT VALID"
    default: return "an index holds for all rows or is not built"
    }
  }
}

extension Table {
  /// Whether the source says that every row complies.
  fileprivate func isVouchedFor(_ constraint: ConstraintReference) -> Bool {
    switch constraint.kind {
    case .foreignKey: foreignKeys.first { $0.name == constraint.name }?.isVouchedFor ?? true
    case .checkConstraint: checks.first { $0.name == constraint.name }?.isVouchedFor ?? true
    default: true
    }
  }
}
