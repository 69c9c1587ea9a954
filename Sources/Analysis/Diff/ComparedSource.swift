import SchemaModel

/// One side of a comparison, as documents name it.
package struct ComparedSource: Hashable, Sendable {
  /// As people name it; never with a password.
  package var name: String
  package var engine: DatabaseEngine
  /// The schema's fingerprint, 64 hexadecimal digits.
  package var fingerprint: String

  package init(name: String, engine: DatabaseEngine, fingerprint: String) {
    self.name = name
    self.engine = engine
    self.fingerprint = fingerprint
  }

  var document: FacetValue {
    .record([
      "name": .text(name), "engine": .text(engine.rawValue), "fingerprint": .text(fingerprint),
    ])
  }
}
