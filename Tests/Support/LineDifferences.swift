/// The lines that only one of two texts has: readable where `==` only says no.
package func lineDifferences(from first: [String], to second: [String]) -> [String] {
  second.difference(from: first).map { change in
    switch change {
    case .remove(_, let line, _): "- \(line)"
    case .insert(_, let line, _): "+ \(line)"
    }
  }
}
