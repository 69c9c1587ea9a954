import SchemaModel

extension Table: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    let name = SQLDialect.postgreSQL.name(name)
    let kind = foreignServer == nil ? "TABLE" : "FOREIGN TABLE"
    return UndoTarget("\(kind) \(name)", grants: "TABLE \(name)")
  }

  /// What it is a part of, and what makes its columns, is not asked here.
  func alteration(of fact: String, from found: Table, _ noun: String, in owner: ObjectName?) -> Alteration {
    let dialect = SQLDialect.postgreSQL
    func only(_ action: String) -> Alteration {
      .statement("ALTER TABLE ONLY \(dialect.name(name)) \(action)")
    }
    switch fact {
    // One after the other, as tables refer to each other.
    case "unlogged": return .statements([])
    case "partition of", "inherits", "row type", "replica identity", "clustered on", "inherited triggers":
      return .statements([])
    // Of indexes that must be there first.
    case _ where fact.hasPrefix("attached "): return .statements([])
    case "foreign options":
      guard foreignServer == found.foreignServer, foreignServer != nil else { return .replacement }
      return .statement(
        "ALTER \(noun) \(OptionChange.foreign(from: found.foreignOptions, to: foreignOptions))")
    case "access method":
      guard foreignServer == found.foreignServer else { return .replacement }
      let usual = partitionKey == nil ? "heap" : "DEFAULT"
      return .statement("ALTER \(noun) SET ACCESS METHOD \(accessMethod.map(dialect.identifier) ?? usual)")
    case "tablespace": return .statement(TablespaceChange.statement(noun, to: tablespace))
    case "storage parameters":
      return .statements(OptionChange.storage(noun, from: found.options, to: options))
    case "toast storage parameters":
      return .statements(
        OptionChange.storage(noun, from: found.toastOptions, to: toastOptions, prefix: "toast."))
    case "row security": return only("\(hasRowSecurity ? "ENABLE" : "DISABLE") ROW LEVEL SECURITY")
    case "row security for the owner":
      return only("\(forcesRowSecurity ? "FORCE" : "NO FORCE") ROW LEVEL SECURITY")
    case _: return .replacement
    }
  }
}

/// What a table says of its indexes and its parents' triggers, which must be there first.
enum LateTableChange {
  /// Also what went away with an index that was made anew.
  static func statements(from found: Table, to expected: Table, remade: (String) -> Bool) -> [String] {
    let dialect = SQLDialect.postgreSQL
    var actions: [String] = []
    let isIdentityLost =
      if case .index(let name) = expected.replicaIdentity { remade(name) } else { false }
    if found.replicaIdentity != expected.replicaIdentity || isIdentityLost {
      let words =
        switch expected.replicaIdentity {
        case .primaryKey: "DEFAULT"
        case .full: "FULL"
        case .nothing: "NOTHING"
        case .index(let name): "USING INDEX \(dialect.identifier(name))"
        }
      actions.append("REPLICA IDENTITY \(words)")
    }
    if found.clusteredOn != expected.clusteredOn || expected.clusteredOn.map(remade) == true {
      actions.append(
        expected.clusteredOn.map { "CLUSTER ON \(dialect.identifier($0))" } ?? "SET WITHOUT CLUSTER")
    }
    let names = Set(found.inheritedTriggers.keys).union(expected.inheritedTriggers.keys).sorted()
    for name in names where found.inheritedTriggers[name] != expected.inheritedTriggers[name] {
      let word = expected.inheritedTriggers[name].flatMap(TriggerSQL.word) ?? "ENABLE"
      actions.append("\(word) TRIGGER \(dialect.identifier(name))")
    }
    return actions.map { "ALTER TABLE ONLY \(dialect.name(expected.name)) \($0)" }
  }
}
