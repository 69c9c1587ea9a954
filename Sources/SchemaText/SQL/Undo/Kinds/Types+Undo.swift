import SchemaModel

extension Collation: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("COLLATION \(SQLDialect.postgreSQL.name(name))")
  }
}

extension EnumType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TYPE \(SQLDialect.postgreSQL.name(name))", everyone: [Grant.all])
  }

  /// A label can be added anywhere; none can be moved or taken away, so anything else makes the type anew.
  func alteration(
    of fact: String, from found: EnumType, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    guard fact == "labels", labels.filter(found.labels.contains) == found.labels else { return .replacement }
    let dialect = SQLDialect.postgreSQL
    var statements: [String] = []
    for (place, label) in labels.enumerated() where !found.labels.contains(label) {
      let position =
        place > 0
        ? " AFTER \(dialect.literal(labels[place - 1]))"
        : found.labels.first.map { " BEFORE \(dialect.literal($0))" } ?? ""
      statements.append("ALTER \(noun) ADD VALUE \(dialect.literal(label))\(position)")
    }
    return .apart(statements)
  }
}

extension ShellType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TYPE \(SQLDialect.postgreSQL.name(name))")
  }
}

extension ScalarType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TYPE \(SQLDialect.postgreSQL.name(name))", everyone: [Grant.all])
  }

  func alteration(
    of fact: String, from found: ScalarType, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    let change: (word: String, function: String?)? =
      switch fact {
      case "receive": ("RECEIVE", receive)
      case "send": ("SEND", send)
      case "modifier input": ("TYPMOD_IN", modifierInput)
      case "modifier output": ("TYPMOD_OUT", modifierOutput)
      case "analyze": ("ANALYZE", analyze)
      case "subscript": ("SUBSCRIPT", subscripting)
      case _: nil
      }
    guard let change else { return .replacement }
    return .statement("ALTER \(noun) SET (\(change.word) = \(change.function ?? "NONE"))")
  }

  /// The type and its own functions need each other; what else needed it was taken away or led around it before.
  func removal(_ noun: String, in owner: ObjectName?) -> [String] { ["DROP \(noun) CASCADE"] }
}

extension RangeType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TYPE \(SQLDialect.postgreSQL.name(name))", everyone: [Grant.all])
  }

  func removal(_ noun: String, in owner: ObjectName?) -> [String] {
    ["DROP \(noun)" + (canonicalFunction == nil ? "" : " CASCADE")]
  }
}

extension CompositeType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("TYPE \(SQLDialect.postgreSQL.name(name))", everyone: [Grant.all])
  }

  func alteration(
    of fact: String, from found: CompositeType, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    guard fact == "attribute comments" else { return .replacement }
    return .statements(CommentChange.columns(of: name, from: found.attributeComments, to: attributeComments))
  }
}

extension DomainType: Alterable {
  func target(in owner: ObjectName?) -> UndoTarget {
    UndoTarget("DOMAIN \(SQLDialect.postgreSQL.name(name))", everyone: [Grant.all])
  }

  func alteration(
    of fact: String, from found: DomainType, _ noun: String, in owner: ObjectName?
  ) -> Alteration {
    switch fact {
    case "default":
      return .statement("ALTER \(noun) \(defaultExpression.map { "SET DEFAULT \($0)" } ?? "DROP DEFAULT")")
    case "not null": return .statement("ALTER \(noun) \(isNotNull ? "SET" : "DROP") NOT NULL")
    case "not null comment" where isNotNull && found.isNotNull && notNullName == found.notNullName:
      return .statement(CommentChange.statement(on: TypeSQL.notNullTarget(of: self), notNullComment))
    case "checks": return .statements(checkChanges(from: found, noun))
    case _: return .replacement
    }
  }

  private func checkChanges(from found: DomainType, _ noun: String) -> [String] {
    let dialect = SQLDialect.postgreSQL
    var statements: [String] = []
    for old in found.checks where !checks.contains(where: { $0.isReached(from: old) }) {
      statements.append("ALTER \(noun) DROP CONSTRAINT \(dialect.identifier(old.name))")
    }
    for check in checks {
      let old = found.checks.first(where: check.isReached)
      let name = dialect.identifier(check.name)
      if let old {
        if check.isValidated && !old.isValidated {
          statements.append("ALTER \(noun) VALIDATE CONSTRAINT \(name)")
        }
      } else {
        let validity = check.isValidated ? "" : " NOT VALID"
        statements.append("ALTER \(noun) ADD \(ConstraintSQL.clause(check, in: dialect))\(validity)")
      }
      if check.comment != old?.comment {
        statements.append(CommentChange.statement(on: "CONSTRAINT \(name) ON \(noun)", check.comment))
      }
    }
    return statements
  }
}

extension CheckConstraint {
  /// Whether the found one is the same, but for its comment and for what `VALIDATE CONSTRAINT` does.
  func isReached(from found: CheckConstraint) -> Bool {
    var reached = found
    reached.comment = comment
    reached.isValidated = found.isValidated || isValidated
    return self == reached
  }
}
