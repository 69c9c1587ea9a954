import SchemaModel
import SchemaText

extension PostgresCatalog {
  /// Counts everything a user put into the catalog that the model does not hold.
  ///
  /// A kind leaves this list when it is modelled; until then a database that has any is never called "same".
  func notCompared() throws(EngineError) -> [NotCompared] {
    let kinds = uncomparedObjects + uncomparedFacts
    let union = kinds.map {
      "SELECT \(SQLDialect.postgreSQL.literal($0.words)) AS kind, name::text FROM (\($0.names)) AS found(name)"
    }
    let result = try connection.query(
      """
      SELECT kind, count(*), \(Self.joined("(array_agg(name ORDER BY name))[1:\(NotCompared.namesKept)]"))
      FROM (\(union.joined(separator: "\nUNION ALL\n"))) AS seen
      GROUP BY kind ORDER BY kind
      """)
    return result.rows.map { NotCompared(kind: $0.text(0), count: $0.number(1), names: $0.list(2)) }
  }

  /// A kind in plural words, and a query for the names of what there is of it.
  private struct UncomparedKind {
    var words: String
    var names: String

    init(_ words: String, _ names: String) {
      self.words = words
      self.names = names
    }
  }

  /// Objects of kinds that have no type in SchemaModel.
  private var uncomparedObjects: [UncomparedKind] {
    let functions = [("f", "functions"), ("p", "procedures"), ("a", "aggregates"), ("w", "window functions")]
    let types = [("r", "range types"), ("b", "base types")]
    return functions.map { letter, words in
      UncomparedKind(
        words,
        """
        SELECT format('%I.%I(%s)', n.nspname, o.proname, pg_get_function_identity_arguments(o.oid))
        \(from("pg_proc", "o", namespace: "pronamespace")) AND o.prokind = '\(letter)'
        """)
    }
      + types.map { letter, words in
        UncomparedKind(
          words,
          """
          SELECT format('%I.%I', n.nspname, o.typname) \(from("pg_type", "o", namespace: "typnamespace"))
          AND o.typtype = '\(letter)' AND o.typelem = 0
          """)
      } + [
        UncomparedKind(
          "composite types",
          "SELECT o.oid::regclass \(from("pg_class", "o", namespace: "relnamespace")) AND o.relkind = 'c'"),
        UncomparedKind(
          "foreign tables",
          "SELECT o.oid::regclass \(from("pg_class", "o", namespace: "relnamespace")) AND o.relkind = 'f'"),
        UncomparedKind(
          "triggers",
          """
          SELECT format('%I on %s', t.tgname, t.tgrelid::regclass) FROM pg_trigger t
          JOIN pg_class o ON o.oid = t.tgrelid JOIN pg_namespace n ON n.oid = o.relnamespace
          WHERE NOT t.tgisinternal AND \(Self.isUsers(namespace: "n"))
          """),
        UncomparedKind(
          "event triggers",
          "SELECT evtname FROM pg_event_trigger e WHERE \(Self.isFree(catalog: "pg_event_trigger", oid: "e.oid"))"
        ),
        UncomparedKind(
          "rules",
          """
          SELECT format('%I on %s', r.rulename, r.ev_class::regclass) FROM pg_rewrite r
          JOIN pg_class o ON o.oid = r.ev_class JOIN pg_namespace n ON n.oid = o.relnamespace
          WHERE r.rulename <> '_RETURN' AND \(Self.isUsers(namespace: "n"))
          """),
        UncomparedKind(
          "row security policies", "SELECT format('%I on %s', polname, polrelid::regclass) FROM pg_policy"),
        UncomparedKind(
          "statistics objects",
          "SELECT format('%I.%I', n.nspname, o.stxname) \(from("pg_statistic_ext", "o", namespace: "stxnamespace"))"
        ),
        UncomparedKind(
          "collations",
          "SELECT format('%I.%I', n.nspname, o.collname) \(from("pg_collation", "o", namespace: "collnamespace"))"
        ),
        UncomparedKind(
          "conversions",
          "SELECT format('%I.%I', n.nspname, o.conname) \(from("pg_conversion", "o", namespace: "connamespace"))"
        ),
        UncomparedKind(
          "operators",
          "SELECT format('%I.%s', n.nspname, o.oprname) \(from("pg_operator", "o", namespace: "oprnamespace"))"
        ),
        UncomparedKind(
          "operator classes",
          "SELECT format('%I.%I', n.nspname, o.opcname) \(from("pg_opclass", "o", namespace: "opcnamespace"))"
        ),
        UncomparedKind(
          "operator families",
          "SELECT format('%I.%I', n.nspname, o.opfname) \(from("pg_opfamily", "o", namespace: "opfnamespace"))"
        ),
        UncomparedKind(
          "text search configurations",
          "SELECT format('%I.%I', n.nspname, o.cfgname) \(from("pg_ts_config", "o", namespace: "cfgnamespace"))"
        ),
        UncomparedKind(
          "text search dictionaries",
          "SELECT format('%I.%I', n.nspname, o.dictname) \(from("pg_ts_dict", "o", namespace: "dictnamespace"))"
        ),
        UncomparedKind(
          "text search parsers",
          "SELECT format('%I.%I', n.nspname, o.prsname) \(from("pg_ts_parser", "o", namespace: "prsnamespace"))"
        ),
        UncomparedKind(
          "text search templates",
          "SELECT format('%I.%I', n.nspname, o.tmplname) \(from("pg_ts_template", "o", namespace: "tmplnamespace"))"
        ),
        UncomparedKind(
          "casts", userMade("pg_cast", name: "format('%s as %s', castsource::regtype, casttarget::regtype)")),
        UncomparedKind("languages", userMade("pg_language", name: "lanname")),
        UncomparedKind("transforms", userMade("pg_transform", name: "trftype::regtype::text")),
        UncomparedKind("access methods", userMade("pg_am", name: "amname")),
        UncomparedKind("foreign data wrappers", userMade("pg_foreign_data_wrapper", name: "fdwname")),
        UncomparedKind("foreign servers", "SELECT srvname FROM pg_foreign_server"),
        UncomparedKind("user mappings", "SELECT usename || ' on ' || srvname FROM pg_user_mappings"),
        UncomparedKind("publications", "SELECT pubname FROM pg_publication"),
        UncomparedKind(
          "subscriptions",
          "SELECT subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ),
        UncomparedKind("large objects", "SELECT oid FROM pg_largeobject_metadata"),
      ]
  }

  /// Facts of modelled objects that have no facet.
  private var uncomparedFacts: [UncomparedKind] {
    let relations = from("pg_class", "o", namespace: "relnamespace")
    let tables = "\(relations) AND o.relkind IN ('r', 'p', 'm')"
    let columns = """
      FROM pg_attribute a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
      WHERE o.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND \(Self.isUsers(namespace: "n"))
      """
    let columnName = "SELECT format('%s.%I', o.oid::regclass, a.attname)"
    // Options whose name begins with pg_ are the server's own book-keeping (PostgreSQL 15.20 keeps pg_attver).
    var kinds = [
      UncomparedKind(
        "tables with row security enabled",
        "SELECT o.oid::regclass \(tables) AND (o.relrowsecurity OR o.relforcerowsecurity)"),
      UncomparedKind(
        "tables that inherit",
        """
        SELECT o.oid::regclass FROM pg_inherits i JOIN pg_class o ON o.oid = i.inhrelid
        JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE NOT o.relispartition AND o.relkind IN ('r', 'p', 'f') AND \(Self.isUsers(namespace: "n"))
        """),
      UncomparedKind("typed tables", "SELECT o.oid::regclass \(tables) AND o.reloftype <> 0"),
      UncomparedKind(
        "storage parameters",
        "SELECT o.oid::regclass \(relations) AND o.relkind IN ('r', 'p', 'm', 'i', 'I') AND o.reloptions IS NOT NULL"
      ),
      UncomparedKind(
        "tables with a replica identity of their own",
        "SELECT o.oid::regclass \(tables) AND o.relreplident <> 'd'"),
      UncomparedKind(
        "tables or indexes in a tablespace",
        "SELECT o.oid::regclass \(relations) AND o.relkind IN ('r', 'p', 'm', 'i', 'I') AND o.reltablespace <> 0"
      ),
      UncomparedKind(
        "tables with an access method of their own",
        "SELECT o.oid::regclass \(tables) AND o.relam NOT IN (0, (SELECT oid FROM pg_am WHERE amname = 'heap'))"
      ),
      UncomparedKind(
        "clustered indexes",
        "SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class o ON o.oid = i.indrelid JOIN pg_namespace n ON n.oid = o.relnamespace WHERE i.indisclustered AND \(Self.isUsers(namespace: "n"))"
      ),
      UncomparedKind(
        "operator class options",
        "SELECT o.oid::regclass FROM pg_attribute a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace WHERE o.relkind IN ('i', 'I') AND a.attoptions IS NOT NULL AND \(Self.isUsers(namespace: "n"))"
      ),
      UncomparedKind("column storage", "\(columnName) \(columns) AND a.attstorage <> t.typstorage"),
      UncomparedKind(
        "column statistics targets and options",
        """
        \(columnName) \(columns) AND (coalesce(a.attstattarget, -1) <> -1
          OR EXISTS (SELECT FROM unnest(a.attoptions) AS option WHERE option NOT LIKE 'pg\\_%'))
        """),
      UncomparedKind("column privileges", "\(columnName) \(columns) AND a.attacl IS NOT NULL"),
      UncomparedKind(
        "grants on tables, views and sequences",
        "SELECT o.oid::regclass \(relations) AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND o.relacl IS NOT NULL"
      ),
      UncomparedKind(
        "grants on functions",
        "SELECT o.oid::regprocedure \(from("pg_proc", "o", namespace: "pronamespace")) AND o.proacl IS NOT NULL"
      ),
      UncomparedKind(
        "grants on types",
        "SELECT o.oid::regtype \(from("pg_type", "o", namespace: "typnamespace")) AND o.typacl IS NOT NULL"),
      UncomparedKind(
        "grants on schemas",
        """
        SELECT n.nspname FROM pg_namespace n WHERE \(Self.isUsers(namespace: "n")) AND n.nspacl IS NOT NULL
        AND NOT (n.nspname = 'public' AND ARRAY(SELECT grantee || privilege_type FROM aclexplode(n.nspacl)
            WHERE grantee <> n.nspowner ORDER BY 1) IN (ARRAY['0USAGE'], ARRAY['0CREATE', '0USAGE']))
        """),
      UncomparedKind(
        "default privileges",
        "SELECT coalesce(n.nspname, 'database') FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace"
      ),
      UncomparedKind(
        "objects of another owner than the database's",
        """
        SELECT o.oid::regclass \(relations) AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND o.relowner <> (SELECT datdba FROM pg_database WHERE datname = current_database())
        """),
      UncomparedKind(
        "settings of the database or of roles in it",
        """
        SELECT array_to_string(s.setconfig, ', ') FROM pg_db_role_setting s
        WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        """),
      UncomparedKind("security labels", "SELECT provider || ' ' || label FROM pg_seclabel"),
      UncomparedKind(
        "disabled foreign key triggers",
        """
        SELECT DISTINCT c.conname FROM pg_trigger t JOIN pg_constraint c ON c.oid = t.tgconstraint
        WHERE t.tgisinternal AND t.tgenabled <> 'O'
        """),
    ]
    if connection.majorVersion >= 14 {
      kinds.append(
        UncomparedKind("column compression", "\(columnName) \(columns) AND a.attcompression <> ''"))
    }
    if connection.majorVersion >= 18 {
      kinds.append(
        UncomparedKind(
          "temporal or not enforced constraints",
          "SELECT conname FROM pg_constraint WHERE conperiod OR NOT conenforced"))
    }
    return kinds
  }

  /// `FROM` and `WHERE` for the user's objects of a catalog that no extension brought.
  private func from(_ catalog: String, _ alias: String, namespace: String) -> String {
    """
    FROM \(catalog) \(alias) JOIN pg_namespace n ON n.oid = \(alias).\(namespace)
    WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: catalog, oid: "\(alias).oid"))
    """
  }

  /// Names from a catalog without schemas: what `initdb` made has an oid below 16384 (`FirstNormalObjectId`).
  private func userMade(_ catalog: String, name: String) -> String {
    "SELECT \(name) FROM \(catalog) o WHERE o.oid >= 16384 AND \(Self.isFree(catalog: catalog, oid: "o.oid"))"
  }
}
