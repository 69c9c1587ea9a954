extension PostgresCatalog {
  /// Owners and grants, which no facet holds.
  var uncomparedRights: [UncomparedKind] {
    [
      UncomparedKind(
        "grants on types",
        """
        SELECT o.oid::regtype \(from("pg_type", "o", namespace: "typnamespace"))
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
