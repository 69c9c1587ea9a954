import SchemaModel

/// Roles as SQL: made only where the server lacks them, because they belong to all its databases.
enum RoleSQL {
  static func paragraphs(_ role: Role) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.role(role.name.name)
    var statements = ["CREATE ROLE \(([name] + options(role)).joined(separator: " "));"]
    for setting in role.settings.sorted(by: { $0.key < $1.key }) {
      statements.append("ALTER ROLE \(name) SET \(SettingSQL.assignment(setting.key, setting.value));")
    }
    for membership in role.memberOf {
      statements.append("GRANT \(dialect.role(membership.role)) TO \(name)\(options(membership));")
    }
    statements += parameters(from: [:], to: role.parameterPrivileges, of: name).map { $0 + ";" }
    statements += CommentSQL.statement(on: "ROLE \(name)", role.comment)
    let body = statements.map { "    " + $0 + "\n" }.joined()
    return [
      """
      DO $plumb$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = \(dialect.literal(role.name.name))) THEN
      \(body)  END IF;
      END $plumb$;
      """
    ]
  }

  /// What lets a role change other settings of the server, without closing semicolons.
  static func parameters(
    from found: [String: [String]], to expected: [String: [String]], of role: String
  ) -> [String] {
    Set(found.keys).union(expected.keys).sorted().filter { found[$0] != expected[$0] }.flatMap { parameter in
      (found[parameter] == nil ? [] : ["REVOKE ALL ON PARAMETER \(SettingSQL.name(parameter)) FROM \(role)"])
        + (expected[parameter] ?? []).map { privilege in
          let words = privilege.split(separator: "*", omittingEmptySubsequences: false)
          return "GRANT \(words[0]) ON PARAMETER \(SettingSQL.name(parameter)) TO \(role)"
            + (words.count > 1 ? " WITH GRANT OPTION" : "")
        }
    }
  }

  private static func options(_ membership: Membership) -> String {
    // Servers before PostgreSQL 16 know this spelling only, and the other options not at all.
    var options = membership.isAdministrator ? ["ADMIN OPTION"] : []
    if let inherits = membership.inherits { options.append("INHERIT \(inherits ? "TRUE" : "FALSE")") }
    if !membership.maySwitch { options.append("SET FALSE") }
    return options.isEmpty ? "" : " WITH \(options.joined(separator: ", "))"
  }

  private static func options(_ role: Role) -> [String] {
    var options: [String] = []
    if role.canLogIn { options.append("LOGIN") }
    if role.isSuperuser { options.append("SUPERUSER") }
    if !role.inherits { options.append("NOINHERIT") }
    if role.canCreateRoles { options.append("CREATEROLE") }
    if role.canCreateDatabases { options.append("CREATEDB") }
    if role.canReplicate { options.append("REPLICATION") }
    if role.bypassesRowSecurity { options.append("BYPASSRLS") }
    if role.connectionLimit != -1 { options.append("CONNECTION LIMIT \(role.connectionLimit)") }
    if let end = role.validUntil {
      options.append("VALID UNTIL \(SQLDialect.postgreSQL.literal(end + "+00"))")
    }
    return options
  }
}
