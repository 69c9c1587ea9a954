import SchemaModel
import SchemaText
import Testing

@Suite struct `Violating rows in PostgreSQL` {
  private static let tasks: Table = {
    var table = Table(named: Samples.name("tasks"))
    table.columns = [
      Samples.column("id", "uuid", notNull: true), Samples.column("user_id", "bigint"),
      Samples.column("org", "bigint"), Samples.column("Title", "text", comment: "@sensitive words"),
      Samples.column("mail", "public.citext"), Samples.column("box", "public.mailbox"),
      Samples.column("mood", "public.mood"), Samples.column("number", "public.positive"),
    ]
    table.primaryKey = Samples.primaryKey("tasks_pkey", "id")
    return table
  }()

  private static let users: Table = {
    var table = Table(named: Samples.name("users"))
    table.columns = [
      Samples.column("id", "bigint"), Samples.column("mail", "public.citext"),
      Samples.column("mood", "public.mood"), Samples.column("number", "integer"),
    ]
    return table
  }()

  private static let schema: Schema = {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    var mailbox = DomainType(named: Samples.name("mailbox"))
    mailbox.baseType = "public.citext"
    var positive = DomainType(named: Samples.name("positive"))
    positive.baseType = "integer"
    schema.enums = [EnumType(named: Samples.name("mood"))]
    schema.domains = [mailbox, positive]
    schema.tables = [tasks, users]
    return schema
  }()

  private static func orphans(
    _ columns: [String], _ referenced: [String], match: ForeignKey.Match = .simple
  ) -> ViolationQuery {
    var key = Samples.foreignKey("fk", columns, Samples.name("users"), referenced)
    key.match = match
    return .foreignKey(key, of: tasks, in: schema)
  }

