import SchemaModel

extension PostgresCatalog {
  /// Keys, foreign keys, checks and exclusions of tables.
  ///
  /// Left out: what a partition has only because its parent has it (`conparentid`); a partition's checks
  /// are kept, because a partition must have them before it can be attached.
  func readConstraints(into found: inout PostgresRelations) throws(EngineError) {
    let result = try answer(to: constraintsQuery)
    let checks = try expressions(in: .checks, of: found)
    let triggers = try keyTriggers()
    for row in result.rows {
      let oid = row.number(0)
      guard found.tables.contains(oid) else { continue }
      switch row.text(1) {
      case "p":
        var key = key(row, of: oid, in: found)
        key.recheck = triggers[row.number(21)]?[Self.recheckTrigger] ?? .enabled
        found.tables[oid]?.primaryKey = key
        note(key.kind, key.name, row, in: found)
      case "u":
        var key = key(row, of: oid, in: found)
        key.recheck = triggers[row.number(21)]?[Self.recheckTrigger] ?? .enabled
        found.tables[oid]?.uniqueConstraints.append(key)
        note(key.kind, key.name, row, in: found)
      case "f":
        var key = foreignKey(row, of: oid, in: found)
        key.triggers = triggers[row.number(21)] ?? [:]
        found.tables[oid]?.foreignKeys.append(key)
      default:
        var check = check(row, demand: checks[row.number(21)] ?? "")
        // A partition has its parent's checks as its own.
        if found.tables[oid]?.partition != nil { check.isInherited = false }
        found.tables[oid]?.checks.append(check)
        note(.checkConstraint, check.name, row, in: found)
      }
    }
    try readAttachedRules(firing: triggers, into: &found)
  }

  private func note(
    _ kind: ObjectKind, _ name: String, _ row: PostgresResult.Row, in found: PostgresRelations
  ) {
    guard addresses.areNeeded, let table = found.relations[row.number(0)]?.name else { return }
    addresses.note("pg_constraint", row.number(21), as: ObjectReference(kind: kind, table, member: name))
  }

  private func key(_ row: PostgresResult.Row, of oid: Int, in found: PostgresRelations) -> KeyConstraint {
    var key = KeyConstraint(named: row.text(2))
    key.isPrimary = row.text(1) == "p"
    key.columns = found.columns(row.numbers(7), of: oid)
    key.includedColumns = found.columns(Array(row.numbers(17).dropFirst(row.number(18))), of: oid)
    key.nullsNotDistinct = row.flag(19)
    key.deferrability = Self.deferrability(isDeferrable: row.flag(3), isDeferred: row.flag(4))
    key.index.isValid = row.flag(28)
    key.index.tablespace = row.optional(22)
    key.index.options = row.options(23)
    key.index.extensions = dependents.take("pg_class", row.number(27))
    key.index.comment = row.comment(24)
    key.isTemporal = row.flag(25)
    key.comment = row.comment(20)
    return key
  }

  private func foreignKey(_ row: PostgresResult.Row, of oid: Int, in found: PostgresRelations) -> ForeignKey {
    let referenced = row.number(10)
    var key = ForeignKey(named: row.text(2))
    key.columns = found.columns(row.numbers(7), of: oid)
    key.referencedTable = ObjectName(schema: row.text(8), row.text(9))
    key.referencedColumns = found.columns(row.numbers(11), of: referenced)
    key.onUpdate = Self.action(row.text(12))
    key.onDelete = Self.action(row.text(13))
    key.match = row.text(14) == "f" ? .full : .simple
    key.setColumnsOnDelete = found.columns(row.numbers(15), of: oid)
    key.deferrability = Self.deferrability(isDeferrable: row.flag(3), isDeferred: row.flag(4))
    key.isTemporal = row.flag(25)
    key.isEnforced = row.flag(26)
    // What is not enforced is never validated either: one fact says it.
    key.isValidated = row.flag(5) || !key.isEnforced
    key.comment = row.comment(20)
    return key
  }

  private func check(_ row: PostgresResult.Row, demand: String) -> CheckConstraint {
    var check = CheckConstraint(named: row.text(2))
    check.expression = Self.withoutOuterParentheses(demand)
    check.isEnforced = row.flag(26)
    check.isValidated = row.flag(5) || !check.isEnforced
    check.isInherited = row.flag(16)
    check.isNotInherited = row.flag(6)
    check.comment = row.comment(20)
    return check
  }

