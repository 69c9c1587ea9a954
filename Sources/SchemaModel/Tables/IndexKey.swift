/// One key of an index or exclusion constraint.
package struct IndexKey: Hashable, Sendable {
  /// What a key sorts by.
  package enum Subject: Hashable, Sendable {
    case column(String)
    /// As the server prints it, without parentheses around it.
    case expression(String)
  }

  package var subject: Subject
  /// The collation when it is not the subject's own, qualified.
  package var collation: String?
  /// The operator class when it is not the type's default or has options, qualified.
  package var operatorClass: String?
  /// Options of the operator class such as `siglen=100` (`pg_attribute.attoptions` of the index), sorted.
  package var operatorClassOptions: [String] = []
  package var isDescending = false
  /// Whether NULLs come first; PostgreSQL's default follows the direction: last when ascending, first when descending.
  package var nullsFirst = false

  package init(_ subject: Subject) { self.subject = subject }

  /// The key from its end, NULLs first as they are then by default.
  package init(descending key: IndexKey) {
    self = key
    isDescending = true
    nullsFirst = true
  }

  /// The column, when the key is one.
  package var column: String? {
    if case .column(let name) = subject { return name }
    return nil
  }
}

extension IndexKey: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] =
      switch subject {
      case .column(let name): ["column": .text(name)]
      case .expression(let expression): ["expression": .text(expression)]
      }
    if let collation { fields["collation"] = .text(collation) }
    if let operatorClass { fields["operator class"] = .text(operatorClass) }
    if !operatorClassOptions.isEmpty { fields["operator class options"] = operatorClassOptions.facetValue }
    if isDescending { fields["descending"] = .flag(true) }
    if nullsFirst { fields["nulls first"] = .flag(true) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    if case .text(let column) = facetValue["column"] {
      subject = .column(column)
    } else {
      subject = .expression(try String(facetValue: facetValue["expression"]))
    }
    collation = try String?(facetValue: facetValue["collation"])
    operatorClass = try String?(facetValue: facetValue["operator class"])
    operatorClassOptions = try [String]?(facetValue: facetValue["operator class options"]) ?? []
    isDescending = facetValue["descending"] == .flag(true)
    nullsFirst = facetValue["nulls first"] == .flag(true)
  }

  package var facetDescription: String {
    var words: [String] =
      switch subject {
      case .column(let name): [name]
      case .expression(let expression): ["(\(expression))"]
      }
    if let collation { words.append("collate \(collation)") }
    if let operatorClass { words.append(operatorClass) }
    if !operatorClassOptions.isEmpty { words.append("(\(operatorClassOptions.joined(separator: ", ")))") }
    if isDescending { words.append("desc") }
    if nullsFirst != isDescending { words.append(nullsFirst ? "nulls first" : "nulls last") }
    return words.joined(separator: " ")
  }
}
