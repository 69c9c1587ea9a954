import SchemaModel

/// Clauses that columns and tables share.
extension SQLiteTokenCursor {
  /// Takes `ON CONFLICT action`; `nil` for ABORT, which is what SQLite does without the clause.
  mutating func takeConflictAction() -> String? {
    guard accept("on", "conflict"), let action = takeName()?.uppercased(), action != "ABORT" else {
      return nil
    }
    return action
  }

  /// Takes what follows `REFERENCES`: a table, its columns, and how the key behaves.
  mutating func takeReference(from columns: [String], named name: String?) -> ForeignKey? {
    guard let table = takeQualifiedName() else { return nil }
    var key = ForeignKey(named: name ?? "")
    key.isNamed = name != nil
    key.columns = columns
    key.referencedTable = ObjectName(table)
    if isAtSymbol("(") {
      guard let names = takeGroup()?.names else { return nil }
      key.referencedColumns = names
    }
    while true {
      if accept("on", "delete") {
        guard let action = takeAction() else { return nil }
        key.onDelete = action
      } else if accept("on", "update") {
        guard let action = takeAction() else { return nil }
        key.onUpdate = action
      } else if accept("match") {
        guard let match = takeName().flatMap({ ForeignKey.Match(rawValue: SQLiteName.folded($0)) }) else {
          return nil
        }
        key.match = match
      } else if let deferrability = takeDeferrability() {
        key.deferrability = deferrability
      } else {
        return key
      }
    }
  }

  /// Takes `[NOT] DEFERRABLE [INITIALLY …]`.
  mutating func takeDeferrability() -> Deferrability? {
    let isNot = isAt("not", "deferrable")
    guard accept("not", "deferrable") || accept("deferrable") else { return nil }
    let isDeferred = accept("initially", "deferred")
    if !isDeferred { _ = accept("initially", "immediate") }
    // SQLite checks NOT DEFERRABLE INITIALLY DEFERRED at once.
    if isNot { return .notDeferrable }
    return isDeferred ? .initiallyDeferred : .initiallyImmediate
  }

  private mutating func takeAction() -> ForeignKey.Action? {
    if accept("set", "null") { return .setNull }
    if accept("set", "default") { return .setDefault }
    if accept("no", "action") { return .noAction }
    if accept("cascade") { return .cascade }
    if accept("restrict") { return .restrict }
    return nil
  }
}

extension SQLiteTokenGroup {
  /// The names of a list of columns; `nil` when something else is among them.
  var names: [String]? {
    let names = items.map { $0.count == 1 ? $0.first?.name : nil }
    return names.contains(nil) ? nil : names.compactMap { $0 }
  }
}

extension KeyConstraint {
  /// A key with the name that was given to it, or none.
  init(given name: String?, columns: [String]) {
    self.init(named: name ?? "")
    isNamed = name != nil
    self.columns = columns
  }
}

extension CheckConstraint {
  /// A check with the name that was given to it, or none.
  init(given name: String?, _ condition: SQLiteTokenGroup?) {
    self.init(named: name ?? "")
    isNamed = name != nil
    expression = condition?.expression ?? ""
  }
}

/// The names of collations.
package enum SQLiteCollation {
  /// The collation as a fact: `nil` for BINARY, SQLite's own three in upper case, others as written.
  package static func canonical(_ name: String) -> String? {
    switch SQLiteName.folded(name) {
    case "binary": nil
    case "nocase": "NOCASE"
    case "rtrim": "RTRIM"
    default: name
    }
  }
}
