/// What is said of an identity column's sequence beyond how it counts.
package struct IdentitySequence: Hashable, Sendable {
  /// Its name where the server did not invent it; it is in the table's schema.
  package var name: String?
  /// Grants on it; its owner is the table's.
  package var privileges: [Grant]?
  /// Whether crash recovery begins it anew (`pg_class.relpersistence` = `u`), where that is not as with its table; servers
  /// before PostgreSQL 15 have no choice.
  package var isUnlogged: Bool?
  package var comment: Comment?

  package init() {}
}
