/// How bad it is that two databases differ in a fact, worst first.
package enum Severity: Int, CaseIterable, Hashable, Sendable, Comparable {
  /// Rows of the one do not fit the other: a restore stops, or loses the constraint.
  case breaksRestore
  /// Statements written for the one fail or answer differently on the other.
  case breaksApplication
  /// Somebody may do or see what the other database refuses, or the other way round.
  case security
  /// The same answers, later.
  case performance
  /// Nothing but people's understanding changes.
  case cosmetic

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// The severity in words, as reports print it and JSON holds it.
  package var label: String {
    switch self {
    case .breaksRestore: "breaks a restore"
    case .breaksApplication: "breaks an application"
    case .security: "security"
    case .performance: "performance"
    case .cosmetic: "cosmetic"
    }
  }
}
