import SchemaModel

/// Which policy each constraint's violating rows meet, settled before a restore begins.
///
/// The command line goes before `plumb.yaml`, that before a tag in a comment, that before `quarantine`. Of rules from
/// one place the one that names the constraint itself goes first, then its table, then a pattern, then all; of
/// equals the last.
package struct RestorePolicies: Hashable, Sendable {
  /// Everything is set aside.
  package static let quarantineAll = RestorePolicies()

  /// What was asked for a constraint and cannot be, in one line.
  private var refusals: [ConstraintReference: String] = [:]
  private var policies: [ConstraintReference: ViolationPolicy] = [:]

  private init() {}

  /// - Throws: when a rule names nothing, or asks for what is impossible.
  package init(_ rules: [PolicyRule], for subjects: [PolicySubject]) throws(PolicyMistake) {
    for rule in rules { try Self.check(rule, subjects) }
    for subject in subjects {
      for (policy, place) in Self.candidates(rules, subject) {
        guard let reason = subject.impossible[policy] else {
          policies[subject.constraint] = policy
          break
        }
        if refusals[subject.constraint] == nil {
          refusals[subject.constraint] = "\(place) asks for \(policy.rawValue), which cannot be: \(reason)"
        }
      }
    }
  }

  /// What was asked for the constraint and cannot be followed, in one line; `nil` when nothing.
  package func refusal(for constraint: ConstraintReference) -> String? { refusals[constraint] }

  /// Whether parents may be made for orphans.
  package var mayMakeRows: Bool { policies.values.contains(.phantom) }

  /// What is done with rows that violate the constraint.
  package subscript(_ constraint: ConstraintReference) -> ViolationPolicy {
    policies[constraint] ?? .quarantine
  }

  /// All policies said for a constraint, and where, the one to be followed first.
  private static func candidates(
    _ rules: [PolicyRule], _ subject: PolicySubject
  ) -> [(policy: ViolationPolicy, place: String)] {
    let fitting = rules.enumerated().compactMap { position, rule -> (rank: [Int], rule: PolicyRule)? in
      guard let precision = rule.precision(for: subject) else { return nil }
      return ([rule.origin.rank, precision, position], rule)
    }
    let ordered = fitting.sorted { $1.rank.lexicographicallyPrecedes($0.rank) }.map(\.rule)
    return ordered.map { ($0.policy, $0.place) }
      + (subject.tag.map { [($0.policy, "the tag of \($0.place)")] } ?? [])
  }

  private static func check(_ rule: PolicyRule, _ subjects: [PolicySubject]) throws(PolicyMistake) {
    let named = subjects.filter { rule.precision(for: $0) != nil }
    if let pattern = rule.pattern, named.isEmpty {
      throw .unknown(pattern.text, place: rule.place, known: subjects.flatMap { $0.names + $0.groups })
    }
    // A name must fit; what is said for many is followed where it can be.
    let possible = named.filter { $0.impossible[rule.policy] == nil }
    let reasons = named.compactMap { $0.impossible[rule.policy] }
    if rule.pattern != nil, possible.isEmpty, let reason = reasons.first {
      throw .impossible(rule.policy, rule.pattern?.text ?? "", place: rule.place, reason: reason)
    }
  }
}

/// A rule for policies that cannot be followed as it is written.
package enum PolicyMistake: Error, Hashable, Sendable {
  /// No constraint, table or domain has that name; `known` is what there is.
  case unknown(String, place: String, known: [String])
  case impossible(ViolationPolicy, String, place: String, reason: String)
}

extension PolicyRule {
  /// How exactly it names the constraint; `nil` when it does not.
  fileprivate func precision(for subject: PolicySubject) -> Int? {
    guard let pattern else { return 0 }
    if pattern.hasWildcard {
      return (subject.names + subject.groups).contains(where: pattern.matches) ? 1 : nil
    }
    if subject.names.contains(pattern.text) { return 3 }
    return subject.groups.contains(pattern.text) ? 2 : nil
  }

  fileprivate var place: String {
    switch origin {
    case .configuration(let line): "plumb.yaml, line \(line),"
    case .commandLine: "--policy"
    }
  }
}

extension PolicyRule.Origin {
  fileprivate var rank: Int {
    switch self {
    case .configuration: 0
    case .commandLine: 1
    }
  }
}
