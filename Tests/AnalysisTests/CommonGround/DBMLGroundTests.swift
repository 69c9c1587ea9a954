import Analysis
import SchemaModel
import Testing

/// A DBML text is compared in what it can say, and in nothing else.
@Suite struct DBMLGroundTests {
  private static let live: Schema = {
    var orders = Table.drawn(
      "orders", .drawn("id", "bigint"), .drawn("user_id"), .drawn("total", "numeric(10,2)"),
      .drawn("status", "public.state", notNull: false), keys: .drawn("user_id", to: "users"))
    orders.columns[0].value = .identity(always: true, SequenceOptions())
    orders.columns[2].value = .default("'-1.5'::numeric")
    return .drawn(orders, .drawn("users", .drawn("id"), .drawn("email", "text")))
  }()

  /// The same, as a DBML text says it.
  private static let drawn: Schema = {
    var schema = live.changing("orders") { table in
      table.columns[0].value = .identity(always: false, SequenceOptions())
      table.columns[2].value = .default("-1.5")
      table.primaryKey?.isNamed = false
      table.foreignKeys[0].isNamed = false
      table.foreignKeys[0].name = "orders_user_id_fkey"
    }
    schema.expressiveness = .tables([])
    return schema
  }()

  /// What differs when the live table `orders` is changed.
  private func lines(_ change: (inout Table) -> Void) -> [String] {
    Diff.compare(from: Self.drawn, to: Self.live.changing("orders", change)).lines
  }

