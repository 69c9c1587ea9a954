import SchemaModel

extension PostgresCatalog {
  /// Triggers of tables and views.
  ///
  /// What a partition has only because its parent has it goes into ``Table/inheritedTriggers`` where it fires
  /// at other times than the parent's.
  func readTriggers(into found: inout PostgresRelations) throws(EngineError) {
    let result = try connection.query(
      """
      SELECT t.tgrelid, t.tgname, t.tgtype, t.tgenabled, \(Self.functionName("t.tgfoid")),
        CASE WHEN t.tgnargs > 0 THEN \(Self.triggerArguments) END, t.tgnargs,
        \(Self.joined("ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr) ORDER BY 1)")),
        cardinality(t.tgattr::smallint[]), CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END,
        t.tgoldtable, t.tgnewtable, t.tgconstraint <> 0, t.tgdeferrable, t.tginitdeferred, rn.nspname, rc.relname,
        comment.description, t.tgparentid <> 0, t.oid
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_constraint con ON con.oid = t.tgconstraint
      LEFT JOIN pg_trigger parent ON parent.oid = t.tgparentid
      LEFT JOIN pg_class rc ON rc.oid = t.tgconstrrelid
      LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      \(Self.joinComment(catalog: "pg_trigger", oid: "t.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND (NOT t.tgisinternal OR t.tgparentid <> 0)
        AND (t.tgconstraint = 0 OR con.contype = 't')
        AND CASE WHEN t.tgparentid = 0 THEN NOT t.tgisinternal ELSE t.tgenabled <> parent.tgenabled END
      """)
    for row in result.rows {
      let oid = row.number(0)
      if row.flag(18) {
        found.tables[oid]?.inheritedTriggers[row.text(1)] = Self.firing(row.text(3))
        continue
      }
      let trigger = trigger(row)
      found.tables[oid]?.triggers.append(trigger)
      found.views[oid]?.triggers.append(trigger)
    }
  }

  private func trigger(_ row: PostgresResult.Row) -> Trigger {
    let type = row.number(2)
    var trigger = Trigger(named: row.text(1))
    trigger.timing = type & 64 != 0 ? .insteadOf : type & 2 != 0 ? .before : .after
    let events: [(Int, Trigger.Event)] = [(4, .insert), (16, .update), (8, .delete), (32, .truncate)]
    trigger.events = events.filter { type & $0.0 != 0 }.map(\.1)
    trigger.isForEachRow = type & 1 != 0
    trigger.firing = Self.firing(row.text(3))
    trigger.function = row.optional(4)
    // Each argument is ended by a separator.
    trigger.arguments = Array(row.list(5).prefix(row.number(6)))
    trigger.columns = row.number(8) == 0 ? [] : row.list(7)
    trigger.condition = row.optional(9).flatMap { PrintedClauses($0).split(at: "WHEN")?.after.condition }
    trigger.oldTable = row.optional(10)
    trigger.newTable = row.optional(11)
    trigger.isConstraint = row.flag(12)
    trigger.deferrability = Self.deferrability(isDeferrable: row.flag(13), isDeferred: row.flag(14))
    trigger.referencedTable = row.optional(16).map { ObjectName(schema: row.optional(15), $0) }
    trigger.extensions = dependents.take("pg_trigger", row.number(19))
    trigger.comment = row.comment(17)
    return trigger
  }

  /// An expression: the arguments of a trigger, each ended by the separator of lists instead of a zero byte.
  private static let triggerArguments = """
    convert_from(decode(replace(replace(regexp_replace(encode(t.tgargs, 'hex'), '(..)', '\\1 ', 'g'), '00 ', '01 '), ' ', ''),
          'hex'), getdatabaseencoding())
    """

  /// From `tgenabled`, `evtenabled` or `ev_enabled`.
  static func firing(_ letter: String) -> Firing {
    switch letter {
    case "D": .disabled
    case "R": .onReplica
    case "A": .always
    default: .enabled
    }
  }

  /// How the trigger of a deferrable key stands among those of foreign keys.
  static let recheckTrigger = "recheck"

  /// Which of the triggers of foreign keys and deferrable keys fire otherwise than usual, by `pg_constraint.oid`.
  func keyTriggers() throws(EngineError) -> [Int: [String: Firing]] {
    let result = try connection.query(
      """
      SELECT t.tgconstraint, p.proname, t.tgenabled FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgconstraint <> 0 AND t.tgenabled <> 'O'
      """)
    return result.rows.reduce(into: [:]) { triggers, row in
      let isRecheck = row.text(1) == "unique_key_recheck"
      guard
        let role = isRecheck
          ? Self.recheckTrigger : ForeignKey.TriggerRole(function: row.text(1))?.rawValue
      else { return }
      triggers[row.number(0), default: [:]][role] = Self.firing(row.text(2))
    }
  }

  /// What is said of partitions' shares of foreign keys and triggers.
  ///
  /// - Parameter triggers: which fire otherwise than usual, by the oid of the constraint.
  func readAttachedRules(
    firing triggers: [Int: [String: Firing]], into found: inout PostgresRelations
  ) throws(EngineError) {
    let keys = try connection.query(
      """
      SELECT con.oid, con.conrelid, con.conname, comment.description
      FROM pg_constraint con JOIN pg_constraint whole ON whole.oid = con.conparentid
      \(Self.joinComment(catalog: "pg_constraint", oid: "con.oid"))
      WHERE con.contype = 'f' AND con.conparentid <> 0 AND con.conrelid <> whole.conrelid
        AND (comment.description IS NOT NULL OR con.oid = ANY (\(Self.array(triggers.keys.sorted()))::oid[]))
      """)
    for row in keys.rows {
      let oid = row.number(1)
      found.tables[oid]?.attachedRules.foreignKeyTriggers[row.text(2)] = triggers[row.number(0)]
      found.tables[oid]?.attachedRules.foreignKeyComments[row.text(2)] = row.comment(3)
    }
    let comments = try connection.query(
      """
      SELECT t.tgrelid, t.tgname, d.description
      FROM pg_description d JOIN pg_trigger t ON t.oid = d.objoid LEFT JOIN pg_constraint con ON con.oid = t.tgconstraint
      WHERE d.classoid = 'pg_trigger'::regclass AND t.tgparentid <> 0 AND (con.oid IS NULL OR con.contype = 't')
      """)
    for row in comments.rows {
      found.tables[row.number(0)]?.attachedRules.triggerComments[row.text(1)] = row.comment(2)
    }
  }
}

extension ForeignKey.TriggerRole {
  /// From the name of the trigger's function.
  fileprivate init?(function: String) {
    switch function {
    case "RI_FKey_check_ins": self = .checkOnInsert
    case "RI_FKey_check_upd": self = .checkOnUpdate
    case _ where function.hasSuffix("_del"): self = .actionOnDelete
    case _ where function.hasSuffix("_upd"): self = .actionOnUpdate
    default: return nil
    }
  }
}
