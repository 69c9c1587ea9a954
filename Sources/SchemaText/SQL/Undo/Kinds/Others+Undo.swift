import SchemaModel

extension Namespace: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget(
      "SCHEMA \(SQLDialect.postgreSQL.name(name))", everyone: NamespaceSQL.isStandard(self) ? ["USAGE"] : [])
  }
}

extension InstalledExtension: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("EXTENSION \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: InstalledExtension, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let dialect = SQLDialect.postgreSQL
    return switch fact {
    case "version": .statement("ALTER \(noun) UPDATE TO \(dialect.literal(version))")
    case "schema": .statement("ALTER \(noun) SET SCHEMA \(dialect.identifier(schema))")
    case _: .replacement
    }
  }
}

extension Role: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("ROLE \(SQLDialect.postgreSQL.role(name.name))")
  }

  func alteration(of fact: String, from found: Role, _ noun: String, in owner: ObjectName?) -> Alteration {
    func flag(_ word: String, _ isOn: Bool) -> Alteration {
      .statement("ALTER \(noun) \(isOn ? "" : "NO")\(word)")
    }
    let dialect = SQLDialect.postgreSQL
    switch fact {
    case "login": return flag("LOGIN", canLogIn)
    case "superuser": return flag("SUPERUSER", isSuperuser)
    case "inherit": return flag("INHERIT", inherits)
    case "create role": return flag("CREATEROLE", canCreateRoles)
    case "create database": return flag("CREATEDB", canCreateDatabases)
    case "replication": return flag("REPLICATION", canReplicate)
    case "bypass row security": return flag("BYPASSRLS", bypassesRowSecurity)
    case "connection limit": return .statement("ALTER \(noun) CONNECTION LIMIT \(connectionLimit)")
    case "valid until":
      return .statement(
        "ALTER \(noun) VALID UNTIL \(dialect.literal(validUntil.map { $0 + "+00" } ?? "infinity"))")
    case "member of":
      let role = dialect.role(name.name)
      let gone = found.memberOf.filter { !memberOf.contains($0) }.map {
        "REVOKE \(dialect.role($0.role)) FROM \(role)"
      }
      let new = memberOf.filter { !found.memberOf.contains($0) }.map {
        "GRANT \(dialect.role($0.role)) TO \(role)" + ($0.isAdministrator ? " WITH ADMIN OPTION" : "")
      }
      return .statements(gone + new)
    case "settings":
      return .statements(
        OptionChange.settings(from: found.settings, to: settings).map { "ALTER \(noun) \($0)" })
    case "parameter privileges":
      return .statements(
        RoleSQL.parameters(
          from: found.parameterPrivileges, to: parameterPrivileges, of: dialect.role(name.name)))
    case _: return .impossible("a role belongs to the whole server")
    }
  }
}

extension SequenceGenerator: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("SEQUENCE \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: SequenceGenerator, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "options":
      // Where it stands would be outside: it begins anew.
      let isApart = options.minimum > found.options.maximum || options.maximum < found.options.minimum
      return .statement(
        "ALTER \(noun) AS \(options.type) \(SequenceSQL.all(options))" + (isApart ? " RESTART" : ""))
    case "owned by":
      // A sequence that a column owns belongs to whom the column's table does.
      return .tie(
        freeing: found.ownedBy == nil ? [] : ["ALTER \(noun) OWNED BY NONE"],
        tying: ownedBy == nil ? [] : SequenceSQL.ownership(self).map(\.withoutSemicolon))
    case "unlogged": return .statement("ALTER \(noun) SET \(isUnlogged ? "UNLOGGED" : "LOGGED")")
    case _: return .replacement
    }
  }
}

extension SequenceGenerator {
  /// One that a column owns may have gone along with it.
  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    [
      "DROP "
        + (ownedBy == nil
          ? noun : noun.replacing("SEQUENCE ", with: "SEQUENCE IF EXISTS ", maxReplacements: 1))
    ]
  }
}

extension ExtendedStatistics: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("STATISTICS \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: ExtendedStatistics, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    fact == "target" ? .statement("ALTER \(noun) SET STATISTICS \(target ?? -1)") : .replacement
  }
}

extension SecurityLabel: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget(
      "SECURITY LABEL FOR \(SQLDialect.postgreSQL.identifier(provider)) ON \(objectType.uppercased()) \(object)"
    )
  }

  func alteration(
    of fact: String, from found: SecurityLabel, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    .statement("\(noun) IS \(SQLDialect.postgreSQL.literal(label))")
  }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] { ["\(noun) IS NULL"] }
}

extension ChangedPrivileges: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("\(objectType.uppercased()) \(object)")
  }

  func alteration(
    of fact: String, from found: ChangedPrivileges, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    .statements(
      (ChangedPrivilegesSQL.takingBack(found) + ChangedPrivilegesSQL.statements(self))
        .map(\.withoutSemicolon))
  }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    ChangedPrivilegesSQL.takingBack(self).map(\.withoutSemicolon)
  }
}

extension DefaultPrivileges: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget(DefaultPrivilegesSQL.head(of: self)) }

  func alteration(
    of fact: String, from found: DefaultPrivileges, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    .statements(change.statements(from: found.privileges, to: privileges).map { noun + $0 })
  }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    // For one schema the list is what is granted beside the usual.
    change.statements(from: privileges, to: name.schema == nil ? nil : []).map { noun + $0 }
  }

  private var change: RightsChange {
    RightsChange(
      noun: objects, everyone: objects == "FUNCTIONS" || objects == "TYPES" ? [Grant.all] : [],
      owner: RightsSQL.name(of: maker, owner: nil))
  }
}

extension DatabaseProperties: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget("DATABASE") }

  func alteration(
    of fact: String, from found: DatabaseProperties, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    .statements(DatabaseSQL.changes(of: fact, from: found, to: self).map(\.withoutSemicolon))
  }
}

extension EventTrigger: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("EVENT TRIGGER \(SQLDialect.postgreSQL.identifier(name.name))")
  }

  func alteration(
    of fact: String, from found: EventTrigger, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    fact == "fires" ? .statement("ALTER \(noun) \(TriggerSQL.word(for: firing) ?? "ENABLE")") : .replacement
  }
}

extension TextSearchParser: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TEXT SEARCH PARSER \(SQLDialect.postgreSQL.name(name))")
  }
}

extension TextSearchTemplate: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TEXT SEARCH TEMPLATE \(SQLDialect.postgreSQL.name(name))")
  }
}

extension TextSearchDictionary: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TEXT SEARCH DICTIONARY \(SQLDialect.postgreSQL.name(name))")
  }
}

extension TextSearchConfiguration: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TEXT SEARCH CONFIGURATION \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: TextSearchConfiguration, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    guard fact == "mappings" else { return .replacement }
    let dialect = SQLDialect.postgreSQL
    let tokens = Set(mappings.keys).union(found.mappings.keys).sorted()
    return .statements(
      tokens.filter { mappings[$0] != found.mappings[$0] }.map { token in
        let place = "MAPPING FOR \(dialect.identifier(token))"
        guard let dictionaries = mappings[token] else { return "ALTER \(noun) DROP \(place)" }
        let verb = found.mappings[token] == nil ? "ADD" : "ALTER"
        return "ALTER \(noun) \(verb) \(place) WITH \(dictionaries.map(dialect.name).joined(separator: ", "))"
      })
  }
}
