import SchemaModel

extension PostgresCatalog {
  /// Base types; the array type that the server makes for every type is none of them.
  func scalarTypes() throws(EngineError) -> [ScalarType] {
    let functions = [
      "typinput", "typoutput", "typreceive", "typsend", "typmodin", "typmodout", "typanalyze", "typsubscript",
    ]
    let result = try connection.query(
      """
      SELECT t.oid, n.nspname, t.typname, comment.description,
        \(Self.owner("t.typowner")), \(Self.privileges("t.typacl", kind: "'T'", owner: "t.typowner")),
        \(functions.map { Self.functionName("t.\($0)") }.joined(separator: ", ")),
        t.typlen, t.typbyval,
        CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' ELSE 'int4' END,
        \(Self.storage("t.typstorage")), t.typcategory, t.typispreferred, t.typdefault,
        CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END, t.typdelim, t.typcollation <> 0
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      \(Self.joinComment(catalog: "pg_type", oid: "t.oid"))
      WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
        AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_type", oid: "t.oid"))
      """)
    return result.rows.map { row in
      var type = ScalarType(named: ObjectName(schema: row.text(1), row.text(2)))
      type.comment = row.comment(3)
      type.rights = row.rights(4)
      type.input = row.text(6)
      type.output = row.text(7)
      type.receive = row.optional(8)
      type.send = row.optional(9)
      type.modifierInput = row.optional(10)
      type.modifierOutput = row.optional(11)
      type.analyze = row.optional(12)
      type.subscripting = row.optional(13)
      type.length = row.number(14)
      type.isPassedByValue = row.flag(15)
      type.alignment = row.text(16)
      type.storage = row.text(17)
      type.category = row.text(18)
      type.isPreferred = row.flag(19)
      type.defaultValue = row.optional(20)
      type.element = row.optional(21)
      type.delimiter = row.text(22)
      type.isCollatable = row.flag(23)
      addresses.note("pg_type", row.number(0), as: ObjectReference(kind: .scalarType, type.name))
      return type
    }.sorted { $0.name < $1.name }
  }

  /// An expression: the word for a letter of `pg_type.typstorage` or `pg_attribute.attstorage`.
  static func storage(_ letter: String) -> String {
    """
    CASE \(letter) WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END
    """
  }
}
