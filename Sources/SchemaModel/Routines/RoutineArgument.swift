/// An argument of a routine, or one of its named results.
package struct RoutineArgument: Hashable, Sendable {
  /// Which way the value goes, from `pg_proc.proargmodes`.
  package enum Mode: String, Hashable, Sendable, FacetRepresentable {
    case `in`
    case out
    case inOut = "inout"
    /// All further values, as an array.
    case variadic
    /// A column of the table that is returned.
    case table

    /// Whether a caller gives a value, so that its type tells routines of one name apart.
    package var isGiven: Bool {
      switch self {
      case .in, .inOut, .variadic: true
      case .out, .table: false
      }
    }
  }

  package var mode: Mode
  /// From `pg_proc.proargnames`.
  package var name: String?
  /// As `format_type` prints it, schema-qualified.
  package var type: String

  package init(_ type: String, mode: Mode = .in, name: String? = nil) {
    self.type = type
    self.mode = mode
    self.name = name
  }
}

extension RoutineArgument: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] = ["type": .text(type)]
    if mode != .in { fields["mode"] = mode.facetValue }
    if let name { fields["name"] = .text(name) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      try String(facetValue: facetValue["type"]),
      mode: facetValue["mode"] == .absent ? .in : try Mode(facetValue: facetValue["mode"]),
      name: try String?(facetValue: facetValue["name"]))
  }

  package var facetDescription: String {
    ((mode == .in ? [] : [mode.rawValue]) + [name, type].compactMap(\.self)).joined(separator: " ")
  }
}

extension String {
  /// A routine's name without the types of its arguments behind it.
  func beforeTypes(of arguments: [RoutineArgument]) -> String {
    let types = arguments.filter(\.mode.isGiven).map(\.type).joined(separator: ", ")
    let ending = "(\(types))"
    return hasSuffix(ending) ? String(dropLast(ending.count)) : String(prefix { $0 != "(" })
  }
}
