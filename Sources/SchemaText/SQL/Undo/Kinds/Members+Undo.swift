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
    case "populated":
      return .statement("REFRESH \(noun)" + (isPopulated ? "" : " WITH NO DATA"))
    case "column defaults":
      let columns = Set(columnDefaults.keys).union(found.columnDefaults.keys).sorted()
      return .statements(
        columns.filter { columnDefaults[$0] != found.columnDefaults[$0] }.map { column in
          "ALTER \(noun) ALTER COLUMN \(dialect.identifier(column)) "
            + (columnDefaults[column].map { "SET DEFAULT \($0)" } ?? "DROP DEFAULT")
        })
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

extension Trigger: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TRIGGER \(SQLDialect.postgreSQL.identifier(name)) ON \(SQLDialect.postgreSQL.place(owner))")
  }

  func alteration(of fact: String, from found: Trigger, _ noun: String, in owner: ObjectName?) -> Alteration {
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
