import SchemaModel

extension PostgresCatalog {
  /// Every collation's name by its oid, qualified.
  func collationNames() throws(EngineError) -> [Int: String] {
    let result = try connection.query(
      """
      SELECT co.oid, format('%I.%I', n.nspname, co.collname)
      FROM pg_collation co JOIN pg_namespace n ON n.oid = co.collnamespace
      """)
    return Dictionary(uniqueKeysWithValues: result.rows.map { ($0.number(0), $0.text(1)) })
  }

  /// The user's collations.
  func collations() throws(EngineError) -> [Collation] {
    // The locale of ICU's has moved twice: out of collcollate, then to a column that the builtin provider shares.
    let locale =
      connection.majorVersion >= 17
      ? "o.colllocale"
      : since(15, "o.colliculocale", else: "CASE o.collprovider WHEN 'i' THEN o.collcollate END")
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.collname, o.collprovider, o.collisdeterministic,
        CASE o.collprovider WHEN 'c' THEN o.collcollate END, CASE o.collprovider WHEN 'c' THEN o.collctype END,
        \(locale), \(since(16, "o.collicurules", else: "NULL")), comment.description, \(Self.owner("o.collowner"))
      FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
      \(Self.joinComment(catalog: "pg_collation", oid: "o.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_collation", oid: "o.oid"))
      """)
    return result.rows.map { row in
      var collation = Collation(named: ObjectName(schema: row.text(1), row.text(2)))
      switch row.text(3) {
      case "i": collation.provider = .icu
      case "b": collation.provider = .builtin
      case _: collation.provider = .libc
      }
      collation.isDeterministic = row.flag(4)
      collation.collate = row.optional(5)
      collation.characterType = row.optional(6)
      collation.locale = row.optional(7)
      collation.rules = row.optional(8)
      collation.comment = row.comment(9)
      collation.rights.owner = row.optional(10)
      addresses.note("pg_collation", row.number(0), as: ObjectReference(kind: .collation, collation.name))
      return collation
    }.sorted { $0.name < $1.name }
  }

  /// The user's statistics objects.
  func statistics() throws(EngineError) -> [ExtendedStatistics] {
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.stxname, tn.nspname, t.relname,
        \(Self.joined("""
          ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = o.stxrelid AND a.attnum = ANY (o.stxkeys)
            ORDER BY a.attnum)
          """)),
        \(Self.joined("pg_get_statisticsobjdef_expressions(o.oid)")),
        \(Self.joined("""
          ARRAY(SELECT CASE letter WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END
            FROM unnest(o.stxkind) AS letter WHERE letter <> 'e' ORDER BY 1)
          """)),
        nullif(o.stxstattarget, -1), comment.description, \(Self.owner("o.stxowner"))
      FROM pg_statistic_ext o
      JOIN pg_namespace n ON n.oid = o.stxnamespace
      JOIN pg_class t ON t.oid = o.stxrelid
      JOIN pg_namespace tn ON tn.oid = t.relnamespace
      \(Self.joinComment(catalog: "pg_statistic_ext", oid: "o.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_statistic_ext", oid: "o.oid"))
      """)
    return result.rows.map { row in
      var object = ExtendedStatistics(named: ObjectName(schema: row.text(1), row.text(2)))
      object.table = ObjectName(schema: row.text(3), row.text(4))
      object.columns = row.list(5).filter { !$0.isEmpty }
      object.expressions = row.list(6).filter { !$0.isEmpty }.map {
        Self.withoutOuterParentheses(SettledText.of($0))
      }
      object.kinds = row.list(7).filter { !$0.isEmpty }
      object.target = row.optional(8).flatMap { Int($0) }
      object.comment = row.comment(9)
      object.rights.owner = row.optional(10)
      addresses.note("pg_statistic_ext", row.number(0), as: ObjectReference(kind: .statistics, object.name))
      return object
    }.sorted { $0.name < $1.name }
  }
}
