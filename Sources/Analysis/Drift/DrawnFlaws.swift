import SchemaModel

/// The classic flaws that only a drawing with lines can have.
struct DrawnFlaws {
  /// Lines drawn many to many that nothing in production keeps.
  private(set) var orphans: [ClassicFlaw] = []
  /// Lines drawn many to many that production keeps in a table the drawing lacks.
  private(set) var joins: [ClassicFlaw] = []
  /// Lines whose ends are at odds with the keys.
  private(set) var cardinality: [ClassicFlaw] = []
  /// The columns these speak of.
  private(set) var columns: Set<ObjectReference> = []

  init(in context: DriftContext) {
    for line in context.lines {
      for finding in line.findings { add(finding, of: line, context) }
    }
  }

  private mutating func add(_ finding: DrawnLine.Finding, of line: DrawnLine, _ context: DriftContext) {
    switch finding {
    case .joinTable(let table):
      joins.append(
        ClassicFlaw(
          kind: .implicitJoinTable,
          sentence:
            "the blueprint draws \(line.words) many to many; production keeps that relation in the table "
            + "\(table), which the blueprint does not draw.",
          objects: [ObjectReference(kind: .table, table), line.object],
          consequence: "a restore from this blueprint has no place for the rows of \(table)."))
    case .noJoinTable:
      orphans.append(
        ClassicFlaw(
          kind: .orphanedForeignKey,
          sentence:
            "the blueprint draws \(line.words) many to many; production has neither a table nor a key "
            + "for it.",
          objects: [line.object],
          consequence:
            "whoever restores by this blueprint looks for a relation that no row of a backup holds.")
      )
    case .manyParents(let columns):
      cardinality.append(
        ClassicFlaw(
          kind: .nullability,
          sentence:
            "the blueprint draws many rows of \(line.parent) for one of \(line.child) (\(line.words)); "
            + "production keeps one, in \(line.child) (\(columns.joined(separator: ", "))).",
          objects: [line.object],
          consequence:
            "a database built from this blueprint looks for a table between the two, and a backup has "
            + "no rows for it."))
    case .parent(let columns, let isDrawnRequired):
      addParent(columns, isDrawnRequired, of: line, context)
    case .children(let columns, let isDrawnOne):
      addChildren(columns, isDrawnOne, of: line, context)
    }
  }

  private mutating func addParent(
    _ columns: [String], _ isDrawnRequired: Bool, of line: DrawnLine, _ context: DriftContext
  ) {
    let live = context.live.table(line.child)
    let open = columns.filter { live?.column(named: $0)?.isNotNull == false }
    let told = isDrawnRequired && !open.isEmpty ? open : columns
    let objects = told.map { ObjectReference(kind: .column, line.child, member: $0) }
    self.columns.formUnion(objects)
    let names = told.joined(separator: ", ")
    let evidence = objects.count == 1 ? context.evidence(for: objects[0]) : nil
    cardinality.append(
      ClassicFlaw(
        kind: .nullability,
        sentence: isDrawnRequired
          ? "the blueprint draws exactly one \(line.parent) for each row of \(line.child) (\(line.words)); "
            + "\(names) may be NULL in production."
          : "the blueprint lets a row of \(line.child) be without \(line.parent) (\(line.words)); "
            + "\(names) \(told.count == 1 ? "is" : "are") NOT NULL in production.",
        objects: objects + [line.object],
        consequence: Consequence.nullability(isOnlyDrawn: isDrawnRequired, evidence: evidence)))
  }

  private mutating func addChildren(
    _ columns: [String], _ isDrawnOne: Bool, of line: DrawnLine, _ context: DriftContext
  ) {
    let names = columns.joined(separator: ", ")
    let sorted = columns.sorted()
    let key = context.blueprint.table(line.child)?.uniqueConstraints.first { $0.columns == sorted }
    let object = key.map { ObjectReference(kind: .uniqueConstraint, line.child, member: $0.name) }
    let sentence =
      isDrawnOne
      ? "the blueprint draws at most one row of \(line.child) for a \(line.parent) (\(line.words)); no whole, valid "
        + "unique key of production over (\(names)) keeps it so."
      : "the blueprint draws any number of rows of \(line.child) for a \(line.parent) (\(line.words)); production "
        + "allows one."
    let consequence =
      isDrawnOne
      ? Violation.repeatsKey.consequence(
        object.flatMap { context.evidence(for: $0) },
        assumed:
          "rows that share a parent may exist, and a restore from this blueprint stops when it makes the key."
      )
      : "statements that follow the blueprint and write a second row are refused by production."
    cardinality.append(
      ClassicFlaw(
        kind: .nullability, sentence: sentence,
        objects: [line.object] + (isDrawnOne ? object.map { [$0] } ?? [] : []),
        consequence: consequence))
  }
}
