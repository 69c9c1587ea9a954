import SchemaModel

extension PostgresCatalog {
  /// What is set for the database as a whole: one, or none when nothing is set.
  func databaseProperties() throws(EngineError) -> [DatabaseProperties] {
    let result = try connection.query(
      """
      SELECT d.datconnlimit, \(Self.privileges("d.datacl", kind: "'d'", owner: "d.datdba")),
        shobj_description(d.oid, 'pg_database')
      FROM pg_database d WHERE d.datname = current_database()
      """)
    let settings = try connection.query(
      """
      SELECT CASE s.setrole WHEN 0 THEN NULL ELSE pg_get_userbyid(s.setrole) END, \(Self.joined("s.setconfig"))
      FROM pg_db_role_setting s
      WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
    let plain = DatabaseProperties(named: DatabaseProperties.own)
    return result.rows.compactMap { row in
      var properties = plain
      properties.connectionLimit = row.number(0)
      properties.privileges = row.grants(1)
      properties.comment = row.comment(2)
      for row in settings.rows {
        let values = Self.settings(row.list(1))
        if let role = row.optional(0) {
          properties.roleSettings[role] = values
        } else {
          properties.settings = values
        }
      }
      return properties == plain ? nil : properties
    }
  }

  /// What others may do with what a role will make.
  func defaultPrivileges() throws(EngineError) -> [DefaultPrivileges] {
    let result = try connection.query(
      """
      SELECT n.nspname, d.defaclobjtype, \(Self.owner("d.defaclrole")),
        \(Self.privileges(
          "d.defaclacl", kind: "CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END", owner: "d.defaclrole",
          usual: "NULL::aclitem[]"))
      FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
      """)
    return result.rows.map { row in
      let objects =
        switch row.text(1) {
        case "r": "TABLES"
        case "S": "SEQUENCES"
        case "f": "FUNCTIONS"
        case "T": "TYPES"
        case "n": "SCHEMAS"
        case _: "LARGE OBJECTS"
        }
      var privileges = DefaultPrivileges(
        in: row.optional(0), for: row.optional(2).map { .role($0) } ?? .owner, on: objects)
      privileges.privileges = row.grants(3) ?? []
      return privileges
    }.sorted { $0.name < $1.name }
  }

  /// The labels of security modules on objects of this database.
  func securityLabels() throws(EngineError) -> [SecurityLabel] {
    let result = try connection.query(
      """
      SELECT l.provider, l.objtype, l.objname, l.label FROM pg_seclabels l
      WHERE l.classoid NOT IN ('pg_database'::regclass, 'pg_authid'::regclass, 'pg_tablespace'::regclass)
      """)
    return result.rows.map { SecurityLabel(by: $0.text(0), on: $0.text(1), $0.text(2), $0.text(3)) }
      .sorted { $0.name < $1.name }
  }
}
