extension PostgresCatalog {
  /// Facts of modelled objects that have no facet.
  var uncomparedFacts: [UncomparedKind] {
    tableFacts + indexFacts + columnFacts + newerFacts
  }

  /// A common table expression, `unusual_column`: columns of which something is set that most leave alone.
  ///
  /// `pg_attribute` is the largest of the catalogs, so it is read once for all kinds that look into it.
  var unusualColumns: String {
    """
    unusual_column AS MATERIALIZED (
      SELECT a.*, a.attstorage <> t.typstorage AS has_own_storage
      FROM pg_attribute a LEFT JOIN pg_type t ON t.oid = a.atttypid
      WHERE NOT a.attisdropped AND (a.attacl IS NOT NULL OR a.attnum > 0 AND (a.attstorage <> t.typstorage
        OR coalesce(a.attstattarget, -1) <> -1 OR \(since(14, "a.attcompression <> ''", else: "false"))
        OR EXISTS (SELECT FROM unnest(a.attoptions) AS option WHERE \(Self.isSetByUsers("option"))))))
    """
  }

  /// A condition: options whose name begins with `pg_` are the server's own book-keeping (PostgreSQL 15.20
  /// keeps `pg_attver` at every column).
  private static func isSetByUsers(_ option: String) -> String { "\(option) NOT LIKE 'pg\\_%'" }

  /// `FROM` and `WHERE` for the user's relations of some kinds.
  private func relations(_ kinds: String) -> String {
    "\(from("pg_class", "o", namespace: "relnamespace")) AND o.relkind IN (\(kinds))"
  }

  /// `FROM` and `WHERE` for the indexes of partitions (`o`) that are parts of a partitioned table's (`whole`).
  private var attachedIndexes: String {
    """
    FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace JOIN pg_inherits part ON part.inhrelid = o.oid
    JOIN pg_class whole ON whole.oid = part.inhparent
    WHERE \(Self.isUsers(namespace: "n")) AND o.relkind IN ('i', 'I')
    """
  }

  private var tableFacts: [UncomparedKind] {
    let views = relations("'m'")
    return [
      // A materialized view's own are compared, and those of an index that no partitioned table's index brought.
      UncomparedKind(
        "storage parameters",
        """
        SELECT o.oid::regclass \(attachedIndexes) AND o.reloptions IS DISTINCT FROM whole.reloptions
        UNION ALL
        SELECT o.oid::regclass \(views)
        AND EXISTS (SELECT FROM pg_class toast WHERE toast.oid = o.reltoastrelid AND toast.reloptions IS NOT NULL)
        """),
      UncomparedKind(
        "materialized views or indexes of partitions in a tablespace",
        """
        SELECT o.oid::regclass \(attachedIndexes) AND o.reltablespace <> whole.reltablespace
        UNION ALL
        SELECT o.oid::regclass \(views) AND o.reltablespace <> 0
        """),
      UncomparedKind(
        "materialized views with an access method of their own",
        "SELECT o.oid::regclass \(views) AND o.relam NOT IN (0, (SELECT oid FROM pg_am WHERE amname = 'heap'))"
      ),
    ]
  }

  private var indexFacts: [UncomparedKind] {
    [
      UncomparedKind(
        "materialized views clustered on an index",
        """
        SELECT o.oid::regclass \(relations("'m'"))
        AND o.oid IN (SELECT i.indrelid FROM pg_index i WHERE i.indisclustered)
        """),
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

  /// A query for the names of the columns of some kinds of relations.
  private func columns(of kinds: String) -> String {
    """
    SELECT format('%s.%I', o.oid::regclass, a.attname)
    FROM unusual_column a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND \(Self.isUsers(namespace: "n"))
      AND \(Self.isFree(catalog: "pg_class", oid: "o.oid")) AND o.relkind IN (\(kinds))
    """
  }

  private var columnFacts: [UncomparedKind] {
    let ofViews = columns(of: "'m'")
    return [
      UncomparedKind(
        "storage of columns of materialized views",
        "\(ofViews) AND (a.has_own_storage OR a.attcompression <> '')"),
      UncomparedKind(
        "statistics targets and options of columns of materialized views",
        """
        \(ofViews) AND (coalesce(a.attstattarget, -1) <> -1
          OR EXISTS (SELECT FROM unnest(a.attoptions) AS option WHERE \(Self.isSetByUsers("option"))))
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
