import SchemaModel

/// A demand that only the blueprint makes and that can be counted on the live data.
package struct DriftProbe: Hashable, Sendable {
  /// What to count the violations of.
  package enum Demand: Hashable, Sendable {
    case foreignKey(ForeignKey)
    case notNull(Column)
    case check(CheckConstraint)
    /// A primary key or unique constraint.
    case key(KeyConstraint)
    case uniqueIndex(TableIndex)
  }

  /// The table as it is live.
  package var table: Table
  /// The demand as the blueprint draws it.
  package var demand: Demand

  /// Where the count belongs among the evidence of a drift report.
  package var subject: EvidenceSubject {
    let constraint: (ObjectKind, String)
    switch demand {
    case .notNull(let column): return .column(ColumnReference(table: table.name, column: column.name))
    case .foreignKey(let key): constraint = (key.kind, key.name)
    case .check(let check): constraint = (check.kind, check.name)
    case .key(let key): constraint = (key.kind, key.name)
    case .uniqueIndex(let index): constraint = (index.kind, index.name)
    }
    return .constraint(ConstraintReference(kind: constraint.0, table: table.name, name: constraint.1))
  }
}

/// Which demands should be counted on live data before drift is told.
package enum DriftProbes {
  /// By table; in a table columns first, then keys, foreign keys, checks and unique indexes.
  ///
  /// Only demands that the live tables have the columns for: what else differs cannot be counted.
  /// None between two engines.
  package static func find(blueprint: Schema, live: Schema) -> [DriftProbe] {
    find(in: DriftContext(blueprint: blueprint, live: live))
  }

  /// The demands of the context's blueprint that its live schema does not make.
  package static func find(in context: DriftContext) -> [DriftProbe] {
    guard context.ground.first.engine == context.ground.second.engine else { return [] }
    return context.unequal.flatMap { pair in
      demands(of: pair.drawn, against: pair.live, in: context.live).map {
        DriftProbe(table: pair.live, demand: $0)
      }
    }
  }

  private static func demands(
    of drawn: Table, against live: Table, in side: DriftContext.Side
  ) -> [DriftProbe.Demand] {
    let inLive = Dictionary(live.columns.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    func has(_ columns: [String]) -> Bool { columns.allSatisfy { inLive[$0] != nil } }

    let columns = drawn.columns.filter { $0.isNotNull && inLive[$0.name]?.isNotNull == false }
    let primaryKey = drawn.primaryKey.flatMap { key in
      live.primaryKey?.columns == key.columns ? nil : key
    }
    let keys =
      (primaryKey.map { [$0] } ?? [])
      + onlyDrawn(drawn.uniqueConstraints, live.uniqueConstraints) { drawn, live in
        drawn.columns == live.columns && (live.nullsNotDistinct || !drawn.nullsNotDistinct)
      }
    let foreignKeys = onlyDrawn(drawn.foreignKeys, live.foreignKeys) { drawn, live in
      (live.isVouchedFor || !drawn.isVouchedFor) && live.demandsSameParents(as: drawn)
    }
    let checks = onlyDrawn(drawn.checks, live.checks) { drawn, live in
      (live.isVouchedFor || !drawn.isVouchedFor) && live.expression == drawn.expression
    }
    let missingColumns = drawn.columns.map(\.name).filter { inLive[$0] == nil }
    let indexes = onlyDrawn(drawn.indexes.filter(\.isUnique), live.indexes) { drawn, live in
      live.isUnique && live.isValid && live.keys == drawn.keys && live.predicate == drawn.predicate
        && (live.nullsNotDistinct || !drawn.nullsNotDistinct)
    }
    return columns.map(DriftProbe.Demand.notNull)
      + keys.filter { has($0.columns) }.map(DriftProbe.Demand.key)
      + foreignKeys.filter {
        !$0.columns.isEmpty && has($0.columns) && side.has($0.referencedColumns, in: $0.referencedTable)
      }
      .map(DriftProbe.Demand.foreignKey)
      + checks.filter { !mentions(missingColumns, in: [$0.expression]) }.map(DriftProbe.Demand.check)
      + indexes.filter { !mentions(missingColumns, in: $0.texts) }.map(DriftProbe.Demand.uniqueIndex)
  }

  /// The rules of the blueprint that no counterpart in production covers.
  private static func onlyDrawn<Rule: TableRule>(
    _ drawn: [Rule], _ live: [Rule], isCovered: (_ drawn: Rule, _ live: Rule) -> Bool
  ) -> [Rule] {
    let rules = MemberPairs(from: drawn, to: live)
    let uncovered = rules.pairs.filter { !isCovered($0.0, $0.1) }.map(\.0)
    return (rules.missing + uncovered).sorted { $0.name < $1.name }
  }

  /// Whether an expression may use one of the columns: by word, so it errs towards not counting.
  private static func mentions(_ columns: [String], in expressions: [String]) -> Bool {
    guard !columns.isEmpty else { return false }
    let words = expressions.flatMap { expression in
      expression.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }.map(String.init)
    }
    return columns.contains { column in
      words.contains(column) || expressions.contains { $0.contains("\"\(column)\"") }
    }
  }
}

extension TableIndex {
  /// Everything in it that names columns.
  fileprivate var texts: [String] {
    keys.map { key in
      switch key.subject {
      case .column(let name): name
      case .expression(let expression): expression
      }
    } + [predicate ?? ""]
  }
}
