import SchemaModel
import SchemaText

extension PostgresCatalog {
  /// Counts everything a user put into the catalog that the model does not hold.
  ///
  /// A kind leaves this list when it is modelled; until then a database that has any is never called "same".
  ///
  /// - Parameter subscriptions: those that were read, of which some may lack how they connect.
  func notCompared(_ subscriptions: [Subscription]) throws(EngineError) -> [NotCompared] {
    var listed = try answer(to: notComparedQuery).rows.map {
      NotCompared(kind: $0.text(0), count: $0.number(1), names: $0.list(2))
    }
    let unread = subscriptions.filter { $0.connection == nil }.map(\.name.name)
    for (kind, names) in [
      ("objects that go with an extension", dependents.rest),
      ("connections of subscriptions that cannot be read here", unread),
    ] where !names.isEmpty {
      listed.append(
        NotCompared(kind: kind, count: names.count, names: Array(names.prefix(NotCompared.namesKept))))
    }
    return listed.sorted { $0.kind < $1.kind }
  }

  /// Rows of (kind, how many there are, the first names).
  var notComparedQuery: String {
    let kinds = uncomparedObjects + uncomparedFacts + uncomparedRights + uncomparedSurroundings
    let union = kinds.map {
      "SELECT \(SQLDialect.postgreSQL.literal($0.words)) AS kind, name::text FROM (\($0.names)) AS found(name)"
    }
    return """
      SELECT kind, count(*), \(Self.joined("(array_agg(name ORDER BY name))[1:\(NotCompared.namesKept)]"))
      FROM (\(union.joined(separator: "\nUNION ALL\n"))) AS seen
      GROUP BY kind ORDER BY kind
      """
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
    [
      UncomparedKind(
        NotCompared.optionsOfMappings,
        """
        SELECT usename || ' on ' || srvname FROM pg_user_mappings
        WHERE umoptions IS NULL AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        """),
      // They are data that happens to stand in a catalog, so they are seen and never compared.
      UncomparedKind("large objects, which are data", "SELECT oid FROM pg_largeobject_metadata"),
    ]
  }
}
