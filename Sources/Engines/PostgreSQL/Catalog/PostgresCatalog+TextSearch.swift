import SchemaModel

extension PostgresCatalog {
  /// The parsers of text search.
  func textSearchParsers() throws(EngineError) -> [TextSearchParser] {
    let functions = ["prsstart", "prstoken", "prsend", "prslextype", "prsheadline"]
    return try textSearch("pg_ts_parser", prefix: "prs", functions.map { Self.functionName("o.\($0)") })
      .rows.map { row in
        var parser = TextSearchParser(named: ObjectName(schema: row.text(1), row.text(2)))
        parser.comment = row.comment(3)
        parser.start = row.text(4)
        parser.token = row.text(5)
        parser.end = row.text(6)
        parser.tokenTypes = row.text(7)
        parser.headline = row.optional(8)
        addresses.note("pg_ts_parser", row.number(0), as: ObjectReference(kind: parser.kind, parser.name))
        return parser
      }.sorted { $0.name < $1.name }
  }

  /// The templates of text search.
  func textSearchTemplates() throws(EngineError) -> [TextSearchTemplate] {
    let functions = [Self.functionName("o.tmplinit"), Self.functionName("o.tmpllexize")]
    return try textSearch("pg_ts_template", prefix: "tmpl", functions).rows.map { row in
      var template = TextSearchTemplate(named: ObjectName(schema: row.text(1), row.text(2)))
      template.comment = row.comment(3)
      template.initialization = row.optional(4)
      template.lexize = row.text(5)
      addresses.note("pg_ts_template", row.number(0), as: ObjectReference(kind: template.kind, template.name))
      return template
    }.sorted { $0.name < $1.name }
  }

  /// The dictionaries of text search.
  func textSearchDictionaries() throws(EngineError) -> [TextSearchDictionary] {
    let facts = [
      """
      (SELECT format(E'%s\\x01%s', tn.nspname, t.tmplname) FROM pg_ts_template t
        JOIN pg_namespace tn ON tn.oid = t.tmplnamespace WHERE t.oid = o.dicttemplate)
      """, "nullif(o.dictinitoption, '')", Self.owner("o.dictowner"),
    ]
    return try textSearch("pg_ts_dict", prefix: "dict", facts).rows.map { row in
      var dictionary = TextSearchDictionary(named: ObjectName(schema: row.text(1), row.text(2)))
      dictionary.comment = row.comment(3)
      dictionary.template = Self.name(row.list(4))
      dictionary.options = row.optional(5)
      dictionary.rights.owner = row.optional(6)
      addresses.note("pg_ts_dict", row.number(0), as: ObjectReference(kind: dictionary.kind, dictionary.name))
      return dictionary
    }.sorted { $0.name < $1.name }
  }

  /// The configurations of text search with their mappings.
  func textSearchConfigurations() throws(EngineError) -> [TextSearchConfiguration] {
    let mappings = try textSearchMappings()
    let facts = [
      """
      (SELECT format(E'%s\\x01%s', pn.nspname, p.prsname) FROM pg_ts_parser p
        JOIN pg_namespace pn ON pn.oid = p.prsnamespace WHERE p.oid = o.cfgparser)
      """, Self.owner("o.cfgowner"),
    ]
    return try textSearch("pg_ts_config", prefix: "cfg", facts).rows.map { row in
      var configuration = TextSearchConfiguration(named: ObjectName(schema: row.text(1), row.text(2)))
      configuration.comment = row.comment(3)
      configuration.parser = Self.name(row.list(4))
      configuration.rights.owner = row.optional(5)
      configuration.mappings = mappings[row.number(0)] ?? [:]
      addresses.note(
        "pg_ts_config", row.number(0), as: ObjectReference(kind: configuration.kind, configuration.name))
      return configuration
    }.sorted { $0.name < $1.name }
  }

  /// By configuration, then by the token type's alias.
  private func textSearchMappings() throws(EngineError) -> [Int: [String: [ObjectName]]] {
    let result = try connection.query(
      """
      SELECT m.mapcfg, token.alias, dn.nspname, d.dictname
      FROM pg_ts_config o
      JOIN pg_namespace n ON n.oid = o.cfgnamespace
      CROSS JOIN LATERAL ts_token_type(o.cfgparser) token
      JOIN pg_ts_config_map m ON m.mapcfg = o.oid AND m.maptokentype = token.tokid
      JOIN pg_ts_dict d ON d.oid = m.mapdict
      JOIN pg_namespace dn ON dn.oid = d.dictnamespace
      WHERE \(Self.isUsers(namespace: "n"))
      ORDER BY m.mapcfg, token.alias, m.mapseqno
      """)
    var mappings: [Int: [String: [ObjectName]]] = [:]
    for row in result.rows {
      let dictionary = ObjectName(schema: row.text(2), row.text(3))
      mappings[row.number(0), default: [:]][row.text(1), default: []].append(dictionary)
    }
    return mappings
  }

  /// The user's objects of a catalog of text search: oid, schema, name, comment, then the facts.
  private func textSearch(
    _ catalog: String, prefix: String, _ facts: [String]
  ) throws(EngineError) -> PostgresResult {
    try connection.query(
      """
      SELECT o.oid, n.nspname, o.\(prefix)name, comment.description, \(facts.joined(separator: ", "))
      FROM \(catalog) o JOIN pg_namespace n ON n.oid = o.\(prefix)namespace
      \(Self.joinComment(catalog: catalog, oid: "o.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: catalog, oid: "o.oid"))
      """)
  }

  /// A name from its schema and itself.
  private static func name(_ parts: [String]) -> ObjectName {
    ObjectName(schema: parts.first, parts.last ?? "")
  }
}
