import SchemaModel

extension PostgresCatalog {
  /// Rights on what PostgreSQL or an extension brought that are not those it was brought with (`pg_init_privs`).
  ///
  /// The information schema is no part of it, as it is none of a pg_dump: `initdb` does not note its rights.
  func changedPrivileges() throws(EngineError) -> [ChangedPrivileges] {
    try answer(to: changedPrivilegesQuery).rows.compactMap { row in
      var item = ChangedPrivileges(on: row.text(0), row.text(1), column: row.optional(2))
      item.granted = row.grants(3) ?? []
      item.revoked = (row.grants(4) ?? []).filter { !$0.privileges.isEmpty }
      return item.granted.isEmpty && item.revoked.isEmpty ? nil : item
    }.sorted { $0.name < $1.name }
  }

  /// Rows of (type, object, column, what was granted, what was revoked).
  var changedPrivilegesQuery: String {
    """
    WITH kept AS MATERIALIZED (SELECT classoid, objoid, initprivs FROM pg_init_privs WHERE objsubid = 0),
    kept_columns AS MATERIALIZED (
      SELECT objoid, objsubid, initprivs FROM pg_init_privs WHERE classoid = 'pg_class'::regclass AND objsubid > 0
    ),
    brought AS MATERIALIZED (
      SELECT d.classid, d.objid FROM pg_depend d WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    ),
    item(type, object, col, kind, owner, acl, first) AS (
      \(Self.broughtObjects.joined(separator: "\n  UNION ALL\n"))
    ),
    changed AS (
      SELECT *, coalesce(acl, acldefault(kind, owner)) AS now, coalesce(first, acldefault(kind, owner)) AS before
      FROM item WHERE acl IS DISTINCT FROM first
    )
    SELECT type, object, col, \(Self.onlyIn("now", besides: "before", grantable: "item.may")),
      \(Self.onlyIn("before", besides: "now", grantable: "item.may AND twin.grantee IS NOT NULL"))
    FROM changed WHERE NOT (now @> before AND now <@ before)
    """
  }

  /// Queries for what was brought and may have other rights, with what it had at first: type, object, column, kind for
  /// `acldefault`, owner, access list, first access list.
  private static var broughtObjects: [String] {
    let named = "n.nspname !~ '^pg_(toast|temp)' AND n.nspname NOT IN (\(notTheUsers))"
    return [
      brought(
        "pg_proc", "pro", type: "CASE o.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END",
        name: "o.oid::regprocedure::text", kind: "'f'", where: named),
      brought(
        "pg_class", "rel", type: "CASE o.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END",
        name: "o.oid::regclass::text", kind: "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END",
        where: "\(named) AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
      brought(
        "pg_type", "typ", type: "'type'",
        // GRANT takes no `integer`.
        name: "quote_ident(n.nspname) || '.' || quote_ident(o.typname)", kind: "'T'", where: named),
      brought("pg_language", "lan", type: "'language'", name: "quote_ident(o.lanname)", kind: "'l'"),
      brought(
        "pg_foreign_data_wrapper", "fdw", type: "'foreign data wrapper'", name: "quote_ident(o.fdwname)",
        kind: "'F'"),
      brought(
        "pg_foreign_server", "srv", type: "'foreign server'", name: "quote_ident(o.srvname)", kind: "'S'"),
      brought(
        "pg_namespace", "nsp", type: "'schema'", name: "quote_ident(o.nspname)", kind: "'n'",
        where:
          "o.nspname <> 'public' AND o.nspname !~ '^pg_(toast|temp)' AND o.nspname NOT IN (\(notTheUsers))"),
      """
      SELECT 'table', c.oid::regclass::text, a.attname::text, 'c'::"char", c.relowner, a.attacl, kept.initprivs
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      LEFT JOIN kept_columns AS kept ON kept.objoid = c.oid AND kept.objsubid = a.attnum
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (a.attacl IS NOT NULL OR kept.objoid IS NOT NULL) AND \(named)
        AND \(isBroughtRelation("a.attrelid"))
      """,
    ]
  }

  /// A condition: true of relations that PostgreSQL or an extension brought.
  ///
  /// Of a join with them the planner expects too much, and reads all that there is; an array is looked up.
  private static func isBroughtRelation(_ oid: String) -> String {
    """
    \(oid) = ANY (ARRAY(SELECT oid FROM pg_class WHERE oid < \(firstUserObject)
      UNION SELECT objid FROM brought WHERE classid = 'pg_class'::regclass))
    """
  }

  /// - Parameter prefix: what the names of the catalog's columns begin with.
  private static func brought(
    _ catalog: String, _ prefix: String, type: String, name: String, kind: String,
    where condition: String = "true"
  ) -> String {
    let hasNamespace = ["pg_proc", "pg_class", "pg_type"].contains(catalog)
    let isBrought =
      catalog == "pg_class"
      ? isBroughtRelation("o.oid")
      : """
      (o.oid < \(firstUserObject)
        OR o.oid IN (SELECT objid FROM brought WHERE classid = '\(catalog)'::regclass))
      """
    return """
      SELECT \(type), \(name), NULL::text, (\(kind))::"char", o.\(prefix)owner, o.\(prefix)acl, kept.initprivs
      FROM \(catalog) o \(hasNamespace ? "JOIN pg_namespace n ON n.oid = o.\(prefix)namespace" : "")
      LEFT JOIN kept ON kept.classoid = '\(catalog)'::regclass AND kept.objoid = o.oid
      WHERE (o.\(prefix)acl IS NOT NULL OR kept.objoid IS NOT NULL) AND \(isBrought)
        AND \(condition)
      """
  }

  /// An expression: what one access list has and another has not, in a form that ``PostgresResult/Row/grants(_:)`` reads.
  ///
  /// - Parameter grantable: a condition on what is only in the one: true where it is about handing it on.
  private static func onlyIn(_ list: String, besides other: String, grantable: String) -> String {
    func items(_ acl: String) -> String {
      "SELECT grantee, privilege_type, bool_or(is_grantable) AS may FROM aclexplode(\(acl)) GROUP BY 1, 2"
    }
    return """
      (SELECT count(*) FROM aclexplode(acldefault(kind, owner)) mine WHERE mine.grantee = owner)
        || array_to_string(ARRAY(
          SELECT E'\\x01' || CASE item.grantee WHEN owner THEN 'o' WHEN 0 THEN 'p'
              ELSE 'r' || pg_get_userbyid(item.grantee) END
            || E'\\x02' || item.privilege_type || E'\\x02' || (\(grantable))
          FROM (\(items(list))) item LEFT JOIN (\(items(other))) twin USING (grantee, privilege_type)
          WHERE twin.grantee IS NULL OR item.may AND NOT twin.may ORDER BY 1), '')
      """
  }
}
