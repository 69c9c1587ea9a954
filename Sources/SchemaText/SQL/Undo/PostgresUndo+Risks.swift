import SchemaModel

extension PostgresUndo {
  /// Finds what cannot be done while what loses data is not.
  mutating func withhold(_ dependents: Dependents) {
    for place in dropped { risks[place] = losses[place].map { .losesData($0) } }
    guard !risks.isEmpty else { return }
    var isChanging = true
    while isChanging {
      isChanging = false
      for place in dropped where risks[place] == nil {
        guard let reason = whatStays(inTheWayOf: place, dependents) else { continue }
        risks[place] = risks[reason]?.following(reason)
        isChanging = true
      }
    }
    let places = Dictionary(counterparts.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    for place in created {
      guard let old = places[place] ?? (dropped.contains(place) ? place : nil), let risk = risks[old] else {
        continue
      }
      createdRisks[place] = risk.following(old)
    }
    // A partition cannot lack a column that the partitioned table keeps.
    for table in expected.tables {
      guard let parent = table.partition?.parent, created.contains(table.reference),
        let column = withheldColumn(of: parent)
      else { continue }
      createdRisks[table.reference] = .follows(column)
    }
    guard !createdRisks.isEmpty else { return }
    let steps = Dependents(in: expected, steps: PostgresSchemaSQL(expected).steps)
    for place in createdRisks.keys.sorted() {
      for thing in steps.of(place) where created.contains(thing.place) && createdRisks[thing.place] == nil {
        createdRisks[thing.place] = .follows(place)
      }
    }
  }

  /// What stays of all that would make a thing go, when all of it does.
  func standingCause(of place: ObjectReference) -> ObjectReference? {
    guard let causes = causes[place], !causes.isEmpty else { return nil }
    let standing = causes.sorted().map { cause in
      // A column is no reason of its own when its type stays.
      risks[cause] != nil
        ? cause : movedColumns.contains(cause) && cause != place ? standingCause(of: cause) : nil
    }
    return standing.contains(nil) ? nil : standing.first ?? nil
  }

  /// What a piece is withheld for.
  func risk(of piece: Piece) -> UndoStatement.Risk {
    guard piece.risk == .none, let cause = piece.cause else { return piece.risk }
    let standing = cause == piece.subject ? standingCause(of: cause) : cause
    return standing.flatMap { place in risks[place]?.following(place) } ?? .none
  }

  /// A column that stays unless what loses data is done.
  func withheldColumn(of table: ObjectName) -> ObjectReference? {
    risks.keys.filter { $0.kind == .column && $0.owner == table }.min()
  }

  private func whatStays(inTheWayOf place: ObjectReference, _ dependents: Dependents) -> ObjectReference? {
    if let cause = standingCause(of: place) { return cause }
    if place.kind == .namespace {
      let extensions = found.extensions.filter { $0.schema == place.owner.name }.map(\.reference)
      return dropped.filter { risks[$0] != nil && $0.owner.schema == place.owner.name }.min()
        ?? extensions.first { risks[$0] != nil }
    }
    return dependents.of(place).map { holder(of: $0.place) }.first { risks[$0] != nil }
  }

  /// What is taken away when the thing is.
  private func holder(of place: ObjectReference) -> ObjectReference {
    if dropped.contains(place) || place.member == nil { return place }
    return [.table, .view, .materializedView].map { ObjectReference(kind: $0, place.owner) }.first(
      where: dropped.contains)
      ?? place
  }
}

extension UndoStatement.Risk {
  /// The risk of what only works along with a statement about an object that has this one.
  fileprivate func following(_ object: ObjectReference) -> UndoStatement.Risk {
    switch self {
    case .losesData, .none: .follows(object)
    case .follows: self
    }
  }
}
