/// When a trigger or a rule acts, from `tgenabled`, `evtenabled` and `ev_enabled`.
package enum Firing: String, Hashable, Sendable, FacetRepresentable {
  /// In sessions that do not apply what another server did (`O`): what every new one does.
  case enabled
  /// Never (`D`).
  case disabled
  /// Only in sessions that apply what another server did (`R`).
  case onReplica = "on replicas only"
  /// In every session (`A`).
  case always
}
