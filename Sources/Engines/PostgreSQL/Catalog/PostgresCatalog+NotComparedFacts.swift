extension PostgresCatalog {
  /// Facts of modelled objects that have no facet.
  var uncomparedFacts: [UncomparedKind] { indexFacts + newerFacts }

  private var indexFacts: [UncomparedKind] {
    [
      // Nothing prints them, and whoever looks for them reads the comment of the type that brought them.
      UncomparedKind(
        "comments on types that go along with others",
        """
        SELECT o.oid::regtype FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
        JOIN pg_description d ON d.classoid = 'pg_type'::regclass AND d.objoid = o.oid
        WHERE \(Self.isUsers(namespace: "n")) AND (o.typtype = 'm' OR o.typelem <> 0 AND o.typcategory = 'A'
          OR EXISTS (SELECT FROM pg_class c WHERE c.oid = o.typrelid AND c.relkind <> 'c'))
        """),
      UncomparedKind(
        "disabled triggers of exclusion constraints, or of a partition's share of a key",
        """
        SELECT DISTINCT c.conname FROM pg_trigger t JOIN pg_constraint c ON c.oid = t.tgconstraint
        LEFT JOIN pg_constraint whole ON whole.oid = c.conparentid
        WHERE t.tgenabled <> 'O' AND c.contype <> 't' AND NOT (c.contype IN ('f', 'p', 'u') AND c.conparentid = 0)
          AND NOT (c.contype = 'f' AND c.conrelid <> whole.conrelid)
        """),
      UncomparedKind(
        "comments on triggers of constraints, and on rules that make views",
        """
        SELECT format('%I on %s', c.conname, c.conrelid::regclass) FROM pg_constraint c
        JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
        LEFT JOIN pg_constraint whole ON whole.oid = c.conparentid
        WHERE c.contype = 't' OR c.contype = 'f' AND c.conrelid = whole.conrelid
        UNION ALL
        SELECT format('%I on %s', t.tgname, t.tgrelid::regclass) FROM pg_trigger t
        JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid
        JOIN pg_constraint c ON c.oid = t.tgconstraint WHERE c.contype <> 't'
        UNION ALL
        SELECT format('%I on %s', r.rulename, r.ev_class::regclass) FROM pg_rewrite r
        JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid
        WHERE r.rulename = '_RETURN' AND r.oid >= \(Self.firstUserObject)
        """),
    ]
  }

  /// What only newer servers have a column for.
  private var newerFacts: [UncomparedKind] {
    var kinds: [UncomparedKind] = []
    if connection.majorVersion >= 14 {
      kinds.append(
        UncomparedKind(
          "partitions that are being detached",
          "SELECT i.inhrelid::regclass FROM pg_inherits i WHERE i.inhdetachpending"))
    }
    if connection.majorVersion >= 18 {
      kinds.append(
        UncomparedKind(
          "names that children gave a NOT NULL of their parent's",
          """
          SELECT format('%I on %s', c.conname, c.conrelid::regclass) FROM pg_constraint c
          WHERE c.contype = 'n' AND c.coninhcount > 0 AND c.conname !~ '_not_null[0-9]*$' AND NOT EXISTS (
            SELECT FROM pg_inherits i JOIN pg_constraint above ON above.conrelid = i.inhparent
            WHERE i.inhrelid = c.conrelid AND above.contype = 'n' AND above.conname = c.conname)
          """))
      kinds.append(
        UncomparedKind(
          "foreign keys of partitions that are not checked as the whole key is",
          """
          SELECT format('%I on %s', c.conname, c.conrelid::regclass) FROM pg_constraint c
          JOIN pg_constraint whole ON whole.oid = c.conparentid AND whole.conrelid <> c.conrelid
          WHERE c.contype = 'f' AND (c.convalidated, c.conenforced) <> (whole.convalidated, whole.conenforced)
          """))
    }
    return kinds
  }
}
