extension PostgresCatalog {
  /// Owners and grants, which no facet holds.
  var uncomparedRights: [UncomparedKind] {
    [
      UncomparedKind(
        "grants on types",
        """
        SELECT o.oid::regtype \(from("pg_type", "o", namespace: "typnamespace"))
        AND (o.typtype = 'm' OR EXISTS (SELECT FROM pg_class c WHERE c.oid = o.typrelid AND c.relkind <> 'c')) AND \(Self.isGranted("o.typacl", byDefault: "'T'", owner: "o.typowner"))
        """),
      UncomparedKind(
        "grants on objects of PostgreSQL or of extensions",
        """
        \(changedRights(in: "pg_proc", prefix: "pro", name: "o.oid::regprocedure", byDefault: "'f'"))
        UNION ALL
        \(changedRights(in: "pg_class", prefix: "rel", name: "o.oid::regclass", byDefault: Self.relationDefault))
        UNION ALL
        \(changedRights(in: "pg_type", prefix: "typ", name: "o.oid::regtype", byDefault: "'T'"))
        UNION ALL
        SELECT o.fdwname::text FROM pg_foreign_data_wrapper o
        WHERE NOT \(Self.isFree(catalog: "pg_foreign_data_wrapper", oid: "o.oid"))
          AND \(Self.isGranted("o.fdwacl", byDefault: "'F'", owner: "o.fdwowner"))
        UNION ALL
        SELECT o.lanname::text FROM pg_language o
        WHERE \(Self.isGranted("o.lanacl", byDefault: "'l'", owner: "o.lanowner"))
          AND NOT (o.oid >= 16384 AND \(Self.isFree(catalog: "pg_language", oid: "o.oid")))
        """),
    ]
  }

  /// The kind of object a relation is for `acldefault`.
  private static let relationDefault = "(CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END)::\"char\""

  /// A condition: true when the access list is another than an object has before anything is granted.
  ///
  /// What was granted and revoked again leaves a list that says the same in words.
  private static func isGranted(_ acl: String, byDefault kind: String, owner: String) -> String {
    "\(acl) IS NOT NULL AND \(differ(acl, "acldefault(\(kind), \(owner))"))"
  }

  /// A condition: true when two access lists differ, whatever the order.
  private static func differ(_ first: String, _ second: String) -> String {
    "NOT (\(first) @> \(second) AND \(first) <@ \(second))"
  }

  /// Objects that are not the user's and have other rights than they were made with (`pg_init_privs`).
  ///
  /// The information schema is no part of it, as it is none of a pg_dump: `initdb` does not note its rights.
  ///
  /// - Parameter prefix: what the names of the catalog's columns begin with.
  private func changedRights(
    in catalog: String, prefix: String, name: String, byDefault kind: String
  ) -> String {
    let usual = "acldefault(\(kind), o.\(prefix)owner)"
    return """
      SELECT \(name)::text FROM \(catalog) o JOIN pg_namespace n ON n.oid = o.\(prefix)namespace
      LEFT JOIN pg_init_privs made
        ON made.classoid = '\(catalog)'::regclass AND made.objoid = o.oid AND made.objsubid = 0
      WHERE (o.\(prefix)acl IS NOT NULL OR o.oid IN (SELECT objoid FROM pg_init_privs))
        AND o.\(prefix)acl IS DISTINCT FROM made.initprivs
        AND \(Self.differ("coalesce(o.\(prefix)acl, \(usual))", "coalesce(made.initprivs, \(usual))"))
        AND n.nspname !~ '^pg_(toast|temp)' AND n.nspname NOT IN (\(Self.notTheUsers))
        AND NOT (\(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: catalog, oid: "o.oid")))
      """
  }
}
