import SchemaModel

extension PostgresCatalog {
  /// Aggregates.
  func aggregates() throws(EngineError) -> [Aggregate] {
    let result = try connection.query(
      """
      SELECT p.oid, \(Self.routineColumns), a.aggkind, a.aggnumdirectargs,
        \(Self.functionName("a.aggtransfn")), format_type(a.aggtranstype, NULL), a.aggtransspace, a.agginitval,
        \(Self.functionName("a.aggfinalfn")), a.aggfinalextra, a.aggfinalmodify,
        \(Self.functionName("a.aggcombinefn")), \(Self.functionName("a.aggserialfn")),
        \(Self.functionName("a.aggdeserialfn")), \(Self.operatorName("a.aggsortop")),
        \(Self.functionName("a.aggmtransfn")), \(Self.functionName("a.aggminvtransfn")),
        CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END, a.aggmtransspace, a.aggminitval,
        \(Self.functionName("a.aggmfinalfn")), a.aggmfinalextra, a.aggmfinalmodify
      FROM pg_aggregate a
      JOIN pg_proc p ON p.oid = a.aggfnoid
      JOIN pg_namespace n ON n.oid = p.pronamespace
      \(Self.joinComment(catalog: "pg_proc", oid: "p.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_proc", oid: "p.oid"))
      """)
    return result.rows.map { row in
      let arguments = Self.arguments(row)
      let types = arguments.map(\.type).joined(separator: ", ")
      var aggregate = Aggregate(
        named: ObjectName(schema: row.text(1), "\(row.text(2))(\(arguments.isEmpty ? "*" : types))"))
      aggregate.arguments = arguments
      aggregate.parallelism = Self.parallelism(row)
      aggregate.comment = row.comment(7)
      aggregate.rights = row.rights(8)
      aggregate.form = Self.form(row.text(10))
      aggregate.directArgumentCount = row.number(11)
      aggregate.stateFunction = row.text(12)
      aggregate.stateType = row.text(13)
      aggregate.stateSize = row.number(14)
      aggregate.initialState = row.optional(15)
      aggregate.finalFunction = row.optional(16)
      aggregate.finalTakesExtra = row.flag(17)
      aggregate.finalModification = Self.modification(row.text(18))
      aggregate.combineFunction = row.optional(19)
      aggregate.serialFunction = row.optional(20)
      aggregate.deserialFunction = row.optional(21)
      aggregate.sortOperator = row.optional(22)
      aggregate.movingFrame = Self.movingFrame(row)
      addresses.note("pg_proc", row.number(0), as: ObjectReference(kind: .aggregate, aggregate.name))
      return aggregate
    }.sorted { $0.name < $1.name }
  }

  /// An expression: the operator at `oid` as SQL names it, whose operands are known from the place it stands in;
  /// NULL for 0.
  static func operatorName(_ oid: String) -> String {
    """
    (SELECT format('OPERATOR(%I.%s)', used_schema.nspname, used.oprname) FROM pg_operator used
      JOIN pg_namespace used_schema ON used_schema.oid = used.oprnamespace WHERE used.oid = \(oid))
    """
  }

  private static func movingFrame(_ row: PostgresResult.Row) -> MovingFrame? {
    guard let stateFunction = row.optional(23) else { return nil }
    var frame = MovingFrame(
      stateFunction: stateFunction, inverseFunction: row.text(24), stateType: row.text(25))
    frame.stateSize = row.number(26)
    frame.initialState = row.optional(27)
    frame.finalFunction = row.optional(28)
    frame.finalTakesExtra = row.flag(29)
    frame.finalModification = modification(row.text(30))
    return frame
  }

  private static func form(_ letter: String) -> Aggregate.Form {
    switch letter {
    case "o": .orderedSet
    case "h": .hypotheticalSet
    default: .normal
    }
  }

  private static func modification(_ letter: String) -> Aggregate.FinalModification {
    switch letter {
    case "s": .shareable
    case "w": .readWrite
    default: .readOnly
    }
  }
}
