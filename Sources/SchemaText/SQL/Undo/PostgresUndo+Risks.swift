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
        risks[place] = .follows(reason)
        isChanging = true
      }
    }
    let places = Dictionary(counterparts.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    for place in created {
      guard let old = places[place] ?? (dropped.contains(place) ? place : nil), risks[old] != nil else {
        continue
      }
      createdRisks[place] = .follows(old)
    }
    guard !createdRisks.isEmpty else { return }
    let steps = Dependents(in: expected, steps: PostgresSchemaSQL(expected).steps)
    for place in createdRisks.keys.sorted() {
      for thing in steps.of(place) where created.contains(thing.place) && createdRisks[thing.place] == nil {
        createdRisks[thing.place] = .follows(place)
      }
    }
  }

  private func whatStays(inTheWayOf place: ObjectReference, _ dependents: Dependents) -> ObjectReference? {
    if let cause = causes[place], risks[cause] != nil { return cause }
    if place.kind == .namespace {
      return dropped.filter { risks[$0] != nil && $0.owner.schema == place.owner.name }.min()
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
