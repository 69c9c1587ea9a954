/// What is put together from several queries, found by its oid and changed where it stands.
///
/// A dictionary would move a whole table out and in again for each fact that is added to it.
struct ByOID<Value> {
  private var places: [Int: Int] = [:]
  private var values: [Value?] = []

  /// Looks into the value, or changes it, without copying it.
  subscript(_ oid: Int) -> Value? {
    _read {
      if let place = places[oid] { yield values[place] } else { yield nil }
    }
    _modify {
      let place = place(of: oid)
      yield &values[place]
    }
  }

  /// Takes the value out, without copying it.
  mutating func take(_ oid: Int) -> Value? {
    guard let place = places[oid] else { return nil }
    return values[place].take()
  }

  /// Whether there is a value; much cheaper than to compare it with `nil`, for which it is copied.
  func contains(_ oid: Int) -> Bool { places[oid] != nil && isSet(oid) }

  /// The oids, in the order in which they came.
  var oids: [Int] { places.sorted { $0.value < $1.value }.map(\.key).filter(isSet) }

  private func isSet(_ oid: Int) -> Bool {
    guard let place = places[oid] else { return false }
    switch values[place] {
    case .some: return true
    case .none: return false
    }
  }

  private mutating func place(of oid: Int) -> Int {
    if let place = places[oid] { return place }
    places[oid] = values.count
    values.append(nil)
    return values.count - 1
  }
}
