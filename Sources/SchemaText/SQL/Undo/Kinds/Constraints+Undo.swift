import SchemaModel

/// What differs of the index that a constraint owns.
private func indexAlteration(
  of fact: String, _ name: String, from found: ConstraintIndex, to expected: ConstraintIndex,
  in owner: ObjectName?
) -> Alteration? {
  let noun = SQLDialect.postgreSQL.index(name, of: owner)
  return switch fact {
  case "tablespace": .statement(TablespaceChange.statement(noun, to: expected.tablespace))
  case "storage parameters":
    .statements(OptionChange.storage(noun, from: found.options, to: expected.options))
  case "depends on extensions":
    .statements(ExtensionSQL.dependencies(of: noun, from: found.extensions, to: expected.extensions))
  case "index comment": .statement(CommentChange.statement(on: noun, expected.comment))
  case _: nil
  }
}

/// How a constraint of a table is called, and taken away.
private func constraintTarget(_ name: String, in owner: ObjectName?) -> UndoTarget {
  let dialect = SQLDialect.postgreSQL
  return UndoTarget("CONSTRAINT \(dialect.identifier(name)) ON \(dialect.place(owner))")
}

/// A member of a table that `ALTER TABLE` takes away.
protocol TableConstraint: Alterable where Name == String {}

extension TableConstraint {
  func target(in owner: ObjectName?) -> UndoTarget { constraintTarget(name, in: owner) }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return ["ALTER TABLE \(dialect.place(owner)) DROP CONSTRAINT \(dialect.identifier(name))"]
  }
}

extension KeyConstraint: TableConstraint {
  func alteration(
    of fact: String, from found: KeyConstraint, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    if fact == "recheck fires", let owner {
      let word = TriggerSQL.word(for: recheck) ?? "ENABLE"
      return .statement(TriggerSQL.recheck(of: self, word, on: owner).withoutSemicolon)
    }
    return indexAlteration(of: fact, name, from: found.index, to: index, in: owner) ?? .replacement
  }
}

extension ExclusionConstraint: TableConstraint {
  func alteration(
    of fact: String, from found: ExclusionConstraint, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    indexAlteration(of: fact, name, from: found.index, to: index, in: owner) ?? .replacement
  }
}

extension CheckConstraint: TableConstraint {
  func alteration(
    of fact: String, from found: CheckConstraint, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "validated" where isVouchedFor && found.isEnforced: ValidationSQL.alteration(name, of: owner)
    // Adding what the parent already gave it makes it the table's own too.
    case "inherited" where !isInherited:
      .statement(
        "ALTER TABLE \(SQLDialect.postgreSQL.place(owner)) ADD \(ConstraintSQL.clause(self, in: .postgreSQL))"
      )
    case "inherited": .impossible("a check that is the table's own cannot become its parent's alone")
    case _: .replacement
    }
  }
}

extension ForeignKey: TableConstraint {
  func alteration(
    of fact: String, from found: ForeignKey, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let dialect = SQLDialect.postgreSQL
    switch fact {
    case "validated" where isVouchedFor && found.isEnforced:
      return ValidationSQL.alteration(name, of: owner)
    case "deferrability":
      let words =
        switch deferrability {
        case .notDeferrable: "NOT DEFERRABLE"
        case .initiallyImmediate: "DEFERRABLE INITIALLY IMMEDIATE"
        case .initiallyDeferred: "DEFERRABLE INITIALLY DEFERRED"
        }
      return .statement(
        "ALTER TABLE \(dialect.place(owner)) ALTER CONSTRAINT \(dialect.identifier(name)) \(words)")
    case "triggers":
      guard let owner else { return .replacement }
      // What fires as usual again must be said too.
      var key = self
      for role in found.triggers.keys where triggers[role] == nil { key.triggers[role] = .enabled }
      return .statements(TriggerSQL.triggers(of: key, on: owner).map(\.withoutSemicolon))
    case _: return .replacement
    }
  }
}

/// Checking the rows of a constraint that was added without it.
enum ValidationSQL {
  static func statement(_ name: String, of owner: ObjectName?) -> String {
    let dialect = SQLDialect.postgreSQL
    return "ALTER TABLE \(dialect.place(owner)) VALIDATE CONSTRAINT \(dialect.identifier(name))"
  }

  static func alteration(_ name: String, of owner: ObjectName?) -> Alteration {
    .afterwards([statement(name, of: owner)])
  }
}
