/// What a routine does.
package enum RoutineBody: Hashable, Sendable {
  /// Text its language reads when it is called, from `pg_proc.prosrc`; data, so compared byte for byte.
  case text(String)
  /// Statements that were parsed when it was made, as `pg_get_function_sqlbody` prints them.
  case statements(String)
  /// A function of a shared library, from `pg_proc.probin` and `prosrc`.
  case symbol(library: String, name: String)
}

extension RoutineBody: FacetRepresentable {
  package var facetValue: FacetValue {
    switch self {
    case .text(let text): .text(text)
    case .statements(let text): .record(["statements": .text(text)])
    case .symbol(let library, let name): .record(["library": .text(library), "symbol": .text(name)])
    }
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    if case .text(let text) = facetValue {
      self = .text(text)
    } else if facetValue["statements"] != .absent {
      self = .statements(try String(facetValue: facetValue["statements"]))
    } else {
      self = .symbol(
        library: try String(facetValue: facetValue["library"]),
        name: try String(facetValue: facetValue["symbol"]))
    }
  }

  package var facetDescription: String {
    switch self {
    case .text(let text), .statements(let text): text
    case .symbol(let library, let name): "\(name) in \(library)"
    }
  }
}
