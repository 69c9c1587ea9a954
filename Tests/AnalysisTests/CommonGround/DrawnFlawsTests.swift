import Analysis
import SchemaModel
import Testing

/// The three classic flaws, seen from the lines of a diagram.
@Suite struct DrawnFlawsTests {
  private static func live(
    required: [String] = ["user_id"], match: ForeignKey.Match = .simple, unique: TableIndex? = nil,
    columns: [String] = ["user_id"], hasKey: Bool = true, isValidated: Bool = true
  ) -> Schema {
    var posts = Table.drawn("posts", .drawn("id"), .drawn("title", "text"))
    posts.columns += columns.map { .drawn($0, notNull: required.contains($0)) }
    if hasKey {
      var key = ForeignKey(named: "posts_user_fkey")
      key.columns = columns
      key.referencedTable = .users
      key.referencedColumns = columns.count == 1 ? ["id"] : ["org", "id"]
      key.match = match
      key.isValidated = isValidated
      posts.foreignKeys = [key]
    }
    posts.indexes = unique.map { [$0] } ?? []
    return .drawn(.drawn("users", .drawn("id"), .drawn("org")), posts)
  }

  /// The diagram of a live schema, with other lines.
  private static func drawing(of live: Schema, _ relations: DrawnRelation..., marks: [String] = []) -> Schema
  {
    var drawn = live
    var diagram = Diagram()
    diagram.marks = [.primaryKey]
    if !marks.isEmpty { diagram.marks.insert(.foreignKey) }
    diagram.foreignColumns = Set(marks.map { ColumnReference(table: .posts, column: $0) })
    diagram.relations = relations
    for position in drawn.tables.indices {
      drawn.tables[position].foreignKeys = []
      drawn.tables[position].indexes = []
      drawn.tables[position].uniqueConstraints = []
    }
    drawn.expressiveness = .diagram(diagram)
    return drawn
  }

  private static func line(
    _ atUsers: DrawnRelation.Cardinality, _ atPosts: DrawnRelation.Cardinality, _ label: String = ""
  ) -> DrawnRelation {
    DrawnRelation(.users, atUsers, atPosts, .posts, label: label)
  }

  private static func unique(
    _ columns: String..., change: (inout TableIndex) -> Void = { _ in }
  ) -> TableIndex {
    var index = TableIndex(named: "u")
    index.keys = columns.map { IndexKey(.column($0)) }
    index.isUnique = true
    change(&index)
    return index
  }

  private func flaws(_ live: Schema, _ relations: DrawnRelation..., marks: [String] = []) -> [String] {
    var drawn = Self.drawing(of: live, marks: marks)
    guard case .diagram(var diagram) = drawn.expressiveness else { return [] }
    diagram.relations = relations
    drawn.expressiveness = .diagram(diagram)
    let report = DriftReport(blueprint: drawn, live: live)
    // Every flaw is a difference too, and nothing else is.
    #expect(report.flaws.isEmpty == report.findings.isEmpty, "\(report.comparison.lines)")
    #expect(report.findings.allSatisfy { $0.flaw != nil }, "\(report.comparison.lines)")
    #expect(report.verdict == (report.flaws.isEmpty ? .same : .different))
    return report.flaws.map { "\($0.title): \($0.sentence)" }
  }

  @Test func `a line that the keys keep as it is drawn has no flaw`() {
    #expect(flaws(Self.live(), Self.line(.exactlyOne, .zeroOrMore)) == [])
    #expect(flaws(Self.live(), Self.line(.exactlyOne, .oneOrMore)) == [])
    #expect(flaws(Self.live(required: []), Self.line(.zeroOrOne, .zeroOrMore)) == [])
    #expect(flaws(Self.live(unique: Self.unique("user_id")), Self.line(.exactlyOne, .zeroOrOne)) == [])
    #expect(flaws(Self.live(unique: Self.unique("user_id")), Self.line(.exactlyOne, .exactlyOne)) == [])
  }

