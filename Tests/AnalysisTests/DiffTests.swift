import Analysis
import SchemaModel
import TestSupport
import Testing

@Suite struct DiffTests {
  private let blueprint = Schema.drawn(
    .drawn("users", .drawn("id"), .drawn("email", "text")),
    .drawn(
      "tasks", .drawn("id"), .drawn("title", "text"), .drawn("user_id"), keys: .drawn("user_id", to: "users"))
  )

  @Test func `equal schemas are the same`() {
    let comparison = Diff.compare(from: blueprint, to: blueprint)
    #expect(comparison.differences.isEmpty)
    #expect(comparison.verdict == .same)
  }

  @Test func `the server's version and the order of creation are no difference`() {
    var live = blueprint
    live.serverVersion = "16.1"
    live.views = [View(named: ObjectName("v"))]
    var other = live
    other.precedences = [
      Precedence(
        of: ObjectReference(kind: .view, ObjectName("v")),
        needs: [ObjectReference(kind: .view, ObjectName("w"))])
    ]
    #expect(Diff.compare(from: live, to: other).verdict == .same)
  }

  @Test func `something not compared on either side makes equal schemas undecided`() {
    var seen = blueprint
    seen.notCompared = [NotCompared(kind: "functions", count: 2, names: ["f"])]
    #expect(Diff.compare(from: seen, to: blueprint).verdict == .couldNotTell)
    #expect(Diff.compare(from: blueprint, to: seen).verdict == .couldNotTell)
    #expect(Diff.compare(from: blueprint, to: seen).notComparedInSecond == seen.notCompared)
    let changed = seen.changing("users") { $0.columns[1].isNotNull = false }
    #expect(Diff.compare(from: blueprint, to: changed).verdict == .different)
  }

  @Test func `every fact of every kind of object is compared and called by its label`() {
    var visitor = Comparisons()
    EveryKind.visit(&visitor)
    #expect(visitor.factCount > 60)
  }

  @Test func `an object on one side only is told once, without its members`() {
    var live = blueprint
    live.tables.removeAll { $0.name.name == "tasks" }
    live.enums = [EnumType(named: ObjectName(schema: "public", "mood"))]
    #expect(
      Diff.compare(from: blueprint, to: live).lines == [
        "enum type public.mood: unexpected (breaks a restore)",
        "table public.tasks: missing (breaks a restore)",
      ])
  }

  @Test func `differences come by object, an owner before its members, in the order of the facts`() {
    let live = blueprint.changing("tasks") { table in
      table.isUnlogged = true
      table.comment = Comment("things to do")
      table.columns[1].type = "character varying(80)"
      table.columns[1].isNotNull = false
      table.columns.remove(at: 2)
      table.foreignKeys = []
    }.changing("users") { $0.columns.append(.drawn("age", notNull: false)) }
    #expect(
      Diff.compare(from: blueprint, to: live).lines == [
        "table public.tasks: unlogged: no -> yes (breaks an application)",
        "table public.tasks: comment: none -> things to do (cosmetic)",
        "column public.tasks.title: type: text -> character varying(80) (breaks a restore)",
        "column public.tasks.title: not null: yes -> no (breaks a restore)",
        "column public.tasks.user_id: missing (breaks a restore)",
        "foreign key public.tasks.user_id_fkey: missing (breaks a restore)",
        "column public.users.age: unexpected (breaks a restore)",
      ])
  }

  @Test func `the order of columns is told on those that both tables have, and only where it differs`() {
    let wide = Schema.drawn(.drawn("t", .drawn("a"), .drawn("b"), .drawn("c"), .drawn("d"), .drawn("gone")))
    let live = wide.changing("t") { table in
      table.columns = [.drawn("new"), .drawn("a"), .drawn("c"), .drawn("b"), .drawn("d")]
    }
    #expect(
      Diff.compare(from: wide, to: live).lines.first
        == "table public.t: column order: b, c -> c, b (breaks an application)")
    let appended = wide.changing("t") { $0.columns.insert(.drawn("new"), at: 1) }
    #expect(!Diff.compare(from: wide, to: appended).lines.contains { $0.contains("column order") })
  }

  @Test func `one changed column among ten thousand tables is the only difference`() {
    var first = Schema(engine: .postgreSQL, serverVersion: "")
    first.tables = (0..<10_000).map { number in
      .drawn("t\(number)", .drawn("id"), .drawn("a", "text"), keys: .drawn("id", to: "t\(number / 2)"))
    }
    let second = first.changing("t5000") { $0.columns[1].type = "uuid" }
    #expect(
      Diff.compare(from: first, to: second).lines
        == ["column public.t5000.a: type: text -> uuid (breaks a restore)"])
  }

  private struct Comparisons: KindVisitor {
    var factCount = 0

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      var first = EveryKind.frame
      var second = first
      let object = EveryFact.stated(Object.self, named: name)
      first[keyPath: list].append(object)
      for facet in Object.facets {
        factCount += 1
        guard let other = try? EveryFact.changed(object, facet) else {
          Issue.record("EveryFact has no other value for \(Object.self).\(facet.label)")
          continue
        }
        second[keyPath: list].removeAll { $0.name == name }
        second[keyPath: list].append(other)
        let changes = Diff.compare(from: first, to: second).differences.map(\.change)
        #expect(
          changes == [
            .changed(fact: facet.label, expected: facet.words(object), found: facet.words(other))
          ])
      }
    }
  }
}
