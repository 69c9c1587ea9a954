import SchemaModel

extension PostgresCatalog {
  /// Enum types with their labels in sort order.
  func enums() throws(EngineError) -> [EnumType] {
    let result = try connection.query(
      """
      SELECT n.nspname, t.typname,
        \(Self.joined("ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)")),
        comment.description, (SELECT count(*) FROM pg_enum e WHERE e.enumtypid = t.oid), t.oid,
        \(Self.owner("t.typowner")), \(Self.privileges("t.typacl", kind: "'T'", owner: "t.typowner"))
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE t.typtype = 'e' AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
      """)
    return result.rows.map { row in
      var type = EnumType(named: ObjectName(schema: row.text(0), row.text(1)))
      type.labels = row.number(4) == 0 ? [] : row.list(2)
      type.comment = row.comment(3)
      type.rights = row.rights(6)
      addresses.note("pg_type", row.number(5), as: ObjectReference(kind: .enumType, type.name))
      return type
    }.sorted { $0.name < $1.name }
  }

  /// Domains with their checks.
  func domains() throws(EngineError) -> [DomainType] {
    let result = try connection.query(
      """
      SELECT t.oid, n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull, pg_get_expr(t.typdefaultbin, 0),
        CASE WHEN t.typcollation <> 0 AND t.typcollation <> base.typcollation
          THEN format('%I.%I', cn.nspname, co.collname) END, comment.description,
        \(Self.owner("t.typowner")), \(Self.privileges("t.typacl", kind: "'T'", owner: "t.typowner")),
        required.conname, said.description
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      JOIN pg_type base ON base.oid = t.typbasetype
      LEFT JOIN pg_collation co ON co.oid = t.typcollation
      LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      LEFT JOIN pg_constraint required ON required.contypid = t.oid AND required.contype = 'n'
      LEFT JOIN pg_description said ON said.classoid = 'pg_constraint'::regclass AND said.objoid = required.oid
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE t.typtype = 'd' AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
      """)
    let checks = try domainChecks()
    return result.rows.map { row in
      var domain = DomainType(named: ObjectName(schema: row.text(1), row.text(2)))
      domain.baseType = row.text(3)
      domain.isNotNull = row.flag(4)
      domain.defaultExpression = row.expression(5)
      domain.collation = row.optional(6)
      domain.comment = row.comment(7)
      domain.rights = row.rights(8)
      if let name = row.optional(10), name != InventedName.of(nil, in: domain.name.name, label: "not_null") {
        domain.notNullName = name
      }
      domain.notNullComment = row.comment(11)
      addresses.note("pg_type", row.number(0), as: ObjectReference(kind: .domainType, domain.name))
      domain.checks = (checks[row.number(0)] ?? []).sorted { $0.name < $1.name }
      return domain
    }.sorted { $0.name < $1.name }
  }

  /// Checks by the oid of their domain.
  private func domainChecks() throws(EngineError) -> [Int: [CheckConstraint]] {
    let result = try connection.query(
      """
      SELECT con.contypid, con.conname, con.convalidated, pg_get_expr(con.conbin, 0), comment.description
      FROM pg_constraint con
      \(Self.joinComment(catalog: "pg_constraint", oid: "con.oid"))
      WHERE con.contypid <> 0 AND con.contype = 'c'
      """)
    var checks: [Int: [CheckConstraint]] = [:]
    for row in result.rows {
      var check = CheckConstraint(named: row.text(1))
      check.isValidated = row.flag(2)
      check.expression = Self.withoutOuterParentheses(row.expression(3) ?? "")
      check.comment = row.comment(4)
      checks[row.number(0), default: []].append(check)
    }
    return checks
  }
}
