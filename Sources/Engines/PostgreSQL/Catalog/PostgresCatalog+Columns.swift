import SchemaModel

extension PostgresCatalog {
  /// The columns of tables, and the names and comments of the columns of views.
  func readColumns(into found: inout PostgresRelations) throws(EngineError) {
    let result = try connection.query(
      """
      SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attidentity, a.attgenerated, a.attcollation,
        CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
          THEN format('%I.%I', cn.nspname, co.collname) END,
        pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END), comment.description, a.atttypid,
        \(Self.columnPrivileges("a.attacl", owner: "c.relowner")),
        NOT a.attislocal AND NOT c.relispartition,
        CASE WHEN a.attstorage <> t.typstorage THEN \(Self.storage("a.attstorage")) END,
        CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END, nullif(a.attstattarget, -1),
        \(Self.options("a.attoptions")),
        \(Self.foreignOptions("a.attfdwoptions"))
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation co ON co.oid = a.attcollation
      LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      \(Self.joinComment(catalog: "pg_class", oid: "a.attrelid", column: "a.attnum"))
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        AND \(Self.isUsers(namespace: "n"))
      ORDER BY a.attrelid, a.attnum
      """)
    for row in result.rows {
      let oid = row.number(0)
      let number = row.number(1)
      let name = row.text(2)
      guard found.relations[oid] != nil else { continue }
      found.relations[oid]?.columnNames[number] = name
      found.relations[oid]?.columnCollations[number] = row.number(7)
      found.relations[oid]?.columnTypes[number] = row.number(11)
      if found.views[oid] != nil {
        found.views[oid]?.columns.append(name)
        found.views[oid]?.columnComments[name] = row.comment(10)
        found.views[oid]?.columnPrivileges[name] = row.grants(12)
        found.views[oid]?.columnDefaults[name] = row.expression(9)
      } else {
        found.relations[oid]?.columnPositions[number] = found.tables[oid]?.columns.count
        found.tables[oid]?.columns.append(column(row, named: name))
      }
    }
  }

  private func column(_ row: PostgresResult.Row, named name: String) -> Column {
    var column = Column(named: name)
    column.type = row.text(3)
    column.isNotNull = row.flag(4)
    column.collation = row.optional(8)
    column.comment = row.comment(10)
    column.privileges = row.grants(12) ?? []
    column.isInherited = row.flag(13)
    column.storage = row.optional(14)
    column.compression = row.optional(15)
    column.statisticsTarget = row.optional(16).flatMap { Int($0) }
    column.options = row.options(17)
    column.foreignOptions = row.foreignOptions(18)
    switch (row.text(5), row.text(6), row.expression(9)) {
    case ("a", _, _): column.value = .identity(always: true, SequenceOptions())
    case ("d", _, _): column.value = .identity(always: false, SequenceOptions())
    case (_, "s", let expression?): column.value = .generated(expression, isStored: true)
    case (_, "v", let expression?): column.value = .generated(expression, isStored: false)
    case (_, _, let expression?): column.value = .default(expression)
    case (_, _, nil): break
    }
    return column
  }
}