  @Test func `a line without a key is an orphaned key, found by the label, the name or the mark`() throws {
    let sentence =
      "orphaned foreign key: the blueprint draws public.posts (user_id) -> public.users (id); production does not "
      + "enforce it."
    let live = Self.live(hasKey: false)
    #expect(flaws(live, Self.line(.exactlyOne, .zeroOrMore)) == [sentence])
    #expect(flaws(live, Self.line(.exactlyOne, .zeroOrMore, "user_id")) == [sentence])
    let author = Self.live(columns: ["author"], hasKey: false)
    let byAuthor = sentence.replacing("(user_id)", with: "(author)")
    #expect(flaws(author, Self.line(.exactlyOne, .zeroOrMore), marks: ["author"]) == [byAuthor])
    #expect(flaws(author, Self.line(.exactlyOne, .zeroOrMore, "author")) == [byAuthor])
    #expect(
      flaws(author, Self.line(.exactlyOne, .zeroOrMore)) == [
        "orphaned foreign key: the blueprint draws public.posts -> public.users; production does not enforce it."
      ])
    #expect(flaws(live, marks: ["user_id"]) == [sentence])
  }

  @Test func `orphans are counted for the columns that were found`() throws {
    let live = Self.live(hasKey: false)
    let drawn = Self.drawing(of: live, Self.line(.exactlyOne, .zeroOrMore))
    let probe = try #require(DriftProbes.find(blueprint: drawn, live: live).first)
    guard case .foreignKey(let key) = probe.demand else {
      Issue.record("no foreign key")
      return
    }
    #expect(key.columns == ["user_id"] && key.referencedColumns == ["id"])
    let evidence = [probe.subject: Evidence(violatingRowCount: 3, totalRowCount: 9, sql: "x")]
    #expect(
      DriftReport(blueprint: drawn, live: live, evidence: evidence).flaws.map(\.consequence) == [
        "3 of 9 rows have no parent: a restore from this blueprint would stop here."
      ])
    let unnamed = Self.live(columns: ["author"], hasKey: false)
    #expect(
      DriftProbes.find(
        blueprint: Self.drawing(of: unnamed, Self.line(.exactlyOne, .zeroOrMore)), live: unnamed) == [])
  }

  @Test func `a key that never checked its rows is orphaned too`() {
    #expect(flaws(Self.live(isValidated: false), Self.line(.exactlyOne, .zeroOrMore)).count == 1)
  }

  @Test func `the parent is required only if all columns are NOT NULL, or any under MATCH FULL`() {
    let one = Self.line(.exactlyOne, .zeroOrMore)
    let perhaps = Self.line(.zeroOrOne, .zeroOrMore)
    #expect(
      flaws(Self.live(required: []), one) == [
        "nullability: the blueprint draws exactly one public.users for each row of public.posts (public.users to "
          + "public.posts); user_id may be NULL in production."
      ])
    #expect(
      flaws(Self.live(), perhaps) == [
        "nullability: the blueprint lets a row of public.posts be without public.users (public.users to public.posts); "
          + "user_id is NOT NULL in production."
      ])
    let both = ["org", "user_id"]
    #expect(flaws(Self.live(required: both, columns: both), one) == [])
    #expect(
      flaws(Self.live(required: ["org"], columns: both), one).first?.hasSuffix(
        "; user_id may be NULL in production.")
        == true)
    #expect(flaws(Self.live(required: ["org"], columns: both), perhaps) == [])
    #expect(flaws(Self.live(required: ["org"], match: .full, columns: both), one) == [])
    #expect(flaws(Self.live(required: ["org"], match: .full, columns: both), perhaps).count == 1)
    #expect(flaws(Self.live(required: [], match: .full, columns: both), perhaps) == [])
    #expect(flaws(Self.live(required: both, columns: both), perhaps).count == 1)
  }

  @Test func `the child is one only under a whole, valid unique key over some of the columns`() {
    let one = Self.line(.exactlyOne, .zeroOrOne)
    let many = Self.line(.exactlyOne, .zeroOrMore)
    let both = ["org", "user_id"]
    let sentence =
      "nullability: the blueprint draws at most one row of public.posts for a public.users (public.users to "
      + "public.posts); no whole, valid unique key of production over (user_id) keeps it so."
    #expect(flaws(Self.live(), one) == [sentence])
    #expect(flaws(Self.live(unique: Self.unique("user_id") { $0.predicate = "id > 0" }), one) == [sentence])
    #expect(flaws(Self.live(unique: Self.unique("user_id") { $0.isValid = false }), one) == [sentence])
    #expect(flaws(Self.live(unique: Self.unique("user_id") { $0.isUnique = false }), one) == [sentence])
    #expect(flaws(Self.live(unique: Self.unique("user_id", "title")), one) == [sentence])
    let expression = Self.unique("user_id") { $0.keys = [IndexKey(.expression("abs(user_id)"))] }
    #expect(flaws(Self.live(unique: expression), one) == [sentence])
    #expect(flaws(Self.live(required: both, unique: Self.unique("user_id"), columns: both), one) == [])
    #expect(flaws(Self.live(required: both, unique: Self.unique("org", "user_id"), columns: both), one) == [])
    #expect(
      flaws(Self.live(unique: Self.unique("user_id")), many) == [
        "nullability: the blueprint draws any number of rows of public.posts for a public.users (public.users to "
          + "public.posts); production allows one."
      ])
  }

  @Test func `rows that break a drawn cardinality are counted`() throws {
    let live = Self.live(required: [])
    let drawn = Self.drawing(of: live, Self.line(.exactlyOne, .zeroOrOne))
    let probes = DriftProbes.find(blueprint: drawn, live: live)
    #expect(probes.count == 2)
    let evidence = Dictionary(
      uniqueKeysWithValues: probes.map {
        ($0.subject, Evidence(violatingRowCount: 2, totalRowCount: 5, sql: "x"))
      })
    #expect(
      DriftReport(blueprint: drawn, live: live, evidence: evidence).flaws.map(\.consequence).sorted() == [
        "2 of 5 rows hold NULL: a restore from this blueprint would stop here.",
        "2 of 5 rows repeat a key: a restore from this blueprint would stop here.",
      ])
  }

  @Test func `many to many is an implicit join table, unless the table is drawn`() {
    let live = Schema.drawn(
      .drawn("users", .drawn("id")), .drawn("posts", .drawn("id")), .joining("users", "posts"))
    let many = Self.line(.zeroOrMore, .zeroOrMore, "likes")
    var drawn = Self.drawing(of: live, many)
    drawn.tables.removeAll { $0.name.name == "users_posts" }
    let report = DriftReport(blueprint: drawn, live: live)
    #expect(
      report.flaws.map(\.sentence) == [
        "the blueprint draws public.users to public.posts (likes) many to many; production keeps that relation in the "
          + "table public.users_posts, which the blueprint does not draw."
      ])
    #expect(report.comparison.lines == ["table public.users_posts: unexpected (breaks a restore)"])
    let withLines = Self.drawing(
      of: live, many,
      DrawnRelation(.users, .exactlyOne, .zeroOrMore, ObjectName(schema: "public", "users_posts")),
      DrawnRelation(.posts, .exactlyOne, .zeroOrMore, ObjectName(schema: "public", "users_posts")))
    #expect(DriftReport(blueprint: withLines, live: live).verdict == .same)
  }

  @Test func `many to many without a table is at odds with the key, or kept by nothing`() {
    let many = Self.line(.oneOrMore, .zeroOrMore)
    #expect(
      flaws(Self.live(), many) == [
        "nullability: the blueprint draws many rows of public.users for one of public.posts (public.users to "
          + "public.posts); production keeps one, in public.posts (user_id)."
      ])
    #expect(
      flaws(Self.live(hasKey: false), many) == [
        "orphaned foreign key: the blueprint draws public.users to public.posts many to many; production has neither a "
          + "table nor a key for it."
      ])
  }

  @Test func `a line drawn the wrong way round is at odds at both ends`() {
    #expect(flaws(Self.live(), DrawnRelation(.posts, .exactlyOne, .zeroOrMore, .users)).count == 2)
  }

  @Test func `two lines between the same tables get the keys that their words mean`() {
    var live = Self.live(required: ["user_id"], columns: ["user_id"])
    live = live.changing("posts") { table in
      table.columns.append(.drawn("editor_id", notNull: false))
      table.foreignKeys.append(.drawn("editor_id", to: "users"))
    }
    #expect(
      flaws(live, Self.line(.zeroOrOne, .zeroOrMore, "editor"), Self.line(.exactlyOne, .zeroOrMore, "writes"))
        == [])
    #expect(
      flaws(live, Self.line(.zeroOrOne, .zeroOrMore), Self.line(.exactlyOne, .zeroOrMore)) == [])
    let one = Diff.compare(from: Self.drawing(of: live, Self.line(.exactlyOne, .zeroOrMore)), to: live)
    #expect(one.lines == ["foreign key public.posts.editor_id_fkey: unexpected (breaks a restore)"])
  }

  @Test func `a second key over the same columns keeps the same line`() {
    let live = Self.live().changing("posts") { table in
      table.columns.append(.drawn("org"))
      var key = ForeignKey(named: "tenant")
      key.columns = ["org", "user_id"]
      key.referencedTable = .users
      key.referencedColumns = ["org", "id"]
      table.foreignKeys.append(key)
    }
    #expect(flaws(live, Self.line(.exactlyOne, .zeroOrMore)) == [])
  }

  @Test func `a table may refer to itself`() {
    var staff = Table.drawn(
      "staff", .drawn("id"), .drawn("boss_id", notNull: false), keys: .drawn("boss_id", to: "staff"))
    let name = staff.name
    #expect(flaws(.drawn(staff), DrawnRelation(name, .zeroOrOne, .zeroOrMore, name)) == [])
    #expect(flaws(.drawn(staff), DrawnRelation(name, .zeroOrMore, .zeroOrOne, name)) == [])
    #expect(flaws(.drawn(staff), DrawnRelation(name, .exactlyOne, .zeroOrMore, name)).count == 1)
    staff.foreignKeys = []
    #expect(
      flaws(.drawn(staff), DrawnRelation(name, .zeroOrOne, .zeroOrMore, name, label: "boss")).count == 1)
  }

  @Test func `a column marked FK whose parent is not drawn is no orphan`() {
    let live = Self.live()
    var drawn = Self.drawing(of: live, marks: ["user_id"])
    drawn.tables.removeAll { $0.name == .users }
    let report = DriftReport(blueprint: drawn, live: live)
    #expect(report.comparison.lines == ["table public.users: unexpected (breaks a restore)"])
    #expect(report.flaws == [])
  }

  @Test func `a diagram without lines and marks says nothing of keys`() {
    let comparison = Diff.compare(from: Self.drawing(of: Self.live()), to: Self.live())
    #expect(comparison.verdict == .same)
    #expect(!comparison.scope[0].contains("relations"))
  }
}
