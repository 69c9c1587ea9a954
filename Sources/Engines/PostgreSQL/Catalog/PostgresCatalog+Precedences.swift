import SchemaModel

extension PostgresCatalog {
  /// What must be made before its turn, from `pg_depend`.
  ///
  /// What the order of kinds gives by itself is left out, unless it waits for something that is out of order.
  func precedences(in found: PostgresRelations) throws(EngineError) -> [Precedence] {
    var edges: [(object: ObjectReference, needed: ObjectReference)] = []
    for row in try dependencies().rows {
      guard
        let object = reference(row.text(0), row.number(1), column: row.number(2), in: found),
        let needed = reference(row.text(3), row.number(4), column: 0, in: found),
        object != needed, object.member == nil || object.owner != needed.owner
      else { continue }
      edges.append((object, needed))
    }
    // A type's own functions need no more of it than its announcement.
    let ownFunctions = edges.reduce(into: [ObjectReference: Set<ObjectReference>]()) { functions, edge in
      guard edge.object.kind == .scalarType || edge.object.kind == .rangeType else { return }
      functions[edge.object, default: []].insert(edge.needed)
    }
    edges.removeAll { ownFunctions[$0.needed]?.contains($0.object) == true }
    edges += Self.castNeeds(edges)
    var kept: [ObjectReference: Set<ObjectReference>] = [:]
    // What is made before its turn takes along all it needs.
    var early: Set<ObjectReference> = []
    var isChanging = true
    while isChanging {
      isChanging = false
      for (object, needed) in edges
      where needed.kind.rank >= object.kind.makingRank || kept[needed] != nil || early.contains(object.maker)
      {
        if kept[object, default: []].insert(needed).inserted { isChanging = true }
        early.insert(needed.maker)
      }
    }
    return kept.map { Precedence(of: $0.key, needs: $0.value.sorted()) }.sorted { $0.object < $1.object }
  }

  /// What calls a cast's function may have been written as that cast, and is printed so: it needs the cast too,
  /// which `pg_depend` does not say.
  private static func castNeeds(
    _ edges: [(object: ObjectReference, needed: ObjectReference)]
  ) -> [(object: ObjectReference, needed: ObjectReference)] {
    var casts: [ObjectReference: [ObjectReference]] = [:]
    for edge in edges where edge.object.kind == .cast && edge.needed.kind == .function {
      casts[edge.needed, default: []].append(edge.object)
    }
    guard !casts.isEmpty else { return [] }
    return edges.flatMap { object, needed in
      object.kind == .cast ? [] : (casts[needed] ?? []).map { (object, $0) }
    }
  }

  private func reference(
    _ catalog: String, _ oid: Int, column: Int, in found: PostgresRelations
  ) -> ObjectReference? {
    guard let object = addresses[catalog, oid] else { return nil }
    guard column > 0, catalog == "pg_class", object.kind == .table,
      let name = found.relations[oid]?[column]?.name
    else { return object }
    return ObjectReference(kind: .column, object.owner, member: name)
  }

  /// Who needs whom: catalog, oid and column number of the one, catalog and oid of the other.
  ///
  /// A default counts as its column, the rule of a view as the view, a check of a domain as the domain, a row or
  /// array type as what it is the type of, an operator or function of an operator class as the class. Indexes, keys,
  /// foreign keys and sequences are made last anyway.
  private func dependencies() throws(EngineError) -> PostgresResult {
    try connection.query(
      """
      SELECT DISTINCT
        CASE WHEN ad.oid IS NOT NULL OR rw.oid IS NOT NULL THEN 'pg_class' WHEN con.contypid <> 0 THEN 'pg_type'
          WHEN own.typrelid <> 0 THEN 'pg_class' ELSE d.classid::regclass::text END,
        coalesce(ad.adrelid, rw.ev_class, nullif(con.contypid, 0), nullif(own.typrelid, 0), d.objid),
        coalesce(ad.adnum, CASE WHEN d.classid = 'pg_class'::regclass THEN d.objsubid END, 0),
        CASE WHEN element.typrelid <> 0 THEN 'pg_class' ELSE d.refclassid::regclass::text END,
        coalesce(nullif(element.typrelid, 0), element.oid, d.refobjid)
      FROM pg_depend d
      LEFT JOIN pg_attrdef ad ON d.classid = 'pg_attrdef'::regclass AND ad.oid = d.objid
      LEFT JOIN pg_rewrite rw ON d.classid = 'pg_rewrite'::regclass AND rw.oid = d.objid AND rw.rulename = '_RETURN'
      LEFT JOIN pg_constraint con ON d.classid = 'pg_constraint'::regclass AND con.oid = d.objid
      LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
      LEFT JOIN pg_type own ON d.classid = 'pg_type'::regclass AND own.oid = d.objid
      LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
      LEFT JOIN pg_type element
        ON element.oid = CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem ELSE t.oid END
      WHERE d.deptype IN ('n', 'a') AND d.objid >= 16384 AND d.refobjid >= 16384
        AND d.refclassid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass,
          'pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_language'::regclass,
          'pg_transform'::regclass, 'pg_am'::regclass, 'pg_cast'::regclass, 'pg_collation'::regclass,
          'pg_ts_dict'::regclass, 'pg_ts_config'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass,
          'pg_foreign_data_wrapper'::regclass, 'pg_foreign_server'::regclass, 'pg_constraint'::regclass)
        AND coalesce(c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c'), true)
        AND coalesce(con.contype = 'c', true)
        AND NOT (d.classid = 'pg_rewrite'::regclass AND rw.oid IS NULL)
        AND (d.refclassid = 'pg_class'::regclass AND d.refobjid IN (ad.adrelid, con.conrelid)) IS NOT TRUE
        AND d.classid <> 'pg_trigger'::regclass AND d.classid <> 'pg_policy'::regclass
      UNION
      SELECT 'pg_opclass', whole.refobjid, 0, d.refclassid::regclass::text, d.refobjid
      FROM pg_depend d
      JOIN pg_depend whole ON whole.classid = d.classid AND whole.objid = d.objid AND whole.deptype = 'i'
        AND whole.refclassid = 'pg_opclass'::regclass
      WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND d.deptype IN ('n', 'a')
        AND d.objid >= 16384 AND d.refobjid >= 16384
        AND d.refclassid IN ('pg_operator'::regclass, 'pg_proc'::regclass)
      """)
  }
}

extension ObjectReference {
  /// The object whose statement makes it.
  fileprivate var maker: ObjectReference {
    switch kind {
    case .column, .checkConstraint: ObjectReference(kind: .table, owner)
    case _: self
    }
  }
}

extension ObjectKind {
  /// The rank of what stands in `CREATE TABLE`: that of the table.
  fileprivate var makingRank: Int {
    switch self {
    case .column, .checkConstraint: Self.table.rank
    case _: rank
    }
  }
}
