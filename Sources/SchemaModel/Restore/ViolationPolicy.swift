/// What a restore does with rows that violate a constraint.
package enum ViolationPolicy: String, CaseIterable, Hashable, Sendable, Codable {
  /// They are moved out of the table, whole, and can be returned.
  case quarantine
  /// The row they refer to is made, with what NOT NULL demands of it; foreign keys only.
  case phantom
  /// They are moved out as for `quarantine`, marked as gone on purpose: returned only when asked for by name.
  case delete
  /// The columns that violate become NULL; the old row is recorded.
  case null
  /// They stay, and the constraint stays NOT VALID.
  case keep

  /// Whether rows leave their table, so that the record holds the only copy.
  package var takesRows: Bool {
    switch self {
    case .quarantine, .delete: true
    case .phantom, .null, .keep: false
    }
  }
}
