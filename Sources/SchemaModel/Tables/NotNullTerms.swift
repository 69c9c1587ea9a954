/// What is said of a column's NOT NULL beyond that it is there; servers before PostgreSQL 18 say nothing.
///
/// From `pg_constraint` with contype `n`.
package struct NotNullTerms: Hashable, Sendable {
  /// The constraint's name where the server did not invent it.
  package var name: String?
  /// Whether children are exempt (`NO INHERIT`).
  package var isNotInherited = false
  /// Whether the server says that existing rows were checked (`convalidated`): a claim, not evidence.
  package var isValidated = true
  package var comment: Comment?
  /// SQLite: the `ON CONFLICT` action when it is not ABORT.
  package var conflictAction: String?

  package init() {}
}