  @Test func `orphans: no column is NULL and no parent is found`() {
    let query = Self.orphans(["user_id", "org"], ["id", "number"])
    #expect(query.from == "public.tasks AS r")
    #expect(
      query.predicate
        == "r.user_id IS NOT NULL AND r.org IS NOT NULL AND NOT EXISTS "
        + "(SELECT FROM public.users AS parent WHERE parent.id = r.user_id AND parent.number = r.org)")
    #expect(query.reason == "no row in public.users has this (user_id, org)")
    #expect(Self.orphans(["user_id"], ["id"]).reason == "no row in public.users has this user_id")
    #expect(query.countSQL == "SELECT count(*) FROM public.tasks AS r WHERE \(query.predicate)")
    #expect(
      query.sampleSQL(limit: 3)
        == "SELECT r.id::text FROM public.tasks AS r WHERE \(query.predicate) "
        + "ORDER BY r.id, r.tableoid, r.ctid LIMIT 3")
    #expect(
      query.listSQL
        == "SELECT r.*\nFROM public.tasks AS r\nWHERE \(query.predicate)\nORDER BY r.id, r.tableoid, r.ctid;")
    #expect(
      query.constraint == ConstraintReference(kind: .foreignKey, table: Samples.name("tasks"), name: "fk"))
    #expect(query.affectedColumns == ["user_id", "org"])
  }

  @Test func `MATCH FULL: one column is given and the whole is not found`() {
    let query = Self.orphans(["user_id", "mail"], ["id", "mail"], match: .full)
    #expect(
      query.predicate
        == "num_nonnulls(r.user_id, r.mail) > 0 AND NOT EXISTS (SELECT FROM public.users AS parent WHERE "
        + "parent.id = r.user_id AND parent.mail IS DISTINCT FROM NULL AND ARRAY[parent.mail] = ARRAY[r.mail])"
    )
    #expect(query.reason == "no row in public.users has this (user_id, mail), or only a part of it is given")
    #expect(Self.orphans(["user_id"], ["id"], match: .full) == Self.orphans(["user_id"], ["id"]))
  }

  @Test(arguments: [
    ("mail", "mail", "r.mail IS DISTINCT FROM NULL", "ARRAY[parent.mail] = ARRAY[r.mail]"),
    ("box", "mail", "r.box IS DISTINCT FROM NULL", "ARRAY[parent.mail] = ARRAY[r.box::public.citext]"),
    ("mood", "mood", "r.mood IS NOT NULL", "parent.mood = r.mood"),
    ("number", "number", "r.number IS NOT NULL", "parent.number = r.number"),
  ])
  func `an extension's type is compared by its own equality under any search path`(
    column: String, referenced: String, given: String, equality: String
  ) {
    #expect(
      Self.orphans([column], [referenced]).predicate
        == "\(given) AND NOT EXISTS (SELECT FROM public.users AS parent WHERE \(equality))")
  }

  @Test func `NULLs are counted and not believed away`() {
    let query = ViolationQuery.notNull(Self.tasks.columns[3], of: Self.tasks, engine: .postgreSQL)
    #expect(query.predicate == "num_nulls(r.\"Title\") = 1")
    #expect(query.reason == "Title is null")
    #expect(query.constraint.kind == .column)
    #expect(query.constraint.name == "Title")
    #expect(query.sampleColumns == ["id"])
    #expect(query.withheldColumns == [])
  }

  @Test func `a check is asked where its names mean the table's columns`() {
    var table = Self.tasks
    let plain = Samples.check("c", "(org > user_id)")
    let query = ViolationQuery.check(plain, of: table, engine: .postgreSQL)
    #expect(query.predicate == "(org > user_id) IS FALSE")
    #expect(query.reason == "the check (org > user_id) is false")
    #expect(query.affectedColumns == ["user_id", "org"])

    let whole = Samples.check("c", "(tasks.* IS NOT NULL)")
    #expect(
      ViolationQuery.check(whole, of: table, engine: .postgreSQL).predicate
        == "(r.tableoid, r.ctid) IN "
        + "(SELECT tableoid, ctid FROM public.tasks WHERE (tasks.* IS NOT NULL) IS FALSE)")

    table.partitionKey = "RANGE (org)"
    #expect(
      ViolationQuery.check(plain, of: table, engine: .postgreSQL).predicate
        == "NOT coalesce((org > user_id), true)")
  }

  @Test func `a column is known from a function, a type and a text of its name`() {
    var table = Table(named: Samples.name("t"))
    table.columns = ["lower", "text", "a", "B", "in text"].map { Samples.column($0, "text") }
    let check = Samples.check("c", "(lower((\"B\")::text) = 'a in text lower'::text)")
    #expect(ViolationQuery.check(check, of: table, engine: .postgreSQL).affectedColumns == ["B"])
  }

  @Test func `of equal keys all but the first are violating`() {
    var index = Samples.index(
      "i", IndexKey(.column("org")), IndexKey(.expression("lower(\"Title\")")))
    index.isUnique = true
    index.predicate = "(user_id > 0)"
    let query = ViolationQuery.uniqueIndex(index, of: Self.tasks, engine: .postgreSQL)
    #expect(
      query.predicate
        == "r.ctid = ANY (ARRAY(SELECT d.ctid FROM (SELECT tableoid, ctid, row_number() OVER "
        + "(PARTITION BY org, (lower(\"Title\")) ORDER BY tableoid, ctid) AS plumb_place FROM public.tasks "
        + "WHERE org IS NOT NULL AND (lower(\"Title\")) IS NOT NULL AND (user_id > 0)) AS d "
        + "WHERE d.plumb_place > 1))")
    var partitioned = Self.tasks
    partitioned.partitionKey = "RANGE (org)"
    #expect(
      ViolationQuery.uniqueIndex(index, of: partitioned, engine: .postgreSQL).predicate
        .hasPrefix("(r.tableoid, r.ctid) IN (SELECT d.tableoid, d.ctid FROM "))
    #expect(
      query.reason == "another row has the same (org, lower(\"Title\")) among the rows where (user_id > 0)")
    #expect(query.affectedColumns == ["org", "Title"])

    var key = Samples.unique("u", "org")
    let shared = ViolationQuery.key(key, of: Self.tasks, engine: .postgreSQL).predicate
    #expect(
      shared.contains(
        "(WITH plumb_shared AS MATERIALIZED (SELECT org FROM public.tasks WHERE org IS NOT NULL GROUP BY org "
          + "HAVING count(*) > 1) SELECT tableoid, ctid"))
    #expect(
      shared.contains(
        "WHERE org IS NOT NULL AND (org) IN (SELECT * FROM plumb_shared)) AS d WHERE d.plumb_place > 1"))
    key.nullsNotDistinct = true
    let keyQuery = ViolationQuery.key(key, of: Self.tasks, engine: .postgreSQL)
    #expect(keyQuery.predicate.contains("FROM public.tasks) AS d"))
    #expect(keyQuery.reason == "another row has the same org")
    #expect(keyQuery.constraint.kind == .uniqueConstraint)
  }

  @Test func `of rows that exclude each other the later one is violating`() {
    var exclusion = ExclusionConstraint(named: "x")
    exclusion.keys = [IndexKey(.column("org")), IndexKey(.expression("(user_id + 1)"))]
    exclusion.operators = ["OPERATOR(pg_catalog.=)", "OPERATOR(pg_catalog.<>)"]
    exclusion.predicate = "(org > 0)"
    let query = ViolationQuery.exclusion(exclusion, of: Self.tasks)
    let keyed =
      "(SELECT tableoid, ctid, org AS plumb_key1, (user_id + 1) AS plumb_key2 FROM public.tasks WHERE (org > 0))"
    #expect(
      query.predicate
        == "(r.tableoid, r.ctid) IN (SELECT b.tableoid, b.ctid FROM \(keyed) AS a JOIN \(keyed) AS b ON "
        + "a.plumb_key1 OPERATOR(pg_catalog.=) b.plumb_key1 AND "
        + "a.plumb_key2 OPERATOR(pg_catalog.<>) b.plumb_key2 AND "
        + "(a.tableoid, a.ctid) < (b.tableoid, b.ctid))")
    #expect(
      query.reason
        == "another row conflicts with it by (org =, (user_id + 1) <>) among the rows where (org > 0)")
  }

  @Test func `a partition is asked only what its partitioned table is not, and keeps its secrets`() throws {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    var parent = Table(named: Samples.name("log"))
    parent.columns = [
      Samples.column("at", "date", notNull: true, comment: "@sensitive"), Samples.column("what", "text"),
    ]
    parent.partitionKey = "RANGE (at)"
    parent.checks = [Samples.check("said", "(what <> ''::text)")]
    var part = Table(named: Samples.name("log_1"))
    part.columns = [
      Samples.column("what", "text", notNull: true), Samples.column("at", "date", notNull: true),
    ]
    part.partition = PartitionBounds(parent: parent.name, bounds: "DEFAULT")
    part.checks = parent.checks + [Samples.check("short", "(length(what) < 9)")]
    part.uniqueConstraints = [Samples.unique("once", "at")]
    schema.tables = [parent, part]
    #expect(ViolationQuery.all(of: parent, in: schema).map(\.constraint.name) == ["at", "said"])
    let queries = ViolationQuery.all(of: part, in: schema)
    #expect(queries.map(\.constraint.name) == ["what", "short", "once"])
    #expect(try #require(queries.last).sampleColumns == [])
    #expect(try #require(queries.last).withheldColumns == ["at"])
  }

  @Test func `all constraints come in one order: the row, its siblings, other tables`() {
    let customers = Samples.shop.tables[1]
    #expect(
      ViolationQuery.all(of: customers, in: Samples.shop).map(\.constraint.name) == [
        "id", "number", "email", "email has at", "name given", "customers_pkey", "customers_number_key",
        "customers name",
      ])
  }
}
