extension PostgresCatalog {
  /// What the server, or a schema of its own, was given beyond what every server has.
  var uncomparedSurroundings: [UncomparedKind] {
    let database = "(SELECT oid FROM pg_database WHERE datname = current_database())"
    var kinds = [
      UncomparedKind(
        "objects of users in schemas of the system", strangers.joined(separator: "\nUNION ALL\n")),
      UncomparedKind(
        "languages that every new database has, and this one lacks",
        "SELECT 'plpgsql' WHERE NOT EXISTS (SELECT FROM pg_language WHERE lanname = 'plpgsql')"),
      UncomparedKind(
        "settings of every role in every database",
        """
        SELECT split_part(setting, '=', 1) FROM pg_db_role_setting s, unnest(s.setconfig) setting
        WHERE s.setdatabase = 0 AND s.setrole = 0
        """),
      UncomparedKind(
        "options, grants and comments of tablespaces",
        """
        SELECT s.spcname FROM pg_tablespace s
        LEFT JOIN pg_shdescription d ON d.classoid = 'pg_tablespace'::regclass AND d.objoid = s.oid
        WHERE CASE WHEN s.spcoptions IS NOT NULL OR s.spcacl IS NOT NULL OR d.objoid IS NOT NULL
          THEN EXISTS (SELECT FROM pg_class c WHERE c.reltablespace = s.oid AND c.oid >= \(Self.firstUserObject))
            OR EXISTS (SELECT FROM pg_database b WHERE b.oid = \(database) AND b.dattablespace = s.oid)
          ELSE false END
        """),
      UncomparedKind(
        "whether the database is a template",
        "SELECT 'it is' FROM pg_database WHERE oid = \(database) AND datistemplate"),
      UncomparedKind(
        "security labels of the database",
        "SELECT provider FROM pg_shseclabel WHERE classoid = 'pg_database'::regclass AND objoid = \(database)"
      ),
    ]
    if connection.majorVersion >= 15 {
      kinds.append(
        UncomparedKind(
          "parameters that everybody may set",
          """
          SELECT DISTINCT p.parname FROM pg_parameter_acl p, aclexplode(p.paracl) item WHERE item.grantee = 0
          """))
    }
    return kinds
  }

  /// Queries for what no `initdb` and no extension put into the system's schemas.
  private var strangers: [String] {
    func query(_ catalog: String, _ prefix: String, _ name: String, _ condition: String = "true") -> String {
      """
      SELECT \(name) FROM \(catalog) o
      WHERE (o.\(prefix)namespace = 'pg_catalog'::regnamespace
          OR o.\(prefix)namespace = 'information_schema'::regnamespace)
        AND o.oid >= \(Self.firstUserObject)
        AND \(condition) AND \(Self.isFree(catalog: catalog, oid: "o.oid"))
        AND \(Self.isMadeByItself(catalog: catalog, oid: "o.oid"))
      """
    }
    return [
      query("pg_class", "rel", "o.oid::regclass::text", "o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
      query("pg_proc", "pro", "o.oid::regprocedure::text"),
      query("pg_operator", "opr", "o.oid::regoperator::text"),
      query(
        "pg_type", "typ", "o.oid::regtype::text",
        "o.typrelid = 0 AND NOT (o.typelem <> 0 AND o.typcategory = 'A')"),
      query("pg_ts_config", "cfg", "o.cfgname::text"),
    ]
  }
}
