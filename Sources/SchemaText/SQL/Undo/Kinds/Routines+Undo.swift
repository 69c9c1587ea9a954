import SchemaModel

extension Routine: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("\(RoutineSQL.kind(of: self)) \(RoutineSQL.signature(of: self))", everyone: [Grant.all])
  }

  /// `CREATE OR REPLACE` keeps owner, grants and all that needs the routine; it cannot change what callers rely on.
  func alteration(
    of fact: String, from found: Routine, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    if fact == "depends on extensions" {
      return .statements(ExtensionSQL.dependencies(of: noun, from: found.extensions, to: extensions))
    }
    guard form == found.form, result == found.result, arguments == found.arguments,
      argumentDefaults.count >= found.argumentDefaults.count
    else { return .replacement }
    return .statement(RoutineSQL.create(self, orReplace: true).withoutSemicolon)
  }
}

extension Aggregate: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    let name = RoutineSQL.name(baseName, in: self.name.schema)
    let types = arguments.map(\.type).joined(separator: ", ")
    return UndoTarget(
      "AGGREGATE \(name)(\(arguments.isEmpty ? "*" : types))", grants: "FUNCTION \(name)(\(types))",
      everyone: [Grant.all])
  }
}

extension ProceduralLanguage: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("LANGUAGE \(SQLDialect.postgreSQL.identifier(name.name))", everyone: [Grant.all])
  }

  func alteration(
    of fact: String, from found: ProceduralLanguage, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let create = LanguageSQL.paragraphs(self).first ?? ""
    return .statement("CREATE OR REPLACE" + create.dropFirst("CREATE".count).dropLast())
  }
}

extension TypeTransform: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget("TRANSFORM FOR \(name.name)") }

  func alteration(
    of fact: String, from found: TypeTransform, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let create = LanguageSQL.paragraphs(self).first ?? ""
    return .statement("CREATE OR REPLACE" + create.dropFirst("CREATE".count).dropLast())
  }
}

extension TypeCast: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget("CAST (\(name.name))") }
}

extension EncodingConversion: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("CONVERSION \(SQLDialect.postgreSQL.name(name))")
  }
}

extension AccessMethod: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("ACCESS METHOD \(SQLDialect.postgreSQL.identifier(name.name))")
  }
}

extension OperatorSymbol: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget(OperatorSQL.target(of: self)) }

  func alteration(
    of fact: String, from found: OperatorSymbol, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "restriction estimator":
      .statement("ALTER \(noun) SET (RESTRICT = \(restrictionEstimator ?? "NONE"))")
    case "join estimator": .statement("ALTER \(noun) SET (JOIN = \(joinEstimator ?? "NONE"))")
    case _: .replacement
    }
  }
}

extension OperatorFamily: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget(OperatorSQL.target(of: self)) }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] { ["DROP \(noun)"] }
}

extension OperatorClass: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget { UndoTarget(OperatorSQL.target(of: self)) }
}
