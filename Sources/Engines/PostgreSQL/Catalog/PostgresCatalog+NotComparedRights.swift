extension PostgresCatalog {
  /// Owners and grants, which no facet holds.
  var uncomparedRights: [UncomparedKind] {
    let relations = from("pg_class", "o", namespace: "relnamespace")
    return [
      UncomparedKind(
        "grants on tables, views and sequences",
        """
        SELECT o.oid::regclass \(relations) AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND \(Self.isGranted("o.relacl", byDefault: "(CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END)::\"char\"", owner: "o.relowner"))
        """),
      UncomparedKind(
        "column privileges",
        """
        SELECT format('%s.%I', o.oid::regclass, a.attname) FROM unusual_column a
        JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE a.attacl IS NOT NULL AND \(Self.isUsers(namespace: "n"))
        """),
      UncomparedKind(
        "grants on functions",
        """
        SELECT o.oid::regprocedure \(from("pg_proc", "o", namespace: "pronamespace"))
        AND \(Self.isGranted("o.proacl", byDefault: "'f'", owner: "o.proowner"))
        """),
      UncomparedKind(
        "grants on types",
        """
        SELECT o.oid::regtype \(from("pg_type", "o", namespace: "typnamespace"))
        AND \(Self.isGranted("o.typacl", byDefault: "'T'", owner: "o.typowner"))
        """),
      // As initdb or CREATE DATABASE leave it, before and since PostgreSQL 15.
      UncomparedKind(
        "grants on schemas",
        """
        SELECT n.nspname FROM pg_namespace n WHERE \(Self.isUsers(namespace: "n"))
        AND \(Self.isGranted("n.nspacl", byDefault: "'n'", owner: "n.nspowner"))
        AND NOT (n.nspname = 'public' AND ARRAY(SELECT grantee || privilege_type FROM aclexplode(n.nspacl)
            WHERE grantee <> n.nspowner ORDER BY 1) IN (ARRAY['0USAGE'], ARRAY['0CREATE', '0USAGE']))
        """),
      UncomparedKind(
        "grants on objects of PostgreSQL or of extensions",
        """
        \(Self.changedRights(catalog: "pg_proc", acl: "proacl", name: "o.oid::regprocedure", namespace: "pronamespace"))
        UNION ALL
        \(Self.changedRights(catalog: "pg_class", acl: "relacl", name: "o.oid::regclass", namespace: "relnamespace"))
        UNION ALL
        \(Self.changedRights(catalog: "pg_type", acl: "typacl", name: "o.oid::regtype", namespace: "typnamespace"))
        UNION ALL
        SELECT o.lanname::text FROM pg_language o
        WHERE \(Self.isGranted("o.lanacl", byDefault: "'l'", owner: "o.lanowner"))
        """),
      UncomparedKind(
        "default privileges",
        "SELECT coalesce(n.nspname, 'database') FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace"
      ),
      // `public` belongs to pg_database_owner since PostgreSQL 15, and before to whoever ran initdb (oid 10).
      UncomparedKind(
        "objects of another owner than the database's",
        """
        SELECT found.name FROM (
          SELECT o.oid::regclass::text, o.relowner \(relations) AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
          UNION ALL
          SELECT o.oid::regtype::text, o.typowner \(from("pg_type", "o", namespace: "typnamespace"))
            AND o.typtype IN ('e', 'd')
          UNION ALL
          SELECT n.nspname::text, n.nspowner FROM pg_namespace n
          WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_namespace", oid: "n.oid"))
            AND NOT (n.nspname = 'public' AND (n.nspowner = 10
              OR n.nspowner = (SELECT r.oid FROM pg_roles r WHERE r.rolname = 'pg_database_owner')))
        ) AS found(name, owner)
        WHERE found.owner <> (SELECT datdba FROM pg_database WHERE datname = current_database())
        """),
    ]
  }

  /// A condition: true when the access list is another than an object has before anything is granted.
  ///
  /// What was granted and revoked again leaves a list that says the same in words.
  private static func isGranted(_ acl: String, byDefault kind: String, owner: String) -> String {
    """
    \(acl) IS NOT NULL AND NOT (\(acl) @> acldefault(\(kind), \(owner)) AND \(acl) <@ acldefault(\(kind), \(owner)))
    """
  }

  /// Objects that are not the user's and have other rights than they were made with (`pg_init_privs`).
  ///
  /// The information schema is no part of it, as it is none of a pg_dump: `initdb` does not note its rights.
  private static func changedRights(catalog: String, acl: String, name: String, namespace: String) -> String {
    """
    SELECT \(name)::text FROM \(catalog) o JOIN pg_namespace n ON n.oid = o.\(namespace)
    LEFT JOIN pg_init_privs made ON made.classoid = '\(catalog)'::regclass AND made.objoid = o.oid AND made.objsubid = 0
    WHERE o.\(acl) IS DISTINCT FROM made.initprivs AND n.nspname !~ '^pg_(toast|temp)' AND n.nspname NOT IN ('information_schema', 'plumb_quarantine')
      AND NOT (\(isUsers(namespace: "n")) AND \(isFree(catalog: catalog, oid: "o.oid")))
    """
  }
}
