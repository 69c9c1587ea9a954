import SchemaModel

extension PostgresCatalog {
  /// Publications with what they publish.
  func publications() throws(EngineError) -> [Publication] {
    let result = try connection.query(
      """
      SELECT o.oid, o.pubname, o.puballtables, o.pubinsert, o.pubupdate, o.pubdelete, o.pubtruncate, o.pubviaroot,
        \(since(18, "o.pubgencols = 's'", else: "false")),
        \(since(15, Self.joined("""
          ARRAY(SELECT n.nspname FROM pg_publication_namespace pn JOIN pg_namespace n ON n.oid = pn.pnnspid
            WHERE pn.pnpubid = o.oid ORDER BY n.nspname)
          """), else: "''")), comment.description, \(Self.owner("o.pubowner"))
      FROM pg_publication o
      \(Self.joinComment(catalog: "pg_publication", oid: "o.oid"))
      """)
    let tables = try publishedTables()
    return result.rows.map { row in
      var publication = Publication(named: ObjectName(row.text(1)))
      publication.isOfAllTables = row.flag(2)
      publication.operations = zip(["insert", "update", "delete", "truncate"], 3...).filter { row.flag($0.1) }
        .map(\.0)
      publication.isViaRoot = row.flag(7)
      publication.includesGeneratedColumns = row.flag(8)
      publication.schemas = row.list(9).filter { !$0.isEmpty }
      publication.tables = (tables[row.number(0)] ?? []).sorted { $0.table < $1.table }
      publication.comment = row.comment(10)
      publication.rights.owner = row.optional(11)
      addresses.note(
        "pg_publication", row.number(0), as: ObjectReference(kind: .publication, publication.name))
      return publication
    }.sorted { $0.name < $1.name }
  }

  /// By publication.
  private func publishedTables() throws(EngineError) -> [Int: [PublishedTable]] {
    let columns = since(
      15,
      """
      CASE WHEN r.prattrs IS NOT NULL THEN \(Self.joined("""
        ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)
          ORDER BY a.attnum)
        """)) END
      """, else: "NULL")
    let result = try connection.query(
      """
      SELECT r.prpubid, n.nspname, c.relname, \(columns),
        \(since(15, "pg_get_expr(r.prqual, r.prrelid)", else: "NULL"))
      FROM pg_publication_rel r
      JOIN pg_class c ON c.oid = r.prrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      """)
    return result.rows.reduce(into: [:]) { tables, row in
      let table = PublishedTable(
        ObjectName(schema: row.text(1), row.text(2)), columns: row.optional(3).map { _ in row.list(3) },
        filter: row.expression(4).map(Self.withoutOuterParentheses))
      tables[row.number(0), default: []].append(table)
    }
  }

  /// How each subscription connects, by its number.
  ///
  /// By itself only superusers may see it; and a newer server's libpq may know words that ours does not.
  private func connectionsOfSubscriptions() throws(EngineError) -> [Int: [String]] {
    let maySee = "SELECT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')"
    guard try connection.query(maySee).rows.contains(where: { $0.flag(0) }) else { return [:] }
    var connections: [Int: [String]] = [:]
    for row in try connection.query("SELECT o.oid, o.subconninfo FROM pg_subscription o").rows {
      connections[row.number(0)] = try? PostgresConnectionString(row.text(1)).withoutSecrets
    }
    return connections
  }

  /// Subscriptions of this database; of how they connect no secret.
  func subscriptions() throws(EngineError) -> [Subscription] {
    let options = [
      "CASE WHEN o.subbinary THEN 'binary=true' END",
      """
      CASE o.substream::text WHEN 't' THEN 'streaming=on' WHEN 'true' THEN 'streaming=on'
        WHEN 'p' THEN 'streaming=parallel' END
      """,
      "CASE WHEN o.subsynccommit <> 'off' THEN 'synchronous_commit=' || o.subsynccommit END",
      since(15, "CASE WHEN o.subtwophasestate <> 'd' THEN 'two_phase=true' END", else: "NULL"),
      since(15, "CASE WHEN o.subdisableonerr THEN 'disable_on_error=true' END", else: "NULL"),
      since(16, "CASE WHEN o.suborigin <> 'any' THEN 'origin=' || o.suborigin END", else: "NULL"),
      since(16, "CASE WHEN NOT o.subpasswordrequired THEN 'password_required=false' END", else: "NULL"),
      since(16, "CASE WHEN o.subrunasowner THEN 'run_as_owner=true' END", else: "NULL"),
      since(17, "CASE WHEN o.subfailover THEN 'failover=true' END", else: "NULL"),
    ]
    let result = try connection.query(
      """
      SELECT o.oid, o.subname, \(Self.joined("ARRAY(SELECT unnest(o.subpublications) ORDER BY 1)")), o.subslotname,
        \(Self.joined("""
          ARRAY(SELECT option FROM unnest(ARRAY[\(options.joined(separator: ", "))]) AS option
            WHERE option IS NOT NULL ORDER BY option)
          """)), comment.description, \(Self.owner("o.subowner")), o.subenabled
      FROM pg_subscription o
      \(Self.joinComment(catalog: "pg_subscription", oid: "o.oid"))
      WHERE o.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
    guard !result.rows.isEmpty else { return [] }
    let connections = try connectionsOfSubscriptions()
    return result.rows.map { row in
      var subscription = Subscription(named: ObjectName(row.text(1)))
      subscription.publications = row.list(2)
      subscription.connection = connections[row.number(0)]
      subscription.isEnabled = row.flag(7)
      subscription.slot = row.optional(3)
      subscription.options = row.list(4).filter { !$0.isEmpty }
      subscription.comment = row.comment(5)
      subscription.rights.owner = row.optional(6)
      return subscription
    }.sorted { $0.name < $1.name }
  }
}
