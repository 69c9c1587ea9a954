import SchemaModel

extension PostgresCatalog {
  /// Row security policies, into their tables.
  func readPolicies(into found: inout PostgresRelations) throws(EngineError) {
    let result = try queryWithoutKeepingLocks(
      """
      SELECT p.polrelid, p.polname, p.polcmd, p.polpermissive,
        \(Self.joined("ARRAY(SELECT CASE r WHEN 0 THEN 'p' ELSE 'r' || pg_get_userbyid(r) END FROM unnest(p.polroles) r ORDER BY 1)")),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), comment.description
      FROM pg_policy p
      \(Self.joinComment(catalog: "pg_policy", oid: "p.oid"))
      ORDER BY p.polname
      """)
    for row in result.rows {
      var policy = Policy(named: row.text(1))
      policy.command =
        switch row.text(2) {
        case "r": "SELECT"
        case "a": "INSERT"
        case "w": "UPDATE"
        case "d": "DELETE"
        case _: "ALL"
        }
      policy.isPermissive = row.flag(3)
      policy.roles = row.list(4).map { $0.first == "p" ? .everyone : .role(String($0.dropFirst())) }
      policy.using = row.expression(5).map(Self.withoutOuterParentheses)
      policy.check = row.expression(6).map(Self.withoutOuterParentheses)
      policy.comment = row.comment(7)
      found.tables[row.number(0)]?.policies.append(policy)
    }
  }
}
