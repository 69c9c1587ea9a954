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

  private var tableFacts: [UncomparedKind] {
    let tables = relations("'r', 'p', 'm'")
    return [
      UncomparedKind(
        "tables that inherit",
        """
        SELECT o.oid::regclass FROM pg_inherits i JOIN pg_class o ON o.oid = i.inhrelid
        JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE NOT o.relispartition AND o.relkind IN ('r', 'p', 'f') AND \(Self.isUsers(namespace: "n"))
        """),
      UncomparedKind("typed tables", "SELECT o.oid::regclass \(tables) AND o.reloftype <> 0"),
      // A materialized view's own are compared; those of a table's TOAST table stand at that table.
      UncomparedKind(
        "storage parameters",
        """
        SELECT o.oid::regclass \(relations("'r', 'p', 'm', 'i', 'I'"))
        AND (o.relkind <> 'm' AND o.reloptions IS NOT NULL
          OR EXISTS (SELECT FROM pg_class toast WHERE toast.oid = o.reltoastrelid AND toast.reloptions IS NOT NULL))
        """),
      UncomparedKind(
        "tables with a replica identity of their own",
        "SELECT o.oid::regclass \(tables) AND o.relreplident <> 'd'"),
      UncomparedKind(
        "tables or indexes in a tablespace",
        "SELECT o.oid::regclass \(relations("'r', 'p', 'm', 'i', 'I'")) AND o.reltablespace <> 0"),
      UncomparedKind(
        "tables with an access method of their own",
        "SELECT o.oid::regclass \(tables) AND o.relam NOT IN (0, (SELECT oid FROM pg_am WHERE amname = 'heap'))"
      ),
    ]
  }

  private var indexFacts: [UncomparedKind] {
    let indexes = relations("'i', 'I'")
    return [
      UncomparedKind(
        "clustered indexes",
        "SELECT o.oid::regclass \(indexes) AND o.oid IN (SELECT i.indexrelid FROM pg_index i WHERE i.indisclustered)"
      ),
      UncomparedKind(
        "operator class options",
        """
        SELECT o.oid::regclass \(indexes)
        AND EXISTS (SELECT FROM unusual_column a WHERE a.attrelid = o.oid AND a.attoptions IS NOT NULL)
        """),
      UncomparedKind(
        "statistics targets of index expressions",
        """
        SELECT o.oid::regclass \(indexes)
        AND EXISTS (SELECT FROM unusual_column a WHERE a.attrelid = o.oid AND coalesce(a.attstattarget, -1) <> -1)
        """),
      UncomparedKind(
        "exclusion constraints that include columns",
        """
        SELECT o.oid::regclass \(indexes) AND EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = o.oid
          AND i.indisexclusion AND i.indnatts > i.indnkeyatts)
        """),
      UncomparedKind(
        "objects that go with an extension",
        "SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d WHERE d.deptype = 'x'"),
      // Those of a foreign key itself are compared.
      UncomparedKind(
        "disabled triggers of keys, or of a partition's share of a foreign key",
        """
        SELECT DISTINCT c.conname FROM pg_trigger t JOIN pg_constraint c ON c.oid = t.tgconstraint
        WHERE t.tgenabled <> 'O' AND c.contype <> 't' AND NOT (c.contype = 'f' AND c.conparentid = 0)
        """),
      // A key's index, an identity's sequence, a partition's share of an index: they have comments of their own.
      UncomparedKind(
        "comments on what belongs to another object",
        """
        SELECT o.oid::regclass::text \(relations("'i', 'I', 'S'"))
        AND EXISTS (SELECT FROM pg_description d
          WHERE d.classoid = 'pg_class'::regclass AND d.objoid = o.oid AND d.objsubid = 0)
        AND (o.relispartition OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
          AND d.objid = o.oid AND d.deptype = 'i' AND d.refclassid IN ('pg_class'::regclass, 'pg_constraint'::regclass)))
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
  private func columns(of kinds: String, in catalog: String = "unusual_column") -> String {
    """
    SELECT format('%s.%I', o.oid::regclass, a.attname)
    FROM \(catalog) a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND \(Self.isUsers(namespace: "n"))
      AND \(Self.isFree(catalog: "pg_class", oid: "o.oid")) AND o.relkind IN (\(kinds))
    """
  }

  private var columnFacts: [UncomparedKind] {
    let ofTables = columns(of: "'r', 'p', 'm'")
    return [
      UncomparedKind("column storage", "\(ofTables) AND a.has_own_storage"),
      UncomparedKind(
        "column statistics targets and options",
        """
        \(ofTables) AND (coalesce(a.attstattarget, -1) <> -1
          OR EXISTS (SELECT FROM unnest(a.attoptions) AS option WHERE \(Self.isSetByUsers("option"))))
        """),
      UncomparedKind("defaults of view columns", "\(columns(of: "'v'", in: "pg_attribute")) AND a.atthasdef"),
      // Built anew, the sequence of an identity column is called after table and column.
      UncomparedKind(
        "identity sequences with a name of their own",
        """
        SELECT s.oid::regclass FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_class o ON o.oid = d.refobjid JOIN pg_namespace n ON n.oid = o.relnamespace
        JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
          AND \(Self.isUsers(namespace: "n")) AND octet_length(o.relname || a.attname) < 58
          AND rtrim(s.relname, '0123456789') <> o.relname || '_' || a.attname || '_seq'
        """),
    ]
  }

  /// What only newer servers have a column for.
  private var newerFacts: [UncomparedKind] {
    var kinds: [UncomparedKind] = []
    if connection.majorVersion >= 14 {
      kinds.append(
        UncomparedKind("column compression", "\(columns(of: "'r', 'p', 'm'")) AND a.attcompression <> ''"))
      kinds.append(
        UncomparedKind(
          "partitions that are being detached",
          "SELECT i.inhrelid::regclass FROM pg_inherits i WHERE i.inhdetachpending"))
    }
    if connection.majorVersion >= 18 {
      kinds.append(
        UncomparedKind(
          "temporal or not enforced constraints",
          "SELECT conname FROM pg_constraint WHERE conperiod OR NOT conenforced"))
    }
    return kinds
  }
}
