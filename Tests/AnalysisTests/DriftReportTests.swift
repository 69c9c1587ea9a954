import Analysis
import SchemaModel
import TestSupport
import Testing

@Suite struct DriftReportTests {
  private let drawn = Schema.drawn(
    .drawn("orders", .drawn("id")),
    .drawn(
      "items", .drawn("id"), .drawn("order_id"), .drawn("note", "text", notNull: false),
      keys: .drawn("order_id", to: "orders")))

  private let orderKey = EvidenceSubject.constraint(
    ConstraintReference(
      kind: .foreignKey, table: ObjectName(schema: "public", "items"), name: "order_id_fkey"))

  @Test func `a true blueprint has no findings`() {
    let report = DriftReport(blueprint: drawn, live: drawn)
    #expect(report.findings.isEmpty && report.flaws.isEmpty)
    #expect(report.verdict == .same)
  }

  @Test func `a key that only the blueprint has is told with what a restore meets`() throws {
    let live = drawn.changing("items") { $0.foreignKeys = [] }
    let finding = try #require(DriftReport(blueprint: drawn, live: live).findings.first)
    #expect(
      finding.consequence
        == "production does not enforce this key: rows without a parent may exist, and a restore from this "
        + "blueprint stops when it creates the key.")
    #expect(finding.evidence == nil)
  }

  @Test(arguments: [
    (7, 20_031, "7 of 20,031 rows have no parent: a restore from this blueprint would stop here."),
    (1, 1_234_567, "1 of 1,234,567 rows has no parent: a restore from this blueprint would stop here."),
    (
      0, 9,
      "none of 9 rows have no parent: a restore from this blueprint passes here today, and nothing in "
        + "production keeps it so."
    ),
  ])
  func `counted rows replace what may be`(violating: Int, total: Int, sentence: String) throws {
    let live = drawn.changing("items") { $0.foreignKeys = [] }
    let evidence = Evidence(violatingRowCount: violating, totalRowCount: total, sql: "select 1")
    let report = DriftReport(blueprint: drawn, live: live, evidence: [orderKey: evidence])
    #expect(report.findings.map(\.consequence) == [sentence])
    #expect(report.findings.first?.evidence == evidence)
    #expect(report.flaws.map(\.consequence) == [sentence])
  }

  @Test func `nullability is told in the direction it hurts`() {
    let required = drawn.changing("items") { $0.columns[2].isNotNull = true }
    #expect(
      DriftReport(blueprint: drawn, live: required).findings.map(\.consequence) == [
        "a restore that follows the blueprint may write NULL here and is refused by production's NOT NULL."
      ])
    #expect(
      DriftReport(blueprint: required, live: drawn).findings.map(\.consequence) == [
        "rows with NULL may exist in production, and a restore from this blueprint stops at the first one."
      ])
    let column = EvidenceSubject.column(
      ColumnReference(table: ObjectName(schema: "public", "items"), column: "note"))
    let evidence = Evidence(violatingRowCount: 3, totalRowCount: 3, sql: "")
    #expect(
      DriftReport(blueprint: required, live: drawn, evidence: [column: evidence]).findings.map(\.consequence)
        == ["3 of 3 rows hold NULL: a restore from this blueprint would stop here."])
  }

  @Test func `a key the blueprint itself draws as not valid stops no restore`() throws {
    let unchecked = drawn.changing("items") { $0.foreignKeys[0].isValidated = false }
    let report = DriftReport(blueprint: unchecked, live: drawn.changing("items") { $0.foreignKeys = [] })
    #expect(report.findings.first?.consequence.contains("without checking them") == true)
    #expect(DriftReport(blueprint: unchecked, live: unchecked).verdict == .same)
  }

  @Test func `labels that the blueprint does not know are named`() {
    func schema(_ labels: String...) -> Schema {
      var schema = drawn
      var mood = EnumType(named: ObjectName(schema: "public", "mood"))
      mood.labels = labels
      schema.enums = [mood]
      return schema
    }
    func consequences(_ live: Schema) -> [String] {
      DriftReport(blueprint: schema("sad", "ok"), live: live).findings.map(\.consequence)
    }
    #expect(
      consequences(schema("sad", "ok", "glad", "mad")).first?.contains("know glad, mad: a restore") == true)
    #expect(consequences(schema("ok")).first?.contains("production does not know sad") == true)
    #expect(consequences(schema("ok", "sad")).first?.contains("another order") == true)
  }

  @Test func `a column drawn NOT NULL that production lacks stops the restore, an optional one does not`() {
    let live = drawn.changing("items") { table in
      table.columns = [table.columns[0]]
      table.foreignKeys = []
    }
    let findings = DriftReport(blueprint: drawn, live: live).findings
    let sentences = Dictionary(
      uniqueKeysWithValues: findings.map { ($0.difference.object.path, $0.consequence) })
    #expect(sentences["public.items.order_id"]?.hasSuffix("stops at its NOT NULL.") == true)
    #expect(sentences["public.items.note"]?.hasSuffix("leaves it at its default.") == true)
  }

  @Test func `every fact of every kind of object has a sentence of its own, in both directions`() {
    var visitor = Sentences()
    EveryKind.visit(&visitor)
  }

  private struct Sentences: KindVisitor {
    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      func with(_ object: Object) -> Schema {
        var schema = EveryKind.frame
        schema[keyPath: list].append(object)
        return schema
      }
      let object = EveryFact.stated(Object.self, named: name)
      let plain = with(object)
      var reports = [
        DriftReport(blueprint: EveryKind.frame, live: plain),
        DriftReport(blueprint: plain, live: EveryKind.frame),
      ]
      for facet in Object.facets {
        guard let other = (try? EveryFact.changed(object, facet)).map(with) else {
          Issue.record("EveryFact has no other value for \(Object.self).\(facet.label)")
          continue
        }
        reports += [DriftReport(blueprint: plain, live: other), DriftReport(blueprint: other, live: plain)]
      }
      for report in reports {
        // A role is told by what it is granted, and a database has properties also where none is set.
        #expect(
          report.findings.count == 1
            || report.findings.isEmpty && (Object.self == Role.self || Object.self == DatabaseProperties.self)
        )
        for finding in report.findings {
          let sentence = finding.consequence
          #expect(sentence.hasSuffix("."), "\(finding.difference.line): \(sentence)")
          #expect(
            !(sentence.hasPrefix("a restore from this blueprint gives")
              && sentence.contains(" where production has ")),
            "\(finding.difference.line): \(sentence)")
        }
      }
    }
  }
}
