import SchemaModel

/// Triggers, rules and event triggers as SQL.
package enum TriggerSQL {
  /// The paragraphs of PostgreSQL's trigger of a table or view.
  static func paragraphs(_ trigger: Trigger, on table: ObjectName) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let target = "\(dialect.identifier(trigger.name)) ON \(dialect.name(table))"
    return [create(trigger, on: table)] + firing(of: trigger.name, trigger.firing, kind: "TRIGGER", on: table)
      + ExtensionSQL.dependencies(of: "TRIGGER \(target)", trigger.extensions)
      + CommentSQL.statement(on: "TRIGGER \(target)", trigger.comment)
  }

  /// A SQLite trigger.
  static func sqlite(_ trigger: Trigger, on table: ObjectName) -> String {
    let dialect = SQLDialect.sqlite
    let events = trigger.events.map { event in
      event == .update && !trigger.columns.isEmpty
        ? "UPDATE OF \(dialect.identifiers(trigger.columns))" : event.rawValue.uppercased()
    }.joined(separator: " OR ")
    let head = """
      CREATE TRIGGER \(dialect.identifier(trigger.name))
      \(CommentSQL.lines(trigger.comment))  \(trigger.timing.rawValue.uppercased()) \(events) ON \(dialect.name(table))
      """
    let condition = trigger.condition.map { "\n  WHEN \(dialect.parenthesised($0))" } ?? ""
    return "\(head)\(condition)\nBEGIN\n  \(dialect.closed(trigger.body ?? ""))\nEND;"
  }

  /// The paragraphs of a rule.
  static func paragraphs(_ rule: RewriteRule, on table: ObjectName) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.identifier(rule.name)
    let condition = rule.condition.map { "\n  WHERE (\($0))" } ?? ""
    let create = """
      CREATE RULE \(name) AS
        ON \(rule.event.rawValue.uppercased()) TO \(dialect.name(table))\(condition)
        DO \(rule.isInstead ? "INSTEAD" : "ALSO") \(rule.actions);
      """
    return [create] + firing(of: rule.name, rule.firing, kind: "RULE", on: table)
      + CommentSQL.statement(on: "RULE \(name) ON \(dialect.name(table))", rule.comment)
  }

  /// The paragraphs of an event trigger.
  static func paragraphs(_ trigger: EventTrigger) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let target = "EVENT TRIGGER \(dialect.identifier(trigger.name.name))"
    let tags =
      trigger.tags.isEmpty
      ? "" : "\n  WHEN TAG IN (\(trigger.tags.map(dialect.literal).joined(separator: ", ")))"
    let create = "CREATE \(target) ON \(trigger.event)\(tags)\n  EXECUTE FUNCTION \(trigger.function)();"
    let firing = word(for: trigger.firing).map { ["ALTER \(target) \($0);"] } ?? []
    return [create] + firing + CommentSQL.statement(on: target, trigger.comment)
      + RightsSQL.paragraph(trigger.rights, on: target)
  }

  /// What a partition's share of its parent's triggers does otherwise.
  static func inherited(by table: Table) -> [String] {
    table.inheritedTriggers.sorted { $0.key < $1.key }.map { name, firing in
      alter(name, word(for: firing) ?? "ENABLE", kind: "TRIGGER", on: table.name)
    }
  }

  /// What is said of a partition's shares of foreign keys and triggers.
  static func attached(to table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let firing = table.attachedRules.foreignKeyTriggers.sorted { $0.key < $1.key }.flatMap { name, triggers in
      var key = ForeignKey(named: name)
      key.triggers = triggers
      return self.triggers(of: key, on: table.name)
    }
    let onKeys = table.attachedRules.foreignKeyComments.sorted { $0.key < $1.key }.flatMap { name, comment in
      CommentSQL.onConstraint(name, of: table.name, comment)
    }
    let onTriggers = table.attachedRules.triggerComments.sorted { $0.key < $1.key }.flatMap { name, comment in
      CommentSQL.statement(
        on: "TRIGGER \(dialect.identifier(name)) ON \(dialect.name(table.name))", comment)
    }
    return firing + CommentSQL.paragraph(onKeys + onTriggers)
  }

  /// What makes a partition's shares of foreign keys and triggers others.
  static func changes(from found: AttachedRules, to table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let expected = table.attachedRules
    guard found != expected else { return [] }
    var change = table
    change.attachedRules = AttachedRules()
    for name in Set(found.foreignKeyTriggers.keys).union(expected.foreignKeyTriggers.keys) {
      let (old, new) = (found.foreignKeyTriggers[name] ?? [:], expected.foreignKeyTriggers[name] ?? [:])
      // What fires as usual again must be said too.
      change.attachedRules.foreignKeyTriggers[name] = old.mapValues { _ in .enabled }.merging(new) { $1 }
    }
    func comments(_ old: [String: Comment], _ new: [String: Comment], on kind: String) -> [String] {
      Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map { name in
        CommentChange.statement(
          on: "\(kind) \(dialect.identifier(name)) ON \(dialect.name(table.name))", new[name])
      }
    }
    return attached(to: change).map(\.withoutSemicolon)
      + comments(found.foreignKeyComments, expected.foreignKeyComments, on: "CONSTRAINT")
      + comments(found.triggerComments, expected.triggerComments, on: "TRIGGER")
  }

  /// What the triggers that enforce a foreign key do otherwise; their names hold numbers of the server's own.
  package static func triggers(of key: ForeignKey, on table: ObjectName) -> [String] {
    key.triggers.sorted { $0.key < $1.key }.compactMap { name, firing in
      guard let role = ForeignKey.TriggerRole(rawValue: name) else { return nil }
      let pattern =
        switch role {
        case .checkOnInsert: "= 'RI_FKey_check_ins'"
        case .checkOnUpdate: "= 'RI_FKey_check_upd'"
        case .actionOnDelete: "LIKE '%\\_del'"
        case .actionOnUpdate: "LIKE '%\\_upd' AND p.proname <> 'RI_FKey_check_upd'"
        }
      return alter(
        word(for: firing) ?? "ENABLE", triggerCalling: pattern, of: key.name, on: table)
    }
  }

  /// What the trigger of a deferrable key does otherwise; `nil` when it fires as usual.
  static func recheck(of key: KeyConstraint, on table: ObjectName) -> [String] {
    word(for: key.recheck).map { [recheck(of: key, $0, on: table)] } ?? []
  }

  /// Makes the trigger of a deferrable key fire as the word says.
  static func recheck(of key: KeyConstraint, _ word: String, on table: ObjectName) -> String {
    alter(word, triggerCalling: "= 'unique_key_recheck'", of: key.name, on: table)
  }

  /// - Parameter pattern: a condition on the name of the trigger's function.
  private static func alter(
    _ word: String, triggerCalling pattern: String, of constraint: String, on table: ObjectName
  ) -> String {
    let dialect = SQLDialect.postgreSQL
    let search = """
      SELECT format('ALTER TABLE ONLY %s \(word) TRIGGER %I', t.tgrelid::regclass, t.tgname)
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
            JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
            WHERE c.conrelid = \(dialect.literal(dialect.name(table)))::regclass
              AND c.conname = \(dialect.literal(constraint)) AND p.proname \(pattern)
      """
    let block = "\nBEGIN\n  EXECUTE (\n    \(search)\n  );\nEND\n"
    return "DO " + RoutineSQL.dollarQuoted(block) + ";"
  }

  private static func create(_ trigger: Trigger, on table: ObjectName) -> String {
    let dialect = SQLDialect.postgreSQL
    let events = trigger.events.map { event in
      event == .update && !trigger.columns.isEmpty
        ? "UPDATE OF \(dialect.identifiers(trigger.columns))" : event.rawValue.uppercased()
    }.joined(separator: " OR ")
    let kind = trigger.isConstraint ? "CONSTRAINT TRIGGER" : "TRIGGER"
    var lines = [
      "CREATE \(kind) \(dialect.identifier(trigger.name))",
      "  \(trigger.timing.rawValue.uppercased()) \(events) ON \(dialect.name(table))",
    ]
    if let referenced = trigger.referencedTable { lines.append("  FROM \(dialect.name(referenced))") }
    if trigger.deferrability != .notDeferrable {
      lines.append("  \(trigger.deferrability.rawValue.uppercased())")
    }
    let names =
      (trigger.oldTable.map { ["OLD TABLE AS \(dialect.identifier($0))"] } ?? [])
      + (trigger.newTable.map { ["NEW TABLE AS \(dialect.identifier($0))"] } ?? [])
    if !names.isEmpty { lines.append("  REFERENCING \(names.joined(separator: " "))") }
    lines.append("  FOR EACH \(trigger.isForEachRow ? "ROW" : "STATEMENT")")
    if let condition = trigger.condition { lines.append("  WHEN (\(condition))") }
    let arguments = trigger.arguments.map(dialect.literal).joined(separator: ", ")
    lines.append("  EXECUTE FUNCTION \(trigger.function ?? "")(\(arguments));")
    return lines.joined(separator: "\n")
  }

  private static func firing(
    of name: String, _ firing: Firing, kind: String, on table: ObjectName
  ) -> [String] {
    word(for: firing).map { [alter(name, $0, kind: kind, on: table)] } ?? []
  }

  private static func alter(_ name: String, _ word: String, kind: String, on table: ObjectName) -> String {
    let dialect = SQLDialect.postgreSQL
    return "ALTER TABLE \(dialect.name(table)) \(word) \(kind) \(dialect.identifier(name));"
  }

  /// The words that change a new trigger to it; `nil` for what a new one does.
  static func word(for firing: Firing) -> String? {
    switch firing {
    case .enabled: nil
    case .disabled: "DISABLE"
    case .onReplica: "ENABLE REPLICA"
    case .always: "ENABLE ALWAYS"
    }
  }
}
