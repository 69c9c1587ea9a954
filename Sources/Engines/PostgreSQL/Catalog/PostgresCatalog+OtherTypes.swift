import SchemaModel

extension PostgresCatalog {
  /// Composite types with their attributes in order.
  func compositeTypes() throws(EngineError) -> [CompositeType] {
    let result = try connection.query(
      """
      SELECT t.oid, t.typrelid, n.nspname, t.typname, comment.description,
        \(Self.owner("t.typowner")), \(Self.privileges("t.typacl", kind: "'T'", owner: "t.typowner"))
      FROM pg_class c JOIN pg_type t ON t.oid = c.reltype
      JOIN pg_namespace n ON n.oid = t.typnamespace
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE c.relkind = 'c' AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
        AND \(Self.isFree(catalog: "pg_class", oid: "c.oid"))
      """)
    let attributes = try compositeAttributes(of: result.rows.map { $0.number(1) })
    return result.rows.map { row in
      var type = CompositeType(named: ObjectName(schema: row.text(2), row.text(3)))
      type.comment = row.comment(4)
      type.rights = row.rights(5)
      for (attribute, comment) in attributes[row.number(1)] ?? [] {
        type.attributes.append(attribute)
        type.attributeComments[attribute.name] = comment
      }
      let reference = ObjectReference(kind: .compositeType, type.name)
      addresses.note("pg_type", row.number(0), as: reference)
      addresses.note("pg_class", row.number(1), as: reference)
      return type
    }.sorted { $0.name < $1.name }
  }

  /// Attributes, each with its comment, by the `pg_class.oid` of their composite type.
  private func compositeAttributes(
    of types: [Int]
  ) throws(EngineError) -> [Int: [(CompositeAttribute, Comment?)]] {
    guard !types.isEmpty else { return [:] }
    let result = try connection.query(
      """
      SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
          THEN format('%I.%I', cn.nspname, co.collname) END, comment.description
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation co ON co.oid = a.attcollation
      LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      \(Self.joinComment(catalog: "pg_class", oid: "a.attrelid", column: "a.attnum"))
      WHERE a.attrelid = ANY (\(Self.array(types))::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum
      """)
    var attributes: [Int: [(CompositeAttribute, Comment?)]] = [:]
    for row in result.rows {
      let attribute = CompositeAttribute(row.text(1), row.text(2), collation: row.optional(3))
      attributes[row.number(0), default: []].append((attribute, row.comment(4)))
    }
    return attributes
  }

  /// Range types; their multirange types are facts of theirs.
  func rangeTypes() throws(EngineError) -> [RangeType] {
    let result = try connection.query(
      """
      SELECT t.oid, n.nspname, t.typname, format_type(r.rngsubtype, NULL),
        CASE WHEN NOT oc.opcdefault THEN format('%I.%I', ocn.nspname, oc.opcname) END,
        CASE WHEN r.rngcollation <> 0 AND r.rngcollation <> sub.typcollation
          THEN format('%I.%I', cn.nspname, co.collname) END,
        \(Self.functionName("r.rngcanonical")), \(Self.functionName("r.rngsubdiff")),
        mn.nspname, m.typname, m.oid, comment.description,
        \(Self.owner("t.typowner")), \(Self.privileges("t.typacl", kind: "'T'", owner: "t.typowner"))
      FROM pg_range r
      JOIN pg_type t ON t.oid = r.rngtypid
      JOIN pg_namespace n ON n.oid = t.typnamespace
      JOIN pg_type sub ON sub.oid = r.rngsubtype
      JOIN pg_type m ON m.oid = r.rngmultitypid
      JOIN pg_namespace mn ON mn.oid = m.typnamespace
      JOIN pg_opclass oc ON oc.oid = r.rngsubopc
      JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
      LEFT JOIN pg_collation co ON co.oid = r.rngcollation
      LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
      """)
    return result.rows.map { row in
      var type = RangeType(named: ObjectName(schema: row.text(1), row.text(2)))
      type.subtype = row.text(3)
      type.operatorClass = row.optional(4)
      type.collation = row.optional(5)
      type.canonicalFunction = row.optional(6)
      type.differenceFunction = row.optional(7)
      type.multirange = ObjectName(schema: row.text(8), row.text(9))
      type.comment = row.comment(11)
      type.rights = row.rights(12)
      let reference = ObjectReference(kind: .rangeType, type.name)
      addresses.note("pg_type", row.number(0), as: reference)
      addresses.note("pg_type", row.number(10), as: reference)
      return type
    }.sorted { $0.name < $1.name }
  }

  /// Types that were announced and never defined.
  func shellTypes() throws(EngineError) -> [ShellType] {
    let result = try connection.query(
      """
      SELECT t.oid, n.nspname, t.typname, comment.description,
        \(Self.owner("t.typowner"))
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE t.typtype = 'p' AND NOT t.typisdefined AND \(Self.isUsers(namespace: "n"))
        AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
      """)
    return result.rows.map { row in
      var type = ShellType(named: ObjectName(schema: row.text(1), row.text(2)))
      type.comment = row.comment(3)
      type.rights.owner = row.optional(4)
      addresses.note("pg_type", row.number(0), as: ObjectReference(kind: .shellType, type.name))
      return type
    }.sorted { $0.name < $1.name }
  }
}