  @Test func `it is the same when all it says agrees, and the report says what that is`() {
    let comparison = Diff.compare(from: Self.drawn, to: Self.live)
    #expect(comparison.lines == [])
    #expect(comparison.verdict == .same)
    #expect(comparison.limits == [])
    #expect(
      comparison.scope == [
        "compared: tables, columns with their types, NOT NULL and defaults, keys, relations, checks, indexes, enums; "
          + "DBML says no more"
      ])
    #expect(Diff.compare(from: Self.live, to: Self.drawn).verdict == .same)
    #expect(Diff.compare(from: Self.live, to: Self.live).scope == [])
  }

  @Test func `what DBML cannot say is no difference`() {
    let changes: [(inout Table) -> Void] = [
      { $0.isUnlogged = true }, { $0.partitionKey = "RANGE (id)" }, { $0.comment = Comment("c") },
      { $0.columns[1].collation = "x" }, { $0.columns[1].comment = Comment("c") },
      { $0.columns[3].value = .generated("1", isStored: true) },
      { $0.columns[0].value = .default("nextval('s'::regclass)") },
      { $0.primaryKey?.includedColumns = ["total"] }, { $0.primaryKey?.deferrability = .initiallyDeferred },
      { $0.primaryKey?.name = "other" }, { $0.foreignKeys[0].match = .full },
      { $0.foreignKeys[0].deferrability = .initiallyDeferred }, { $0.foreignKeys[0].comment = Comment("c") },
      { $0.exclusions = [ExclusionConstraint(named: "x")] },
      {
        var index = TableIndex(named: "partial")
        index.keys = [IndexKey(.column("status"))]
        index.isUnique = true
        index.predicate = "id > 0"
        $0.indexes = [index]
      },
    ]
    for (number, change) in changes.enumerated() { #expect(lines(change) == [], "\(number)") }
  }

  @Test func `what DBML says is compared`() {
    #expect(lines { $0.columns[2].type = "numeric(12,2)" }.count == 1)
    #expect(lines { $0.columns[2].value = .default("1") }.count == 1)
    #expect(lines { $0.columns[1].isNotNull = false }.count == 1)
    #expect(lines { $0.foreignKeys[0].onDelete = .cascade }.count == 1)
    #expect(lines { $0.foreignKeys[0].isValidated = false }.count == 1)
    #expect(
      lines { $0.foreignKeys = [] } == [
        "foreign key public.orders.orders_user_id_fkey: missing (breaks a restore)"
      ])
    #expect(lines { $0.primaryKey = nil }.count == 1)
    #expect(lines { $0.columns.removeLast() }.count == 1)
    #expect(lines { $0.columns.append(.drawn("more")) }.count == 1)
    #expect(lines { table in table.columns.swapAt(1, 2) }.count == 1)
    #expect(
      lines { table in
        var check = CheckConstraint(named: "c")
        check.expression = "id > 0"
        table.checks = [check]
      }.count == 1)
  }

  @Test func `a unique index and a unique constraint are one thing to it, a partial one is neither`() {
    var drawn = Self.drawn.changing("orders") { table in
      var key = KeyConstraint(named: "orders_user_id_key")
      key.isNamed = false
      key.columns = ["user_id"]
      table.uniqueConstraints = [key]
    }
    drawn.expressiveness = .tables([])
    func live(_ predicate: String?) -> Schema {
      Self.live.changing("orders") { table in
        var index = TableIndex(named: "by_user")
        index.keys = [IndexKey(.column("user_id"))]
        index.isUnique = true
        index.predicate = predicate
        table.indexes = [index]
      }
    }
    #expect(Diff.compare(from: drawn, to: live(nil)).verdict == .same)
    #expect(
      Diff.compare(from: drawn, to: live("id > 0")).lines == [
        "unique constraint public.orders.orders_user_id_key: missing (breaks a restore)"
      ])
  }

  @Test func `a plain index stands for a partial one over the same keys, and its sort order is not said`() {
    var index = TableIndex(named: "by_status")
    index.keys = [IndexKey(.column("status"))]
    var drawn = Self.drawn.changing("orders") { $0.indexes = [index] }
    drawn.expressiveness = .tables([])
    index.predicate = "id > 0"
    index.keys[0].isDescending = true
    index.includedColumns = ["id"]
    #expect(
      Diff.compare(from: drawn, to: Self.live.changing("orders") { $0.indexes = [index] }).verdict == .same)
    #expect(Diff.compare(from: drawn, to: Self.live).lines.count == 1)
  }

  @Test func `an index that was given no name takes the live one's`() {
    var index = TableIndex(named: "")
    index.keys = [IndexKey(.column("status"))]
    index.name = index.inventedName(of: "orders")
    var drawn = Self.drawn.changing("orders") { $0.indexes = [index] }
    index.name = "any_name"
    drawn.expressiveness = .tables([])
    #expect(
      Diff.compare(from: drawn, to: Self.live.changing("orders") { $0.indexes = [index] }).verdict == .same)
    let named = drawn.changing("orders") { $0.indexes[0].name = "given" }
    #expect(
      Diff.compare(from: named, to: Self.live.changing("orders") { $0.indexes = [index] }).lines == [
        "index public.orders.given: name: given -> any_name (cosmetic)"
      ])
  }

  @Test func `notes are compared where the text has any`() {
    var drawn = Self.drawn.changing("orders") { $0.comment = Comment("mine") }
    drawn.expressiveness = .tables([])
    #expect(Diff.compare(from: drawn, to: Self.live).lines.count == 1)
    let live = Self.live.changing("orders") { $0.comment = Comment("mine") }
    #expect(Diff.compare(from: drawn, to: live).verdict == .same)
    #expect(Diff.compare(from: drawn, to: live).scope.first?.contains("enums and notes") == true)
  }

  @Test(arguments: [
    ("now() - interval '5 days'", "(now() - '5 days'::interval)", true),
    ("now() - interval '5 days'", "(now() - '6 days'::interval)", false),
    ("getdate() > 1", "(public.getdate() > 1)", true),
    ("state = 'open'", #"(state = 'open'::app."job status")"#, true),
    (
      "total between 0 and 10 and status in ('a', 'b')",
      "(((total >= (0)::numeric) AND (total <= (10)::numeric)) AND (status = ANY (ARRAY['a'::text, 'b'::text])))",
      true
    ),
    ("lower(email)", "lower((email)::text)", true), ("a != 'x'", "((a)::text <> 'x'::text)", true),
    ("name like 'A%'", "(name ~~ 'A%'::text)", true), ("NOW()", "CURRENT_TIMESTAMP", true),
    ("a > 0", "(a > 1)", false), ("a = 'X'", "(a = 'x'::text)", false), ("a > b", "(b > a)", false),
    ("a in ('x')", "(a <> ALL (ARRAY['x'::text]))", false), ("-1", "'-1'::integer", true),
    ("created_at at time zone 'utc'", "(created_at AT TIME ZONE 'utc'::text)", true),
  ])
  func `an expression agrees with how the server prints it`(written: String, printed: String, isSame: Bool) {
    func check(_ expression: String) -> (inout Table) -> Void {
      { table in
        var check = CheckConstraint(named: "c")
        check.expression = expression
        table.checks = [check]
      }
    }
    var drawn = Self.drawn.changing("orders", check(written))
    drawn.expressiveness = .tables([])
    let comparison = Diff.compare(from: drawn, to: Self.live.changing("orders", check(printed)))
    #expect((comparison.verdict == .same) == isSame, "\(comparison.lines)")
  }

  @Test(arguments: [
    ("datetime", "timestamp without time zone", true), ("DateTime", "timestamp with time zone", true),
    ("datetime", "date", false), ("timestamp", "timestamp with time zone", false), ("string", "text", true),
  ])
  func `a word that is no type stands for its family`(written: String, live: String, isSame: Bool) {
    let drawn = Self.drawn.changing("users") { $0.columns[1].type = written }
    let comparison = Diff.compare(
      from: drawn, to: Self.live.changing("users") { $0.columns[1].type = live })
    #expect((comparison.verdict == .same) == isSame)
  }

  @Test func `what only the database has is counted in the scope and takes nothing from the verdict`() {
    var live = Self.live
    live.views = [View(named: ObjectName("v"))]
    live.notCompared = [NotCompared(kind: "functions", count: 2, names: ["f", "g"])]
    let comparison = Diff.compare(from: Self.drawn, to: live)
    #expect(comparison.verdict == .same)
    #expect(comparison.scope.last == "DBML cannot say, and was not compared: views (1), functions (2)")
  }

  @Test func `many to many is found in the table that keeps it`() {
    let live = Schema.drawn(
      .drawn("a", .drawn("id")), .drawn("b", .drawn("id")), .joining("a", "b"))
    var drawn = Schema.drawn(.drawn("a", .drawn("id")), .drawn("b", .drawn("id")))
    drawn.expressiveness = .tables([
      DrawnRelation(ObjectName("a"), .zeroOrMore, .zeroOrMore, ObjectName(schema: "public", "b"))
    ])
    let report = DriftReport(blueprint: drawn, live: live)
    #expect(report.flaws.map(\.kind) == [.implicitJoinTable])
    #expect(report.findings.map(\.flaw) == [0])
  }
}

extension Table {
  /// A table that relates two others many to many.
  static func joining(_ first: String, _ second: String) -> Table {
    var table = Table.drawn(
      "\(first)_\(second)", .drawn("\(first)_id"), .drawn("\(second)_id"),
      keys: .drawn("\(first)_id", to: first),
      .drawn("\(second)_id", to: second))
    table.primaryKey?.columns = ["\(first)_id", "\(second)_id"]
    return table
  }
}
