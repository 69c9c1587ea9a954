/// A policy somebody wrote down for the constraints that a pattern names.
package struct PolicyRule: Hashable, Sendable {
  /// Where it was written; the order of the cases is that of precedence, the last wins.
  package enum Origin: Hashable, Sendable {
    /// The line of `plumb.yaml`, from 1.
    case configuration(line: Int)
    case commandLine
  }

  package var policy: ViolationPolicy
  /// Names a constraint, a table or a domain; `nil` for every constraint.
  package var pattern: NamePattern?
  package var origin: Origin

  package init(_ policy: ViolationPolicy, for pattern: NamePattern? = nil, origin: Origin) {
    self.policy = policy
    self.pattern = pattern
    self.origin = origin
  }
}

extension NamePattern {
  /// Whether it can stand for more than one name.
  package var hasWildcard: Bool { text.contains { $0 == "*" || $0 == "?" } }
}
