extension PostgresCatalog {
  /// Facts of modelled objects that have no facet.
  ///
  /// - Parameter materializedViews: the `pg_class.oid` of each.
  func uncomparedFacts(ofMaterializedViews materializedViews: [Int]) -> [UncomparedKind] {
    (materializedViews.isEmpty ? [] : viewFacts(materializedViews)) + indexFacts + newerFacts
  }

  /// A common table expression, `unusual_column`: columns of materialized views, and of a partition's share of an
  /// index, of which something is set that most leave alone.
  ///
  /// `pg_attribute` is the largest of the catalogs: only the columns of such relations are looked up in it.
  func unusualColumns(ofMaterializedViews materializedViews: [Int]) -> String {
    """
    unusual_column AS MATERIALIZED (
      SELECT a.*, a.attstorage <> t.typstorage AS has_own_storage
      FROM (SELECT inhrelid FROM pg_inherits UNION ALL SELECT unnest(\(Self.array(materializedViews))::oid[])) o(oid)
      JOIN pg_attribute a ON a.attrelid = o.oid LEFT JOIN pg_type t ON t.oid = a.atttypid
      WHERE NOT a.attisdropped AND a.attnum > 0
        AND (a.attstorage <> t.typstorage OR coalesce(a.attstattarget, -1) <> -1 OR a.attcompression <> ''
          OR \(Self.hasOptions("a.attoptions"))))
    """
  }

  /// `FROM` and `WHERE` for the indexes of partitions (`o`) that are parts of a partitioned table's (`whole`).
  private var attachedIndexes: String {
    """
    FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace JOIN pg_inherits part ON part.inhrelid = o.oid
    JOIN pg_class whole ON whole.oid = part.inhparent
    WHERE \(Self.isUsers(namespace: "n")) AND o.relkind IN ('i', 'I')
    """
  }

  private func viewFacts(_ materializedViews: [Int]) -> [UncomparedKind] {
    let views = "FROM pg_class o WHERE o.oid = ANY (\(Self.array(materializedViews))::oid[])"
    let columns = """
      SELECT format('%s.%I', o.oid::regclass, a.attname) FROM unusual_column a
      JOIN pg_class o ON o.oid = a.attrelid WHERE o.relkind = 'm'
      """
    return [
      UncomparedKind(
        "storage parameters of the TOAST tables of materialized views",
        """
        SELECT o.oid::regclass \(views)
        AND EXISTS (SELECT FROM pg_class toast WHERE toast.oid = o.reltoastrelid AND toast.reloptions IS NOT NULL)
        """),
      UncomparedKind(
        "materialized views in a tablespace", "SELECT o.oid::regclass \(views) AND o.reltablespace <> 0"),
      UncomparedKind(
        "materialized views with an access method of their own",
        "SELECT o.oid::regclass \(views) AND o.relam NOT IN (0, (SELECT oid FROM pg_am WHERE amname = 'heap'))"
      ),
      UncomparedKind(
        "materialized views clustered on an index",
        "SELECT o.oid::regclass \(views) AND o.oid IN (SELECT i.indrelid FROM pg_index i WHERE i.indisclustered)"
      ),
      UncomparedKind(
        "storage of columns of materialized views",
        "\(columns) AND (a.has_own_storage OR a.attcompression <> '')"),
      UncomparedKind(
        "statistics targets and options of columns of materialized views",
        "\(columns) AND (coalesce(a.attstattarget, -1) <> -1 OR \(Self.hasOptions("a.attoptions")))"),
    ]
  }

  private var indexFacts: [UncomparedKind] {
    [
      // Those of an index that no partitioned table's index brought are compared.
      UncomparedKind(
        "storage parameters of a partition's share of an index",
        "SELECT o.oid::regclass \(attachedIndexes) AND o.reloptions IS DISTINCT FROM whole.reloptions"),
      UncomparedKind(
        "indexes of partitions in a tablespace",
        "SELECT o.oid::regclass \(attachedIndexes) AND o.reltablespace <> whole.reltablespace"),
      UncomparedKind(
        "statistics targets of index expressions",
        """
        SELECT o.oid::regclass \(attachedIndexes)
        AND EXISTS (SELECT FROM unusual_column a WHERE a.attrelid = o.oid AND coalesce(a.attstattarget, -1) <> -1)
        """),
      UncomparedKind(
        "disabled triggers of keys, or of a partition's share of a foreign key",
        """
        SELECT DISTINCT c.conname FROM pg_trigger t JOIN pg_constraint c ON c.oid = t.tgconstraint
        WHERE t.tgenabled <> 'O' AND c.contype <> 't' AND NOT (c.contype = 'f' AND c.conparentid = 0)
        """),
      UncomparedKind(
        "comments on a partition's share of an index or constraint",
        """
        SELECT o.oid::regclass::text \(attachedIndexes)
        AND EXISTS (SELECT FROM pg_description d
          WHERE d.classoid = 'pg_class'::regclass AND d.objoid = o.oid AND d.objsubid = 0)
        UNION ALL
        SELECT format('%I on %s', c.conname, c.conrelid::regclass) FROM pg_constraint c
        JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
        WHERE c.conparentid <> 0 OR c.contype = 't'
        UNION ALL
        SELECT format('%I on %s', t.tgname, t.tgrelid::regclass) FROM pg_trigger t
        JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid
        WHERE t.tgparentid <> 0 OR t.tgisinternal
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
    return kinds
  }
}
