/// An object of a database: a name, and facts listed in one table of facets.
package protocol SchemaObject: Hashable, Sendable {
  /// ``ObjectName`` for what stands by itself, `String` for what lives inside a table.
  associatedtype Name: Hashable & Sendable & Comparable

  /// The name by which other objects refer to this one.
  var name: Name { get set }
  /// The kind, in words for reports.
  var kind: ObjectKind { get }
  /// Every fact that is compared, written and fingerprinted.
  static var facets: [Facet<Self>] { get }
  /// An object with every fact at its default; a document leaves such facts out.
  init(named name: Name)
}
