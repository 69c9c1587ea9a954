import SchemaModel

extension PostgresCatalog {
  /// Operators that are more than a name another one has given as its counterpart.
  func operators() throws(EngineError) -> [OperatorSymbol] {
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.oprname, CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END,
        format_type(o.oprright, NULL), \(Self.functionName("o.oprcode")), \(Self.operatorName("o.oprcom")),
        \(Self.operatorName("o.oprnegate")), \(Self.functionName("o.oprrest")), \(Self.functionName("o.oprjoin")),
        o.oprcanhash, o.oprcanmerge, comment.description, \(Self.owner("o.oprowner"))
      \(from("pg_operator", "o", namespace: "oprnamespace", comment: true)) AND o.oprcode <> 0
      """)
    return result.rows.map { row in
      let types = "\(row.optional(3) ?? "NONE"), \(row.text(4))"
      var found = OperatorSymbol(named: ObjectName(schema: row.text(1), "\(row.text(2))(\(types))"))
      found.leftType = row.optional(3)
      found.rightType = row.text(4)
      found.function = row.text(5)
      found.commutator = row.optional(6)
      found.negator = row.optional(7)
      found.restrictionEstimator = row.optional(8)
      found.joinEstimator = row.optional(9)
      found.hashes = row.flag(10)
      found.merges = row.flag(11)
      found.comment = row.comment(12)
      found.rights.owner = row.optional(13)
      addresses.note("pg_operator", row.number(0), as: ObjectReference(kind: .operator, found.name))
      return found
    }.sorted { $0.name < $1.name }
  }

  /// Operator families, with what belongs to none of their classes.
  func operatorFamilies() throws(EngineError) -> [OperatorFamily] {
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.opfname, am.amname, \(Self.members(of: "pg_opfamily", oid: "o.oid")),
        comment.description, \(Self.owner("o.opfowner"))
      \(from("pg_opfamily", "o", namespace: "opfnamespace", comment: true, joining: "JOIN pg_am am ON am.oid = o.opfmethod"))
      """)
    return result.rows.map { row in
      var family = OperatorFamily(
        named: ObjectName(schema: row.text(1), "\(row.text(2)) USING \(row.text(3))"))
      family.method = row.text(3)
      family.members = row.text(4).isEmpty ? [] : row.list(4)
      family.comment = row.comment(5)
      family.rights.owner = row.optional(6)
      addresses.note("pg_opfamily", row.number(0), as: ObjectReference(kind: .operatorFamily, family.name))
      return family
    }.sorted { $0.name < $1.name }
  }

  /// Operator classes, with what belongs to them.
  func operatorClasses() throws(EngineError) -> [OperatorClass] {
    let result = try connection.query(
      """
      SELECT o.oid, n.nspname, o.opcname, am.amname, \(Self.members(of: "pg_opclass", oid: "o.oid")),
        comment.description, \(Self.owner("o.opcowner")), format_type(o.opcintype, NULL), o.opcdefault,
        (SELECT format('%I.%I', fn.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace
          WHERE f.oid = o.opcfamily),
        CASE WHEN o.opckeytype <> 0 THEN format_type(o.opckeytype, NULL) END
      \(from("pg_opclass", "o", namespace: "opcnamespace", comment: true, joining: "JOIN pg_am am ON am.oid = o.opcmethod"))
      """)
    return result.rows.map { row in
      var found = OperatorClass(
        named: ObjectName(schema: row.text(1), "\(row.text(2)) USING \(row.text(3))"))
      found.method = row.text(3)
      found.members = row.text(4).isEmpty ? [] : row.list(4)
      found.comment = row.comment(5)
      found.rights.owner = row.optional(6)
      found.type = row.text(7)
      found.isDefault = row.flag(8)
      found.family = row.text(9)
      found.storageType = row.optional(10)
      addresses.note("pg_opclass", row.number(0), as: ObjectReference(kind: .operatorClass, found.name))
      return found
    }.sorted { $0.name < $1.name }
  }

  /// An expression: the operators and functions that depend on a class, or on a family and no class of it.
  private static func members(of catalog: String, oid: String) -> String {
    func owned(_ memberCatalog: String, _ member: String) -> String {
      """
      EXISTS (SELECT FROM pg_depend d WHERE d.classid = '\(memberCatalog)'::regclass AND d.objid = \(member)
              AND d.refclassid = '\(catalog)'::regclass AND d.refobjid = \(oid))
      """
    }
    let family = catalog == "pg_opfamily" ? oid : "o.opcfamily"
    return joined(
      """
      ARRAY(SELECT member.text FROM (
            SELECT 1 AS part, m.amopstrategy AS number, format('OPERATOR %s %s', m.amopstrategy, m.amopopr::regoperator)
              || coalesce(' FOR ORDER BY ' || (SELECT format('%I.%I', sn.nspname, s.opfname) FROM pg_opfamily s
                JOIN pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = m.amopsortfamily), '') AS text
            FROM pg_amop m WHERE m.amopfamily = \(family) AND \(owned("pg_amop", "m.oid"))
            UNION ALL
            SELECT 2, m.amprocnum, format('FUNCTION %s (%s, %s) %s', m.amprocnum, format_type(m.amproclefttype, NULL),
              format_type(m.amprocrighttype, NULL), m.amproc::regprocedure)
            FROM pg_amproc m WHERE m.amprocfamily = \(family) AND \(owned("pg_amproc", "m.oid"))
          ) member ORDER BY member.part, member.number, member.text)
      """)
  }
}
