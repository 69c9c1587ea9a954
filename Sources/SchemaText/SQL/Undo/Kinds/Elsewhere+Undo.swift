import SchemaModel

extension ForeignDataWrapper: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("FOREIGN DATA WRAPPER \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: ForeignDataWrapper, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "handler": .statement("ALTER \(noun) \(handler.map { "HANDLER \($0)" } ?? "NO HANDLER")")
    case "validator": .statement("ALTER \(noun) \(validator.map { "VALIDATOR \($0)" } ?? "NO VALIDATOR")")
    case "options": .statement("ALTER \(noun) \(OptionChange.foreign(from: found.options, to: options))")
    case _: .replacement
    }
  }
}

extension ForeignServer: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    let name = SQLDialect.postgreSQL.name(name)
    return UndoTarget("SERVER \(name)", grants: "FOREIGN SERVER \(name)")
  }

  func alteration(
    of fact: String, from found: ForeignServer, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "version":
      .statement("ALTER \(noun) VERSION \(version.map(SQLDialect.postgreSQL.literal) ?? "NULL")")
    case "options": .statement("ALTER \(noun) \(OptionChange.foreign(from: found.options, to: options))")
    case _: .replacement
    }
  }
}

extension UserMapping: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    let dialect = SQLDialect.postgreSQL
    let role = role == "public" ? "PUBLIC" : dialect.role(role)
    return UndoTarget("USER MAPPING FOR \(role) SERVER \(dialect.identifier(server))")
  }

  func alteration(
    of fact: String, from found: UserMapping, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    .statement("ALTER \(noun) \(OptionChange.foreign(from: found.options, to: options))")
  }
}

extension Publication: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("PUBLICATION \(SQLDialect.postgreSQL.name(name))")
  }

  func alteration(
    of fact: String, from found: Publication, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "tables", "schemas":
      let objects = ReplicationSQL.objects(of: self)
      guard isOfAllTables == found.isOfAllTables, !objects.isEmpty else { return .replacement }
      // Both facts are one statement.
      if fact == "schemas", tables != found.tables { return .statements([]) }
      return .statement("ALTER \(noun) SET \(objects.joined(separator: ", "))")
    case "operations":
      let list = SQLDialect.postgreSQL.literal(operations.joined(separator: ", "))
      return .statement("ALTER \(noun) SET (publish = \(list))")
    case "via root": return .statement("ALTER \(noun) SET (publish_via_partition_root = \(isViaRoot))")
    case "generated columns":
      let value = includesGeneratedColumns ? "stored" : "none"
      return .statement("ALTER \(noun) SET (publish_generated_columns = \(value))")
    case _: return .replacement
    }
  }
}

extension Subscription: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("SUBSCRIPTION \(SQLDialect.postgreSQL.name(name))")
  }

  /// What the server takes by itself of what can be set later (`CREATE SUBSCRIPTION`).
  private static let usual = [
    "binary": "false", "disable_on_error": "false", "origin": "any", "password_required": "true",
    "run_as_owner": "false", "streaming": "off", "synchronous_commit": "off",
  ]

  func alteration(
    of fact: String, from found: Subscription, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let dialect = SQLDialect.postgreSQL
    switch fact {
    case "publications":
      let list = publications.map(dialect.identifier).joined(separator: ", ")
      return .statement("ALTER \(noun) SET PUBLICATION \(list) WITH (refresh = false)")
    case "slot":
      // It can only be changed while nobody reads it.
      let takesRowsAgain = slot != nil && found.isEnabled == true && isEnabled != false
      return .statements(
        ["ALTER \(noun) DISABLE", "ALTER \(noun) SET (slot_name = \(slot.map(dialect.literal) ?? "NONE"))"]
          + (takesRowsAgain ? ["ALTER \(noun) ENABLE"] : []))
    case "connection":
      guard let connection, let found = found.connection else {
        return .impossible("how it connects is not known")
      }
      guard !(connection + found).contains(where: ForeignOption.isWithheld) else {
        return .impossible("to say how a subscription connects takes its password, which plumb never keeps")
      }
      return .statement("ALTER \(noun) CONNECTION \(dialect.literal(ReplicationSQL.connection(connection)))")
    case "enabled":
      return .statement("ALTER \(noun) \(isEnabled == true ? "ENABLE" : "DISABLE")")
    case "options":
      let names = Set((options + found.options).map(OptionChange.name)).sorted()
      var changes: [String] = []
      for name in names {
        let new = options.first { OptionChange.name($0) == name }
        guard new != found.options.first(where: { OptionChange.name($0) == name }) else { continue }
        guard let usual = Self.usual[name] else {
          return .impossible("a subscription's \(name) is settled when it is made")
        }
        changes.append("\(name) = \(dialect.literal(new.map(OptionChange.value) ?? usual))")
      }
      return .statement("ALTER \(noun) SET (\(changes.joined(separator: ", ")))")
    case _: return .replacement
    }
  }

  /// The slot stays where it is: to remove it takes the publisher, and no transaction.
  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    (slot == nil ? [] : ["ALTER \(noun) DISABLE", "ALTER \(noun) SET (slot_name = NONE)"]) + ["DROP \(noun)"]
  }
}
