import SchemaModel

/// Finds the three classic flaws of a blueprint.
package enum ClassicFlaws {
  /// The flaws by kind, then by table and constraint or column.
  /// - Parameter evidence: what was counted on the live data, by demand; without it a flaw says "may".
  package static func find(
    blueprint: Schema, live: Schema, evidence: [EvidenceSubject: Evidence] = [:]
  ) -> [ClassicFlaw] {
    find(in: DriftContext(blueprint: blueprint, live: live, evidence: evidence))
  }

  static func find(in context: DriftContext) -> [ClassicFlaw] {
    let joins = ImplicitJoins(in: context)
    let drawn = DrawnFlaws(in: context)
    return orphanedForeignKeys(in: context, besides: joins.drawnKeys) + drawn.orphans + joins.flaws
      + drawn.joins
      + drawn.cardinality + nullability(in: context, besides: drawn.columns)
  }

  /// - Parameter besides: keys that a join table in production stands for; nothing of theirs is orphaned.
  private static func orphanedForeignKeys(
    in context: DriftContext, besides: Set<ObjectReference>
  ) -> [ClassicFlaw] {
    context.suspect.flatMap { pair -> [ClassicFlaw] in
      let (drawn, live) = (pair.drawn, pair.live)
      let keys = MemberPairs(from: drawn.foreignKeys, to: live.foreignKeys)
      let absent = keys.missing.map { ($0, nil as ForeignKey?) }
      let present = keys.pairs.map { ($0.0, $0.1 as ForeignKey?) }
      return (absent + present).sorted { $0.0.name < $1.0.name }.compactMap { key, counterpart in
        let object = ObjectReference(kind: .foreignKey, drawn.name, member: key.name)
        guard !besides.contains(object) else { return nil }
        return orphaned(key, as: object, counterpart: counterpart, in: context)
      }
    }
  }

  private static func orphaned(
    _ key: ForeignKey, as object: ObjectReference, counterpart: ForeignKey?, in context: DriftContext
  ) -> ClassicFlaw? {
    // A key that the blueprint itself draws NOT VALID or NOT ENFORCED promises nothing about the rows.
    guard key.isVouchedFor else { return nil }
    let evidence = context.evidence(for: object)
    let fact: String
    if let counterpart, counterpart.demandsSameParents(as: key) {
      if !counterpart.isEnforced {
        fact = "production has the key and does not enforce it (NOT ENFORCED)"
      } else if !counterpart.isValidated {
        fact = "production has the key and never checked the rows that were there before it (NOT VALID)"
      } else if let evidence, evidence.violatingRowCount > 0 {
        fact = "production has the key, and rows break it all the same"
      } else {
        return nil
      }
    } else {
      // Without its columns, or the table it points at, the key is one part of a larger difference.
      guard context.live.has(key.columns, in: object.owner),
        context.live.has(key.referencedColumns, in: key.referencedTable)
      else { return nil }
      fact =
        counterpart == nil
        ? "production does not enforce it" : "production has a key of that name that demands something else"
    }
    return ClassicFlaw(
      kind: .orphanedForeignKey,
      sentence: "the blueprint draws \(key.arrow(from: object.owner)); \(fact).", objects: [object],
      consequence: Consequence.orphans(fact, evidence))
  }

  /// - Parameter besides: columns whose nullability a drawn line already tells of.
  private static func nullability(
    in context: DriftContext, besides: Set<ObjectReference>
  ) -> [ClassicFlaw] {
    context.unequal.flatMap { pair -> [ClassicFlaw] in
      let (drawn, live) = (pair.drawn, pair.live)
      let inLive = Dictionary(live.columns.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
      let differing = drawn.columns.filter { column in
        guard !besides.contains(ObjectReference(kind: .column, drawn.name, member: column.name)) else {
          return false
        }
        return inLive[column.name].map { $0.isNotNull != column.isNotNull } ?? false
      }
      let optional = differing.filter { !$0.isNotNull }
      let required = differing.filter(\.isNotNull)
      return [drawnOptional(optional, of: drawn.name)].compactMap(\.self)
        + required.map { drawnRequired($0, of: drawn.name, in: context) }
    }
  }

  private static func drawnOptional(_ columns: [Column], of table: ObjectName) -> ClassicFlaw? {
    guard !columns.isEmpty else { return nil }
    let names = columns.map(\.name).joined(separator: ", ")
    let verb = columns.count == 1 ? "is" : "are"
    return ClassicFlaw(
      kind: .nullability,
      sentence: "\(names) of \(table) \(verb) drawn optional and \(verb) NOT NULL in production.",
      objects: columns.map { ObjectReference(kind: .column, table, member: $0.name) },
      consequence: Consequence.nullability(isOnlyDrawn: false, evidence: nil))
  }

  private static func drawnRequired(
    _ column: Column, of table: ObjectName, in context: DriftContext
  ) -> ClassicFlaw {
    let object = ObjectReference(kind: .column, table, member: column.name)
    return ClassicFlaw(
      kind: .nullability,
      sentence: "\(column.name) of \(table) is drawn NOT NULL and may be NULL in production.",
      objects: [object],
      consequence: Consequence.nullability(isOnlyDrawn: true, evidence: context.evidence(for: object)))
  }
}
