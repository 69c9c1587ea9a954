import SchemaModel

/// How far production has moved from its blueprint, and what that means for a restore.
package struct DriftReport: Hashable, Sendable {
  /// One difference, told with its consequence.
  package struct Finding: Hashable, Sendable {
    package var difference: SchemaDifference
    /// What it means for a restore from the blueprint, in one sentence.
    package var consequence: String
    /// What was counted on the live data, where it was.
    package var evidence: Evidence?
    /// The position, in the report's flaws, of the flaw that explains it.
    package var flaw: Int?
  }

  /// In the order of the comparison: by object.
  package var findings: [Finding]
  /// The classic flaws, which explain some of the findings and can stand without one.
  package var flaws: [ClassicFlaw]
  /// The comparison from blueprint to production that it is made of.
  package var comparison: SchemaComparison

  /// Compares, and tells every difference with its consequence.
  /// - Parameters:
  ///   - evidence: what was counted on the live data, by demand; see ``DriftProbes``.
  ///   - rules: what is accepted on purpose.
  package init(
    blueprint: Schema, live: Schema, evidence: [EvidenceSubject: Evidence] = [:],
    ignoring rules: IgnoreRules = IgnoreRules([], environment: nil, today: "")
  ) {
    self.init(
      in: DriftContext(blueprint: blueprint, live: live, evidence: evidence), ignoring: rules)
  }

  /// Compares, and tells every difference with its consequence.
  package init(in context: DriftContext, ignoring rules: IgnoreRules) {
    let comparison = rules.applied(to: Diff.compare(on: context.ground))
    let accepted = comparison.ignored.map(\.difference)
    // A flaw of which everything is accepted is accepted itself.
    let flaws = ClassicFlaws.find(in: context).filter { flaw in
      !accepted.contains(where: flaw.explains) || comparison.differences.contains(where: flaw.explains)
    }
    var flawsOfObject: [ObjectReference: [Int]] = [:]
    for (position, flaw) in flaws.enumerated() {
      for object in flaw.objects { flawsOfObject[object, default: []].append(position) }
    }
    self.comparison = comparison
    self.flaws = flaws
    findings = comparison.differences.map { difference in
      Finding(
        difference: difference, consequence: Consequence.sentence(for: difference, in: context),
        evidence: difference.isCountable ? context.evidence(for: difference.object) : nil,
        flaw: flawsOfObject[difference.object]?.first { flaws[$0].explains(difference) })
    }
  }

  /// The comparison's verdict; different also when structure agrees and rows break what both demand.
  package var verdict: Verdict { flaws.isEmpty ? comparison.verdict : .different }
}

extension SchemaDifference {
  /// Whether rows can break what differs, so that a count belongs to it.
  fileprivate var isCountable: Bool {
    switch change {
    case .missing: object.kind != .column
    case .unexpected: false
    case .changed(let fact, _, _): object.kind == .column ? fact == "not null" : severity == .breaksRestore
    }
  }
}
