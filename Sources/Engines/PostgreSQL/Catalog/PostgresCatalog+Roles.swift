import SchemaModel

extension PostgresCatalog {
  /// The roles this database speaks of, and those they are members of; see ``Role``.
  ///
  /// `pg_shdepend` knows who owns or is granted something here; an oid below 16384 is a role of `initdb`.
  func roles() throws(EngineError) -> [Role] {
    // Several roles may have let a member in, and what any of them allowed is allowed.
    let membership = since(
      16,
      """
      CASE bool_or(m.inherit_option) WHEN r.rolinherit THEN '-' WHEN true THEN 't' ELSE 'f' END, bool_or(m.set_option)
      """, else: "'-', true")
    let result = try connection.query(
      """
      WITH RECURSIVE here AS (SELECT oid, datdba FROM pg_database WHERE datname = current_database()),
      spoken(oid) AS (
        SELECT d.refobjid FROM pg_shdepend d, here
        WHERE d.refclassid = 'pg_authid'::regclass AND (d.dbid = here.oid
          OR d.dbid = 0 AND d.classid = 'pg_database'::regclass AND d.objid = here.oid)
        UNION
        SELECT s.setrole FROM pg_db_role_setting s, here WHERE s.setrole <> 0 AND s.setdatabase = here.oid
        UNION
        SELECT m.roleid FROM pg_auth_members m JOIN spoken ON m.member = spoken.oid
      )
      SELECT r.rolname, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
        r.rolbypassrls, r.rolconnlimit, CASE WHEN r.rolvaliduntil < 'infinity' THEN (r.rolvaliduntil AT TIME ZONE 'UTC')::text END,
        \(Self.joined("""
          ARRAY(SELECT concat(bool_or(m.admin_option), \(membership), g.rolname)
            FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid GROUP BY g.rolname)
          """)),
        \(Self.joined("""
          ARRAY(SELECT unnest(s.setconfig) FROM pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase = 0)
          """)),
        shobj_description(r.oid, 'pg_authid'), \(since(15, Self.joined("""
          ARRAY(SELECT p.parname || '=' || item.privilege_type || CASE WHEN bool_or(item.is_grantable) THEN '*' ELSE '' END
            FROM pg_parameter_acl p, aclexplode(p.paracl) item WHERE item.grantee = r.oid
            GROUP BY p.parname, item.privilege_type ORDER BY 1)
          """), else: "''"))
      FROM spoken JOIN pg_roles r ON r.oid = spoken.oid, here
      WHERE r.oid >= 16384 AND r.oid <> here.datdba
      """)
    return result.rows.map { row in
      var role = Role(named: ObjectName(row.text(0)))
      role.canLogIn = row.flag(1)
      role.isSuperuser = row.flag(2)
      role.inherits = row.flag(3)
      role.canCreateRoles = row.flag(4)
      role.canCreateDatabases = row.flag(5)
      role.canReplicate = row.flag(6)
      role.bypassesRowSecurity = row.flag(7)
      role.connectionLimit = row.number(8)
      role.validUntil = row.optional(9)
      role.memberOf = row.list(10).filter { !$0.isEmpty }.map(Self.membership).sorted()
      role.settings = Self.settings(row.list(11))
      role.comment = row.comment(12)
      for text in row.list(13) where !text.isEmpty {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        role.parameterPrivileges[parts[0], default: []].append(parts.last ?? "")
      }
      return role
    }.sorted { $0.name < $1.name }
  }

  /// Three letters for the options ADMIN, INHERIT (`-` when as the role is made) and SET, and the name.
  private static func membership(_ text: String) -> Membership {
    let options = Array(text.prefix(3))
    var membership = Membership(of: String(text.dropFirst(3)), isAdministrator: options.first == "t")
    membership.inherits = options.dropFirst().first == "-" ? nil : options.dropFirst().first == "t"
    membership.maySwitch = options.last == "t"
    return membership
  }

  /// `name=value` texts, from `setconfig` or `proconfig`.
  static func settings(_ texts: [String]) -> [String: String] {
    var settings: [String: String] = [:]
    for text in texts {
      guard let end = text.firstIndex(of: "=") else { continue }
      settings[String(text[..<end])] = String(text[text.index(after: end)...])
    }
    return settings
  }
}
