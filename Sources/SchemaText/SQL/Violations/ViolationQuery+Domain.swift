import SchemaModel

extension ViolationQuery {
  /// One query for each rule of a domain that a column of the table, or what it is made of, must meet
  /// (PostgreSQL only).
  ///
  /// Domains are looked for in arrays and composite values too. A rule's name is `COLUMN.RULE`; a domain that
  /// occurs twice in a column gives one query.
  ///
  /// - Parameter notValidToo: whether rules are asked about that the catalog does not vouch for.
  package static func domains(
    of table: Table, in schema: Schema, notValidToo: Bool = false
  ) -> [ViolationQuery] {
    guard schema.engine == .postgreSQL, !schema.domains.isEmpty else { return [] }
    let dialect = SQLDialect.postgreSQL
    return table.columns.flatMap { column -> [ViolationQuery] in
      let rules = DomainRules(of: column.type, in: schema, notValidToo: notValidToo)
        .list(value: "r.\(dialect.identifier(column.name))")
      var queries: [ViolationQuery] = []
      for rule in rules {
        let name = "\(column.name).\(rule.name)"
        let alike = rules.filter { $0.name == rule.name && $0.domain == rule.domain }
        guard !queries.contains(where: { $0.constraint.name == name }) else { continue }
        var query = ViolationQuery(
          of: table, kind: .domainType, name: name,
          predicate: alike.map { "(\($0.predicate))" }.joined(separator: " OR "), reason: rule.reason,
          columns: [column.name], alone: schema.hasHeirs(table), in: dialect)
        query.domain = rule.domain
        query.isNotNull = rule.isNotNull
        query.isVouchedFor = rule.isVouchedFor
        queries.append(query)
      }
      return queries
    }
  }
}

/// The rules of the domains that a type is made of.
private struct DomainRules {
  struct Rule {
    var domain: ObjectName
    var name: String
    var isNotNull = false
    var isVouchedFor = true
    /// True when the value breaks the rule.
    var predicate: String
    var reason: String
  }

  private let type: String
  private let schema: Schema
  private let notValidToo: Bool
  private let depth: Int

  init(of type: String, in schema: Schema, notValidToo: Bool, depth: Int = 0) {
    self.type = type
    self.schema = schema
    self.notValidToo = notValidToo
    self.depth = depth
  }

  /// - Parameter value: the expression that is judged.
  func list(value: String) -> [Rule] {
    // Types cannot contain themselves but through arrays; no real one is this deep.
    guard depth < 8 else { return [] }
    let domains = BaseType.domains(of: type, in: schema)
    guard let innermost = domains.last else { return parts(of: type, value: value) }
    let base = BaseType.withoutDomains(innermost.baseType, in: schema)
    let own = domains.flatMap { domain -> [Rule] in
      let checks = domain.checks.filter { $0.isVouchedFor || notValidToo }.map { check in
        let expression = SQLDialect.postgreSQL.parenthesised(check.expression)
        // VALUE is a name like any other here, and stands for the one column there is.
        let predicate =
          "(SELECT NOT coalesce(\(expression), true) FROM (SELECT \(cast(value, base)) AS value) AS d)"
        return Rule(
          domain: domain.name, name: check.name, isVouchedFor: check.isVouchedFor, predicate: predicate,
          reason: "the check \(expression) of domain \(domain.name) is false")
      }
      guard domain.isNotNull else { return checks }
      return [
        Rule(
          domain: domain.name, name: "\(domain.name.name) NOT NULL", isNotNull: true,
          predicate: "num_nulls(\(value)) = 1", reason: "domain \(domain.name) forbids null")
      ] + checks
    }
    return own + parts(of: innermost.baseType, value: "(\(value)::\(innermost.baseType))")
  }

  /// A value kept as text is judged as it is.
  private func cast(_ value: String, _ base: String) -> String {
    base == "text" ? value : "\(value)::\(base)"
  }

  private func parts(of type: String, value: String) -> [Rule] {
    if type.hasSuffix("[]") {
      let element = "e\(depth)"
      return DomainRules(
        of: String(type.dropLast(2)), in: schema, notValidToo: notValidToo, depth: depth + 1
      )
      .list(value: "\(element).\(element)").map { rule in
        var rule = rule
        rule.predicate =
          "EXISTS (SELECT FROM pg_catalog.unnest(\(value)) AS \(element)(\(element)) WHERE \(rule.predicate))"
        return rule
      }
    }
    guard let composite = BaseType.composite(named: type, in: schema) else { return [] }
    return composite.attributes.flatMap { attribute in
      DomainRules(of: attribute.type, in: schema, notValidToo: notValidToo, depth: depth + 1)
        .list(value: "(\(value)).\(SQLDialect.postgreSQL.identifier(attribute.name))").map { rule in
          var rule = rule
          if rule.isNotNull { rule.predicate = "\(value) IS DISTINCT FROM NULL AND \(rule.predicate)" }
          return rule
        }
    }
  }
}
