/// A fact's value in the one shape that comparison, reports and documents share.
package enum FacetValue: Hashable, Sendable {
  case absent
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([FacetValue])
  case record([String: FacetValue])
}

/// A value that can be held by a facet: converts to a ``FacetValue`` and back without loss.
package protocol FacetRepresentable: Hashable, Sendable {
  /// The value as a fact.
  var facetValue: FacetValue { get }
  /// Reads the value back.
  /// - Throws: ``FacetMismatch`` when the fact has another shape.
  init(facetValue: FacetValue) throws(FacetMismatch)
  /// The value in words, for people.
  var facetDescription: String { get }
}

extension FacetRepresentable {
  package var facetDescription: String { facetValue.description }
}

/// A fact in a document that has not the shape its label asks for.
package struct FacetMismatch: Error, Hashable {
  /// What was expected, in words.
  package var expected: String
  /// What stood there.
  package var found: FacetValue

  package init(expected: String, found: FacetValue) {
    self.expected = expected
    self.found = found
  }
}

extension FacetValue: CustomStringConvertible {
  /// The value in words, for people; not a format to be read back.
  package var description: String {
    switch self {
    case .absent: "none"
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number): String(number)
    case .text(let text): text
    case .list(let values): values.isEmpty ? "none" : values.map(\.description).joined(separator: ", ")
    case .record(let fields) where fields.isEmpty: "none"
    case .record(let fields):
      fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  /// The value of a record's field; ``absent`` when the record has no such field or this is no record.
  package subscript(field: String) -> FacetValue {
    guard case .record(let fields) = self else { return .absent }
    return fields[field] ?? .absent
  }
}

extension Bool: FacetRepresentable {
  package var facetValue: FacetValue { .flag(self) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .flag(let flag) = facetValue else {
      throw FacetMismatch(expected: "true or false", found: facetValue)
    }
    self = flag
  }
}

extension Int: FacetRepresentable {
  package var facetValue: FacetValue { .number(self) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .number(let number) = facetValue else {
      throw FacetMismatch(expected: "a whole number", found: facetValue)
    }
    self = number
  }
}

extension String: FacetRepresentable {
  package var facetValue: FacetValue { .text(self) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .text(let text) = facetValue else {
      throw FacetMismatch(expected: "a text", found: facetValue)
    }
    self = text
  }
}

extension Optional: FacetRepresentable where Wrapped: FacetRepresentable {
  package var facetValue: FacetValue { self?.facetValue ?? .absent }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self = facetValue == .absent ? .none : .some(try Wrapped(facetValue: facetValue))
  }
  package var facetDescription: String { self?.facetDescription ?? FacetValue.absent.description }
}

extension Array: FacetRepresentable where Element: FacetRepresentable {
  package var facetValue: FacetValue { .list(map(\.facetValue)) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .list(let values) = facetValue else {
      throw FacetMismatch(expected: "a list", found: facetValue)
    }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for value in values { elements.append(try Element(facetValue: value)) }
    self = elements
  }
  package var facetDescription: String {
    isEmpty ? "none" : map(\.facetDescription).joined(separator: ", ")
  }
}

extension Dictionary: FacetRepresentable where Key == String, Value: FacetRepresentable {
  package var facetValue: FacetValue { .record(mapValues(\.facetValue)) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .record(let fields) = facetValue else {
      throw FacetMismatch(expected: "a record", found: facetValue)
    }
    var values: [String: Value] = [:]
    for (key, field) in fields { values[key] = try Value(facetValue: field) }
    self = values
  }
}

extension FacetRepresentable where Self: RawRepresentable, RawValue == String {
  package var facetValue: FacetValue { .text(rawValue) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .text(let text) = facetValue, let value = Self(rawValue: text) else {
      throw FacetMismatch(expected: "one of the known words", found: facetValue)
    }
    self = value
  }
}
