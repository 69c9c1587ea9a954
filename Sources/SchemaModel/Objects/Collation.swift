/// A collation: how texts are ordered and compared.
///
/// The version the provider had when it was made (`pg_collation.collversion`) is no fact: it is the machine's.
package struct Collation: OwnedObject {
  /// Who does the comparing (`pg_collation.collprovider`).
  package enum Provider: String, Hashable, Sendable, FacetRepresentable {
    /// The operating system.
    case libc
    case icu
    /// PostgreSQL itself, since version 17.
    case builtin
  }

  package var name: ObjectName
  package var provider = Provider.libc
  /// Whether only texts of the same bytes are equal.
  package var isDeterministic = true
  /// libc: `pg_collation.collcollate`.
  package var collate: String?
  /// libc: `pg_collation.collctype`.
  package var characterType: String?
  /// ICU and builtin: the locale's name.
  package var locale: String?
  /// ICU: rules on top of the locale's (`pg_collation.collicurules`, PostgreSQL 16 and later).
  package var rules: String?
  /// The owner; a collation has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .collation }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Collation>] = [
    Facet("provider", .breaksApplication, \.provider),
    Facet("deterministic", .breaksRestore, \.isDeterministic),
    Facet("collate", .breaksApplication, \.collate),
    Facet("character type", .breaksApplication, \.characterType),
    Facet("locale", .breaksApplication, \.locale),
    Facet("rules", .breaksApplication, \.rules),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
