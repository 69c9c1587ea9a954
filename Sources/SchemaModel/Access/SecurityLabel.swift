/// A label that a security module reads, from `pg_seclabels`.
package struct SecurityLabel: SchemaObject {
  /// Provider and object in words.
  package var name: ObjectName
  package var provider = ""
  /// The kind of object as `SECURITY LABEL` calls it: `table`.
  package var objectType = ""
  /// The object as SQL names it.
  package var object = ""
  package var label = ""

  package var kind: ObjectKind { .securityLabel }

  package init(named name: ObjectName) { self.name = name }

  package init(by provider: String, on objectType: String, _ object: String, _ label: String) {
    name = ObjectName("\(provider) on \(objectType) \(object)")
    self.provider = provider
    self.objectType = objectType
    self.object = object
    self.label = label
  }

  package static let facets: [Facet<SecurityLabel>] = [
    Facet("provider", .security, \.provider),
    Facet("object type", .security, \.objectType),
    Facet("object", .security, \.object),
    Facet("label", .security, \.label),
  ]
}
