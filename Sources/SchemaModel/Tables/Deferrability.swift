/// When a constraint is checked, from `pg_constraint.condeferrable` and `condeferred`.
package enum Deferrability: String, Hashable, Sendable, FacetRepresentable {
  case notDeferrable = "not deferrable"
  case initiallyImmediate = "deferrable initially immediate"
  case initiallyDeferred = "deferrable initially deferred"
}
