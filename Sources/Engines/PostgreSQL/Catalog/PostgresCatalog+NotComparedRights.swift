extension PostgresCatalog {
  /// Owners and grants, which no facet holds.
  var uncomparedRights: [UncomparedKind] {
    [
      // The few types with rights come first: OFFSET keeps the planner from looking at those of every schema.
      UncomparedKind(
        "grants on types",
        """
        SELECT o.oid::regtype FROM (SELECT * FROM pg_type WHERE typacl IS NOT NULL OFFSET 0) o
        JOIN pg_namespace n ON n.oid = o.typnamespace
        WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "o.oid"))
        AND (o.typtype = 'm' OR EXISTS (SELECT FROM pg_class c WHERE c.oid = o.typrelid AND c.relkind <> 'c')) AND \(Self.isGranted("o.typacl", byDefault: "'T'", owner: "o.typowner"))
        """)
    ]
  }

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
}
