import SchemaModel
import SchemaText

extension PostgresCatalog {
  /// Counts everything a user put into the catalog that the model does not hold.
  ///
  /// A kind leaves this list when it is modelled; until then a database that has any is never called "same".
  func notCompared() throws(EngineError) -> [NotCompared] {
    let kinds = uncomparedObjects + uncomparedFacts + uncomparedRights
    let union = kinds.map {
      "SELECT \(SQLDialect.postgreSQL.literal($0.words)) AS kind, name::text FROM (\($0.names)) AS found(name)"
    }
    let result = try connection.query(
      """
      WITH \(unusualColumns)
      SELECT kind, count(*), \(Self.joined("(array_agg(name ORDER BY name))[1:\(NotCompared.namesKept)]"))
      FROM (\(union.joined(separator: "\nUNION ALL\n"))) AS seen
      GROUP BY kind ORDER BY kind
      """)
    return result.rows.map { NotCompared(kind: $0.text(0), count: $0.number(1), names: $0.list(2)) }
  }

  /// A kind in plural words, and a query for the names of what there is of it.
  struct UncomparedKind {
    var words: String
    var names: String

    init(_ words: String, _ names: String) {
      self.words = words
      self.names = names
    }
  }

  /// Objects of kinds that have no type in SchemaModel.
  var uncomparedObjects: [UncomparedKind] {
    // Array types come by themselves, as do the multirange types of range types.
    let types = [
      ("o.typtype = 'r'", "range types"),
      ("o.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = o.oid)", "base types"),
      ("o.typtype = 'p' AND NOT o.typisdefined", "shell types"),
    ]
    return types.map { condition, words in
      UncomparedKind(
        words,
        """
        SELECT format('%I.%I', n.nspname, o.typname) \(from("pg_type", "o", namespace: "typnamespace"))
        AND \(condition)
        """)
    } + [
      UncomparedKind(
        "composite types",
        "SELECT o.oid::regclass \(from("pg_class", "o", namespace: "relnamespace")) AND o.relkind = 'c'"),
      UncomparedKind(
        "foreign tables",
        "SELECT o.oid::regclass \(from("pg_class", "o", namespace: "relnamespace")) AND o.relkind = 'f'"),
      UncomparedKind(
        "statistics objects",
        "SELECT format('%I.%I', n.nspname, o.stxname) \(from("pg_statistic_ext", "o", namespace: "stxnamespace"))"
      ),
      UncomparedKind(
        "collations",
        "SELECT format('%I.%I', n.nspname, o.collname) \(from("pg_collation", "o", namespace: "collnamespace"))"
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

  /// `FROM` and `WHERE` for the user's objects of a catalog that no extension brought.
  func from(_ catalog: String, _ alias: String, namespace: String) -> String {
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
