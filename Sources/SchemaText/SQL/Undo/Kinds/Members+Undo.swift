import SchemaModel

extension View: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    let name = SQLDialect.postgreSQL.name(name)
    return UndoTarget("\(ViewSQL.kind(of: self)) \(name)", grants: "TABLE \(name)")
  }

  func alteration(of fact: String, from found: View, _ noun: String, in owner: ObjectName?) -> Alteration {
    let dialect = SQLDialect.postgreSQL
    switch fact {
    case "options": return .statements(OptionChange.storage(noun, from: found.options, to: options))
    case "access method":
      return .statement("ALTER \(noun) SET ACCESS METHOD \(dialect.identifier(accessMethod ?? "heap"))")
    case "tablespace": return .statement(TablespaceChange.statement(noun, to: tablespace))
    case "toast storage parameters":
      return .statements(
        OptionChange.storage(noun, from: found.toastOptions, to: toastOptions, prefix: "toast."))
    case "depends on extensions":
      return .statements(ExtensionSQL.dependencies(of: noun, from: found.extensions, to: extensions))
    // The index must be there first.
    case "clustered on": return .statements([])
    case "column storage":
      // What the type's own way is, a view does not say.
      guard found.columnStorage.keys.allSatisfy({ columnStorage[$0] != nil }) else { return .replacement }
      return changes(of: noun, from: found.columnStorage, to: columnStorage) {
        "SET STORAGE \(($0 ?? "").uppercased())"
      }
    case "column compression":
      return changes(of: noun, from: found.columnCompression, to: columnCompression) {
        "SET COMPRESSION \($0.map(dialect.identifier) ?? "default")"
      }
    case "column statistics targets":
      return changes(of: noun, from: found.columnStatisticsTargets, to: columnStatisticsTargets) {
        "SET STATISTICS \($0 ?? -1)"
      }
    case "column options":
      let columns = Set(columnOptions.keys).union(found.columnOptions.keys).sorted()
      return .statements(
        columns.flatMap { column in
          OptionChange.storage(
            "\(noun) ALTER COLUMN \(dialect.identifier(column))", from: found.columnOptions[column] ?? [],
            to: columnOptions[column] ?? [])
        })
    case "populated":
      return .statement("REFRESH \(noun)" + (isPopulated ? "" : " WITH NO DATA"))
    case "column defaults":
      return changes(of: noun, from: found.columnDefaults, to: columnDefaults) {
        $0.map { "SET DEFAULT \($0)" } ?? "DROP DEFAULT"
      }
    case "column comments":
      return .statements(CommentChange.columns(of: name, from: found.columnComments, to: columnComments))
    case "column privileges":
      let change = RightsChange(noun: "TABLE \(dialect.name(name))", everyone: [], owner: "CURRENT_USER")
      let columns = Set(columnPrivileges.keys).union(found.columnPrivileges.keys).sorted()
      return .statements(
        columns.flatMap { column in
          change.statements(
            from: found.columnPrivileges[column] ?? [], to: columnPrivileges[column] ?? [], column: column)
        })
    case _: return .replacement
    }
  }
}

/// What makes values that are held by column others.
private func changes<Value: Equatable>(
  of noun: String, from found: [String: Value], to expected: [String: Value], _ action: (Value?) -> String
) -> Alteration {
  let columns = Set(found.keys).union(expected.keys).sorted().filter { found[$0] != expected[$0] }
  return .statements(
    columns.map { column in
      "ALTER \(noun) ALTER COLUMN \(SQLDialect.postgreSQL.identifier(column)) \(action(expected[column]))"
    })
}

/// What a materialized view says of its indexes, which must be there first.
enum LateViewChange {
  /// Also what went away with an index that was made anew.
  static func statements(from found: View, to expected: View, remade: (String) -> Bool) -> [String] {
    guard found.clusteredOn != expected.clusteredOn || expected.clusteredOn.map(remade) == true else {
      return []
    }
    if expected.clusteredOn != nil { return ViewSQL.clustering(expected).map(\.withoutSemicolon) }
    return ["ALTER \(expected.target(in: nil).noun) SET WITHOUT CLUSTER"]
  }
}

extension Trigger: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TRIGGER \(SQLDialect.postgreSQL.identifier(name)) ON \(SQLDialect.postgreSQL.place(owner))")
  }

  func alteration(of fact: String, from found: Trigger, _ noun: String, in owner: ObjectName?) -> Alteration {
    if fact == "depends on extensions" {
      return .statements(ExtensionSQL.dependencies(of: noun, from: found.extensions, to: extensions))
    }
    guard fact == "fires" else { return .replacement }
    let dialect = SQLDialect.postgreSQL
    let word = TriggerSQL.word(for: firing) ?? "ENABLE"
    return .statement("ALTER TABLE \(dialect.place(owner)) \(word) TRIGGER \(dialect.identifier(name))")
  }
}

extension RewriteRule: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("RULE \(SQLDialect.postgreSQL.identifier(name)) ON \(SQLDialect.postgreSQL.place(owner))")
  }

  func alteration(
    of fact: String, from found: RewriteRule, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    guard fact == "fires" else { return .replacement }
    let dialect = SQLDialect.postgreSQL
    let word = TriggerSQL.word(for: firing) ?? "ENABLE"
    return .statement("ALTER TABLE \(dialect.place(owner)) \(word) RULE \(dialect.identifier(name))")
  }
}

extension Policy: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("POLICY \(SQLDialect.postgreSQL.identifier(name)) ON \(SQLDialect.postgreSQL.place(owner))")
  }
}

extension TableIndex: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget(SQLDialect.postgreSQL.index(name, of: owner))
  }

  func alteration(
    of fact: String, from found: TableIndex, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "valid":
      return isValid
        ? .statement("REINDEX \(noun)") : .impossible("no statement makes an index that is not valid")
    case "tablespace": return .statement(TablespaceChange.statement(noun, to: tablespace))
    case "depends on extensions":
      return .statements(ExtensionSQL.dependencies(of: noun, from: found.extensions, to: extensions))
    case "storage parameters":
      return .statements(OptionChange.storage(noun, from: found.options, to: options))
    case "statistics targets":
      let places = Set(statisticsTargets.keys).union(found.statisticsTargets.keys).sorted()
      return .statements(
        places.filter { statisticsTargets[$0] != found.statisticsTargets[$0] }.map { place in
          "ALTER \(noun) ALTER COLUMN \(place) SET STATISTICS \(statisticsTargets[place] ?? -1)"
        })
    case _: return .replacement
    }
  }
}

/// Where something is stored, as a statement.
enum TablespaceChange {
  /// - Parameter tablespace: `nil` for where the database is, which is called `pg_default` unless it was moved.
  static func statement(_ noun: String, to tablespace: String?) -> String {
    "ALTER \(noun) SET TABLESPACE \(tablespace.map(SQLDialect.postgreSQL.identifier) ?? "pg_default")"
  }
}

extension SQLDialect {
  /// The name of what a member stands on.
  func place(_ owner: ObjectName?) -> String { owner.map(name) ?? "" }

  /// An index, which is in its table's schema.
  func index(_ index: String, of owner: ObjectName?) -> String {
    "INDEX \(name(ObjectName(schema: owner?.schema, index)))"
  }
}
