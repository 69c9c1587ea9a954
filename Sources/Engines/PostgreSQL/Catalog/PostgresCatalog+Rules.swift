import SchemaModel

extension PostgresCatalog {
  /// Rules of tables and views, except those that make a view.
  func readRules(into found: inout PostgresRelations) throws(EngineError) {
    let result = try queryWithoutKeepingLocks(
      """
      SELECT r.ev_class, r.rulename, r.ev_type, r.ev_enabled, r.is_instead, pg_get_ruledef(r.oid), comment.description
      FROM pg_rewrite r
      JOIN pg_class c ON c.oid = r.ev_class
      JOIN pg_namespace n ON n.oid = c.relnamespace
      \(Self.joinComment(catalog: "pg_rewrite", oid: "r.oid"))
      WHERE r.rulename <> '_RETURN' AND \(Self.isUsers(namespace: "n"))
      """)
    for row in result.rows {
      var rule = RewriteRule(named: row.text(1))
      rule.event = Self.event(row.text(2))
      rule.firing = Self.firing(row.text(3))
      rule.isInstead = row.flag(4)
      rule.comment = row.comment(6)
      guard let parts = PrintedClauses(row.text(5)).split(at: "DO") else {
        throw EngineError(
          .unsupported, "the server printed a rule in a form that is not known", detail: [row.text(5)])
      }
      rule.condition = parts.before.split(at: "WHERE")?.after.condition
      let actions = parts.after.text
      rule.actions = SettledText.of(
        PrintedClauses(String(actions.dropFirst(rule.isInstead ? "INSTEAD".count : 0).dropLast())).text)
      found.tables[row.number(0)]?.rules.append(rule)
      found.views[row.number(0)]?.rules.append(rule)
    }
  }

  private static func event(_ letter: String) -> RewriteRule.Event {
    switch letter {
    case "1": .select
    case "2": .update
    case "4": .delete
    default: .insert
    }
  }

  /// Event triggers; those of ``PostgresRecorder`` are none of the user's.
  func eventTriggers() throws(EngineError) -> [EventTrigger] {
    let result = try connection.query(
      """
      SELECT e.evtname, e.evtevent, \(Self.joined("e.evttags")), cardinality(e.evttags),
        \(Self.functionName("e.evtfoid")), e.evtenabled, comment.description, \(Self.owner("e.evtowner"))
      FROM pg_event_trigger e
      \(Self.joinComment(catalog: "pg_event_trigger", oid: "e.oid"))
      WHERE \(Self.isFree(catalog: "pg_event_trigger", oid: "e.oid")) AND NOT EXISTS (
        SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.oid = e.evtfoid AND n.nspname = '\(PostgresRecorder.schema)')
      """)
    return result.rows.map { row in
      var trigger = EventTrigger(named: ObjectName(row.text(0)))
      trigger.event = row.text(1)
      trigger.tags = row.number(3) == 0 ? [] : row.list(2)
      trigger.function = row.text(4)
      trigger.firing = Self.firing(row.text(5))
      trigger.comment = row.comment(6)
      trigger.rights.owner = row.optional(7)
      return trigger
    }.sorted { $0.name < $1.name }
  }
}
