/// A row security policy of a table, from `pg_policy`.
package struct Policy: SchemaObject {
  /// From `pg_policy.polname`.
  package var name: String
  /// The command it is for, from `polcmd`: `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`.
  package var command = "ALL"
  /// Whether it lets rows through (`polpermissive`); a restrictive one only takes away what others let through.
  package var isPermissive = true
  /// Whom it is for, from `polroles`, sorted.
  package var roles: [Grant.Grantee] = [.everyone]
  /// Which rows are seen, from `pg_get_expr(polqual)`.
  package var using: String?
  /// Which rows may be written, from `pg_get_expr(polwithcheck)`.
  package var check: String?
  package var comment: Comment?

  package var kind: ObjectKind { .policy }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<Policy>] = [
    Facet("command", .security, \.command),
    Facet("permissive", .security, \.isPermissive),
    Facet("roles", .security, \.roles),
    Facet("using", .security, \.using),
    Facet("check", .security, \.check),
    Facet("comment", .cosmetic, \.comment),
  ]
}