  /// Exclusion constraints, made of the indexes that belong to them.
  ///
  /// - Parameter indexes: by their oid.
  func readExclusions(
    _ indexes: [Int: ReadIndex], into found: inout PostgresRelations
  ) throws(EngineError) {
    guard indexes.contains(where: \.value.isOfExclusion) else { return }
    let result = try connection.query(
      """
      SELECT con.conrelid, con.conname, con.conindid, con.condeferrable, con.condeferred,
        \(Self.joined("""
          ARRAY(SELECT format('OPERATOR(%I.%s)', opn.nspname, op.oprname)
            FROM unnest(con.conexclop) WITH ORDINALITY AS used(oid, position)
            JOIN pg_operator op ON op.oid = used.oid JOIN pg_namespace opn ON opn.oid = op.oprnamespace
            ORDER BY used.position)
          """)), comment.description
      FROM pg_constraint con
      JOIN pg_class c ON c.oid = con.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      \(Self.joinComment(catalog: "pg_constraint", oid: "con.oid"))
      WHERE con.contype = 'x' AND con.conparentid = 0 AND \(Self.isUsers(namespace: "n"))
      """)
    for row in result.rows {
      guard let index = indexes[row.number(2)] else { continue }
      var exclusion = ExclusionConstraint(named: row.text(1))
      exclusion.method = index.method
      exclusion.keys = index.keys
      exclusion.predicate = index.predicate
      exclusion.operators = row.list(5)
      exclusion.deferrability = Self.deferrability(isDeferrable: row.flag(3), isDeferred: row.flag(4))
      exclusion.includedColumns = index.includedColumns
      exclusion.index.isValid = index.isValid
      exclusion.index.tablespace = index.tablespace
      exclusion.index.options = index.options
      exclusion.index.extensions = index.extensions
      exclusion.index.comment = index.comment
      exclusion.comment = row.comment(6)
      found.tables[row.number(0)]?.exclusions.append(exclusion)
    }
  }

  static func deferrability(isDeferrable: Bool, isDeferred: Bool) -> Deferrability {
    switch (isDeferrable, isDeferred) {
    case (false, _): .notDeferrable
    case (true, false): .initiallyImmediate
    case (true, true): .initiallyDeferred
    }
  }

  /// From `pg_constraint.confupdtype` and `confdeltype`.
  private static func action(_ letter: String) -> ForeignKey.Action {
    switch letter {
    case "r": .restrict
    case "c": .cascade
    case "n": .setNull
    case "d": .setDefault
    default: .noAction
    }
  }

  /// `pg_get_expr` wraps a whole boolean expression in parentheses; the model holds it without.
  ///
  /// Only a pair that encloses everything is taken away.
  static func withoutOuterParentheses(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")") else { return text }
    var depth = 0
    var quote: UInt8?
    for (position, byte) in bytes.enumerated() {
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 && position < bytes.count - 1 { return text }
      default: break
      }
    }
    let inner = text.dropFirst().dropLast()
    // A query in parentheses is a value only with them.
    let word = inner.drop { $0.isWhitespace }.prefix { !$0.isWhitespace && $0 != "(" }
    return ["SELECT", "WITH", "VALUES"].contains(word) ? text : String(inner)
  }

  /// A column of the catalog that exists since a major version, or what stands for it before.
  func since(_ major: Int, _ column: String, else substitute: String) -> String {
    connection.majorVersion >= major ? column : substitute
  }

  /// The rows of keys, foreign keys and checks.
  var constraintsQuery: String {
    """
    SELECT con.conrelid, con.contype, con.conname, con.condeferrable, con.condeferred, con.convalidated,
      con.connoinherit, con.conkey, rn.nspname, rc.relname, con.confrelid, con.confkey, con.confupdtype,
      con.confdeltype, con.confmatchtype, \(since(15, "con.confdelsetcols", else: "NULL")), NOT con.conislocal,
      i.indkey, i.indnkeyatts, \(since(15, "i.indnullsnotdistinct", else: "false")), comment.description, con.oid,
      space.spcname, \(Self.options("ic.reloptions")), ixc.description,
      \(since(18, "con.conperiod", else: "false")), \(since(18, "con.conenforced", else: "true")),
      con.conindid, coalesce(i.indisvalid, true)
    FROM pg_constraint con
    LEFT JOIN pg_class rc ON rc.oid = con.confrelid AND rc.relkind IN ('r', 'p')
    LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u')
    LEFT JOIN pg_class ic ON ic.oid = i.indexrelid AND (ic.reltablespace <> 0 OR ic.reloptions IS NOT NULL)
    LEFT JOIN pg_tablespace space ON space.oid = ic.reltablespace
    LEFT JOIN pg_description ixc ON ixc.classoid = 'pg_class'::regclass AND ixc.objoid = i.indexrelid AND ixc.objsubid = 0
    \(Self.joinComment(catalog: "pg_constraint", oid: "con.oid"))
    WHERE con.contype IN ('p', 'u', 'f', 'c') AND con.conparentid = 0 AND con.conrelid >= \(Self.firstUserObject)
    """
  }
}
