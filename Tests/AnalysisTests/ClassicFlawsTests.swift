import Analysis
import SchemaModel
import Testing

@Suite struct ClassicFlawsTests {
  private static let users = Table.drawn("users", .drawn("id"))
  private static let directTasks = Table.drawn(
    "tasks", .drawn("id"), .drawn("assignee_id", notNull: false), keys: .drawn("assignee_id", to: "users"))
  private static let tasks = Table.drawn("tasks", .drawn("id"))

  /// Tasks and users related through a table of their own.
  private static let assignees: Table = {
    var table = Table.drawn(
      "task_assignees", .drawn("task_id"), .drawn("user_id"), .drawn("role", "text"),
      keys: .drawn("task_id", to: "tasks"), .drawn("user_id", to: "users"))
    table.primaryKey?.columns = ["task_id", "user_id"]
    return table
  }()

  private let direct = Schema.drawn(users, directTasks)
  private let joined = Schema.drawn(users, tasks, assignees)

  @Test func `a true blueprint has none`() {
    #expect(ClassicFlaws.find(blueprint: direct, live: direct).isEmpty)
    #expect(ClassicFlaws.find(blueprint: joined, live: joined).isEmpty)
  }

  @Test func `a drawn key that production does not enforce is an orphaned foreign key`() throws {
    let live = direct.changing("tasks") { $0.foreignKeys = [] }
    let flaw = try #require(ClassicFlaws.find(blueprint: direct, live: live).first)
    #expect(flaw.title == "orphaned foreign key")
    #expect(
      flaw.sentence == "the blueprint draws public.tasks (assignee_id) -> public.users (id); production does "
        + "not enforce it.")
    #expect(flaw.objects.map(\.path) == ["public.tasks.assignee_id_fkey"])
  }

  @Test func `a key that was never validated is one too, unless it is drawn so`() {
    let live = direct.changing("tasks") { $0.foreignKeys[0].isValidated = false }
    let flaws = ClassicFlaws.find(blueprint: direct, live: live)
    #expect(flaws.map(\.kind) == [.orphanedForeignKey])
    #expect(flaws.first?.sentence.contains("NOT VALID") == true)
    #expect(ClassicFlaws.find(blueprint: live, live: live).isEmpty)
  }

  @Test func `a key that claims to be valid while rows break it is one too`() {
    let subject = EvidenceSubject.constraint(
      ConstraintReference(
        kind: .foreignKey, table: ObjectName(schema: "public", "tasks"), name: "assignee_id_fkey"))
    func report(_ count: Int) -> DriftReport {
      let evidence = Evidence(violatingRowCount: count, totalRowCount: 50, sql: "")
      return DriftReport(blueprint: direct, live: direct, evidence: [subject: evidence])
    }
    #expect(report(0).verdict == .same)
    #expect(report(2).verdict == .different)
    #expect(report(2).findings.isEmpty)
    #expect(
      report(2).flaws.map(\.consequence)
        == ["2 of 50 rows have no parent: a restore from this blueprint would stop here."])
  }

  @Test func `a relation drawn directly and kept in a table is an implicit join table, and nothing else`()
    throws
  {
    let report = DriftReport(blueprint: direct, live: joined)
    let flaw = try #require(report.flaws.first)
    #expect(report.flaws.count == 1)
    #expect(flaw.kind == .implicitJoinTable)
    #expect(
      flaw.sentence == "the blueprint draws public.tasks directly to public.users (assignee_id); production "
        + "keeps that relation in the table public.task_assignees.")
    #expect(
      flaw.consequence == "a restore from this blueprint looks for public.tasks.assignee_id and has no place "
        + "for the rows of public.task_assignees.")
    #expect(report.findings.count == 3)
    #expect(report.findings.allSatisfy { $0.flaw == 0 })
  }

  @Test func `the reverse is one too`() {
    let flaws = ClassicFlaws.find(blueprint: joined, live: direct)
    #expect(flaws.map(\.kind) == [.implicitJoinTable])
    #expect(
      flaws.first?.consequence
        == "a restore from this blueprint leaves public.task_assignees empty and has no "
        + "place for public.tasks.assignee_id.")
  }

  @Test func `a join table whose key is a unique constraint, or holds the tenant twice, is found`() {
    var tenant = Self.assignees
    tenant.columns.append(.drawn("org_id"))
    tenant.primaryKey = nil
    tenant.foreignKeys = [
      .drawn("org_id", "task_id", to: "tasks", "org_id", "id"),
      .drawn("org_id", "user_id", to: "users", "org_id", "id"), .drawn("org_id", to: "orgs"),
    ]
    var key = KeyConstraint(named: "once")
    key.columns = ["org_id", "task_id", "user_id"]
    tenant.uniqueConstraints = [key]
    let live = Schema.drawn(Self.users, Self.tasks, tenant)
    #expect(ClassicFlaws.find(blueprint: direct, live: live).map(\.kind) == [.implicitJoinTable])
  }

  @Test func `a new table that only refers to both is no join table`() {
    var log = Self.assignees
    log.primaryKey?.columns = ["task_id", "user_id", "role"]
    let live = Schema.drawn(Self.users, Self.directTasks, log).changing("tasks") { $0.foreignKeys = [] }
    #expect(ClassicFlaws.find(blueprint: direct, live: live).map(\.kind) == [.orphanedForeignKey])
  }

  @Test func `of two keys between the same tables the one that lost its column has moved`() {
    let blueprint = direct.changing("tasks") { table in
      table.columns.append(.drawn("author_id"))
      table.foreignKeys.append(.drawn("author_id", to: "users"))
    }
    let live = joined.changing("tasks") { $0.columns.append(.drawn("author_id")) }
    #expect(
      ClassicFlaws.find(blueprint: blueprint, live: live).map { "\($0.title): \($0.objects[0].path)" } == [
        "orphaned foreign key: public.tasks.author_id_fkey",
        "implicit join table: public.tasks.assignee_id_fkey",
      ])
  }

  @Test func `columns drawn optional that are required are one flaw a table, and explain only that fact`() {
    let blueprint = direct.changing("tasks") { $0.columns.append(.drawn("title", "text", notNull: false)) }
    let live = blueprint.changing("tasks") { table in
      table.columns[1].isNotNull = true
      table.columns[2].isNotNull = true
      table.columns[2].type = "uuid"
    }
    let report = DriftReport(blueprint: blueprint, live: live)
    #expect(
      report.flaws.map(\.sentence) == [
        "assignee_id, title of public.tasks are drawn optional and are NOT NULL in production."
      ])
    #expect(report.findings.map(\.flaw) == [0, nil, 0])
    let reverse = DriftReport(blueprint: live, live: blueprint)
    #expect(reverse.flaws.count == 2)
    #expect(reverse.flaws.allSatisfy { $0.kind == .nullability })
  }

  @Test func `two engines are judged on common ground`() {
    var embedded = direct
    embedded.engine = .sqlite
    for position in embedded.tables.indices { embedded.tables[position].name.schema = nil }
    embedded.tables[0].foreignKeys = []
    #expect(
      ClassicFlaws.find(blueprint: direct, live: embedded).map(\.objects[0].path) == [
        "tasks.assignee_id_fkey"
      ])
  }
}
