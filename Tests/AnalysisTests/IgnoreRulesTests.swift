import Analysis
import SchemaModel
import Testing

/// What plumb.yaml accepts, it accepts in the open, and only as long as it says.
@Suite struct IgnoreRulesTests {
  private static let drawn: Schema = {
    var schema = Schema(engine: .postgreSQL, serverVersion: "")
    var table = Table(named: ObjectName(schema: "public", "orders"))
    table.columns = [Column(named: "id"), Column(named: "note")]
    schema.tables = [table]
    return schema
  }()

  private static let live: Schema = {
    var schema = drawn
    schema.tables[0].comment = Comment("x")
    schema.tables[0].columns[1].isNotNull = true
    schema.tables.append(Table(named: ObjectName(schema: "public", "tmp_7")))
    return schema
  }()

  private func rule(
    kind: String? = nil, name: String? = nil, fact: String? = nil, environments: [String] = [],
    until: String? = nil
  ) -> IgnoreRule {
    var rule = IgnoreRule(reason: "because", line: 3)
    rule.kind = kind
    rule.name = name.map { NamePattern($0) }
    rule.fact = fact
    rule.environments = environments
    rule.until = until
    return rule
  }

  private func compare(_ rules: [IgnoreRule], environment: String? = nil) -> SchemaComparison {
    IgnoreRules(rules, environment: environment, today: "2026-11-21")
      .applied(to: Diff.compare(from: Self.drawn, to: Self.live))
  }

  @Test func `a rule ignores what all its conditions hold for, and lists it`() {
    #expect(compare([]).differences.count == 3)
    let byName = compare([rule(name: "public.tmp_*")])
    #expect(byName.differences.count == 2)
    #expect(byName.ignored.map(\.rule.reason) == ["because"])
    #expect(compare([rule(kind: "table", name: "*orders", fact: "comment")]).differences.count == 2)
    #expect(compare([rule(kind: "column", fact: "comment")]).differences.count == 3)
    #expect(compare([rule(fact: "unexpected")]).differences.count == 2)
  }

  @Test func `what belongs to an ignored table is ignored with it`() {
    #expect(compare([rule(name: "public.orders")]).differences.map(\.object.owner.name) == ["tmp_7"])
  }

  @Test func `when all is ignored the answer is same`() {
    #expect(compare([rule(name: "*")]).verdict == .same)
  }

  @Test func `a rule holds through its last day, and is reported afterwards`() {
    #expect(compare([rule(name: "*", until: "2026-11-21")]).verdict == .same)
    let late = compare([rule(name: "*", until: "2026-11-20")])
    #expect(late.verdict == .different)
    #expect(late.expiredRules.map(\.line) == [3])
  }

  @Test func `a rule for one environment holds nowhere else`() {
    let rules = [rule(name: "*", environments: ["staging"])]
    #expect(compare(rules).verdict == .different)
    #expect(compare(rules, environment: "production").verdict == .different)
    #expect(compare(rules, environment: "staging").verdict == .same)
  }

  @Test func `what cannot be compared is ignored by its kind`() {
    var live = Self.drawn
    live.notCompared = [NotCompared(kind: "large objects", count: 2, names: ["1", "2"])]
    let comparison = Diff.compare(from: Self.drawn, to: live)
    #expect(comparison.verdict == .couldNotTell)
    let rules = IgnoreRules([rule(kind: "large objects")], environment: nil, today: "")
    #expect(rules.applied(to: comparison).verdict == .same)
  }

  @Test func `a flaw whose differences are all ignored is ignored too`() {
    let rules = IgnoreRules([rule(fact: "not null")], environment: nil, today: "")
    let plain = DriftReport(blueprint: Self.drawn, live: Self.live)
    #expect(plain.flaws.map(\.kind) == [.nullability])
    #expect(DriftReport(blueprint: Self.drawn, live: Self.live, ignoring: rules).flaws.isEmpty)
  }
}
