import Analysis
import SchemaModel
import Testing

@Suite struct RestorePoliciesTests {
  private static let key = ConstraintReference(
    kind: .foreignKey, table: ObjectName(schema: "public", "orders"), name: "orders_user")
  private static let check = ConstraintReference(
    kind: .checkConstraint, table: ObjectName(schema: "public", "orders"), name: "positive")

  private static func subjects(tag: PolicySubject.Tag? = nil) -> [PolicySubject] {
    [
      PolicySubject(
        key, names: ["orders_user", "public.orders.orders_user"], groups: ["public.orders"], tag: tag),
      PolicySubject(
        check, names: ["positive", "public.orders.positive"], groups: ["public.orders"],
        impossible: [.phantom: "only a foreign key lacks a row that could be made"]),
    ]
  }

  private static func rule(
    _ policy: ViolationPolicy, _ name: String? = nil, _ origin: PolicyRule.Origin = .commandLine
  ) -> PolicyRule {
    PolicyRule(policy, for: name.map { NamePattern($0) }, origin: origin)
  }

  @Test func `without a word everything is set aside`() throws {
    let policies = try RestorePolicies([], for: Self.subjects())
    #expect(policies[Self.key] == .quarantine)
    #expect(RestorePolicies.quarantineAll[Self.check] == .quarantine)
  }

  @Test func `the command line goes before plumb.yaml, and that before a tag`() throws {
    let tagged = Self.subjects(tag: PolicySubject.Tag(.keep, at: "table public.orders"))
    #expect(try RestorePolicies([], for: tagged)[Self.key] == .keep)
    let file = Self.rule(.delete, "public.orders.orders_user", .configuration(line: 3))
    #expect(try RestorePolicies([file], for: tagged)[Self.key] == .delete)
    #expect(try RestorePolicies([file, Self.rule(.null)], for: tagged)[Self.key] == .null)
    #expect(try RestorePolicies([Self.rule(.null), file], for: tagged)[Self.key] == .null)
  }

  @Test func `of rules from one place the most exact wins, and of equals the last`() throws {
    let rules = [
      Self.rule(.delete, "orders_user"), Self.rule(.keep, "public.orders"), Self.rule(.null, "public.*"),
      Self.rule(.quarantine),
    ]
    for order in [rules, rules.reversed()] {
      let policies = try RestorePolicies(order, for: Self.subjects())
      #expect(policies[Self.key] == .delete)
      #expect(policies[Self.check] == .keep)
    }
    let twice = [Self.rule(.delete, "orders_user"), Self.rule(.null, "orders_user")]
    #expect(try RestorePolicies(twice, for: Self.subjects())[Self.key] == .null)
  }

  @Test(arguments: ["orders_usr", "public.order", "*.nothing"])
  func `a name that nothing bears is a mistake`(_ name: String) {
    #expect {
      try RestorePolicies([Self.rule(.null, name)], for: Self.subjects())
    } throws: { error in
      guard case PolicyMistake.unknown(let word, _, let known) = error else { return false }
      return word == name && known.contains("public.orders.orders_user")
    }
  }

  @Test func `what is impossible for the one that is named is a mistake, and for some of many is told`()
    throws
  {
    #expect {
      try RestorePolicies([Self.rule(.phantom, "positive")], for: Self.subjects())
    } throws: { error in
      guard case PolicyMistake.impossible(.phantom, "positive", _, _) = error else { return false }
      return true
    }
    let policies = try RestorePolicies(
      [Self.rule(.phantom), Self.rule(.null, nil, .configuration(line: 1))], for: Self.subjects())
    #expect(policies[Self.key] == .phantom)
    // What was said next for it is followed instead.
    #expect(policies[Self.check] == .null)
    #expect(policies.refusal(for: Self.check)?.hasPrefix("--policy asks for phantom") == true)
    #expect(policies.refusal(for: Self.key) == nil)
  }
}
