import SchemaModel

extension PostgresCatalog {
  /// Casts that neither the server, an extension nor a type brought along.
  func casts() throws(EngineError) -> [TypeCast] {
    let result = try connection.query(
      """
      SELECT o.oid, format_type(o.castsource, NULL), format_type(o.casttarget, NULL), o.castmethod,
        o.castfunc::regprocedure, o.castcontext, comment.description
      \(userMade("pg_cast")) AND \(Self.isMadeByItself(catalog: "pg_cast", oid: "o.oid"))
      """)
    return result.rows.map { row in
      var cast = TypeCast(named: ObjectName("\(row.text(1)) AS \(row.text(2))"))
      cast.method =
        switch row.text(3) {
        case "i": "WITH INOUT"
        case "b": "WITHOUT FUNCTION"
        default: "WITH FUNCTION \(row.text(4))"
        }
      cast.context =
        switch row.text(5) {
        case "i": .implicit
        case "a": .assignment
        default: .explicit
        }
      cast.comment = row.comment(6)
      addresses.note("pg_cast", row.number(0), as: ObjectReference(kind: .cast, cast.name))
      return cast
    }.sorted { $0.name < $1.name }
  }

  /// Conversions between encodings.
  func conversions() throws(EngineError) -> [EncodingConversion] {
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.conname, pg_encoding_to_char(o.conforencoding), pg_encoding_to_char(o.contoencoding),
        \(Self.functionName("o.conproc")), o.condefault, comment.description, \(Self.owner("o.conowner"))
      \(from("pg_conversion", "o", namespace: "connamespace", comment: true))
      """)
    return result.rows.map { row in
      var conversion = EncodingConversion(named: ObjectName(schema: row.text(1), row.text(2)))
      conversion.source = row.text(3)
      conversion.target = row.text(4)
      conversion.function = row.text(5)
      conversion.isDefault = row.flag(6)
      conversion.comment = row.comment(7)
      conversion.rights.owner = row.optional(8)
      addresses.note("pg_conversion", row.number(0), as: ObjectReference(kind: .conversion, conversion.name))
      return conversion
    }.sorted { $0.name < $1.name }
  }

  /// Languages that neither the server nor an extension brought.
  func languages() throws(EngineError) -> [ProceduralLanguage] {
    let result = try connection.query(
      """
      SELECT o.oid, o.lanname, o.lanpltrusted, \(Self.functionName("o.lanplcallfoid")),
        \(Self.functionName("o.laninline")), \(Self.functionName("o.lanvalidator")), comment.description,
        \(Self.owner("o.lanowner")), \(Self.privileges("o.lanacl", kind: "'l'", owner: "o.lanowner"))
      \(userMade("pg_language"))
      """)
    return result.rows.map { row in
      var language = ProceduralLanguage(named: ObjectName(row.text(1)))
      language.isTrusted = row.flag(2)
      language.handler = row.optional(3)
      language.inlineHandler = row.optional(4)
      language.validator = row.optional(5)
      language.comment = row.comment(6)
      language.rights = row.rights(7)
      addresses.note("pg_language", row.number(0), as: ObjectReference(kind: .language, language.name))
      return language
    }.sorted { $0.name < $1.name }
  }

  /// Transforms that no extension brought.
  func transforms() throws(EngineError) -> [TypeTransform] {
    let result = try connection.query(
      """
      SELECT o.oid, format_type(o.trftype, NULL), quote_ident(l.lanname), nullif(o.trffromsql, 0)::regprocedure,
        nullif(o.trftosql, 0)::regprocedure, comment.description
      \(userMade("pg_transform", joining: "JOIN pg_language l ON l.oid = o.trflang"))
      """)
    return result.rows.map { row in
      var transform = TypeTransform(named: ObjectName("\(row.text(1)) LANGUAGE \(row.text(2))"))
      transform.fromSQL = row.optional(3)
      transform.toSQL = row.optional(4)
      transform.comment = row.comment(5)
      addresses.note("pg_transform", row.number(0), as: ObjectReference(kind: .transform, transform.name))
      return transform
    }.sorted { $0.name < $1.name }
  }

  /// Access methods that neither the server nor an extension brought.
  func accessMethods() throws(EngineError) -> [AccessMethod] {
    let result = try connection.query(
      """
      SELECT o.oid, o.amname, o.amtype, \(Self.functionName("o.amhandler")), comment.description
      \(userMade("pg_am"))
      """)
    return result.rows.map { row in
      var method = AccessMethod(named: ObjectName(row.text(1)))
      method.subject = row.text(2) == "t" ? .table : .index
      method.handler = row.text(3)
      method.comment = row.comment(4)
      addresses.note("pg_am", row.number(0), as: ObjectReference(kind: .accessMethod, method.name))
      return method
    }.sorted { $0.name < $1.name }
  }

  /// `FROM` and `WHERE` for a catalog without schemas, called `o`, with comments: what `initdb` made has an oid
  /// below 16384 (`FirstNormalObjectId`).
  private func userMade(_ catalog: String, joining joins: String = "") -> String {
    """
    FROM \(catalog) o \(joins) \(Self.joinComment(catalog: catalog, oid: "o.oid"))
    WHERE o.oid >= 16384 AND \(Self.isFree(catalog: catalog, oid: "o.oid"))
    """
  }
}
