import SchemaModel
import SchemaText
import Testing

@Suite struct PolicyTextTests {
  @Test func `a policy is read with the name behind the colon, whatever is in it`() {
    let all = PolicyText.read("delete", origin: .commandLine)
    #expect(all?.policy == .delete && all?.pattern == nil)
    let one = PolicyText.read("null:public.orders.a:b", origin: .commandLine)
    #expect(one?.policy == .null && one?.pattern?.text == "public.orders.a:b")
    for word in ["", "drop", "null:", "NULL", ":x"] {
      #expect(PolicyText.read(word, origin: .commandLine) == nil)
    }
  }

  @Test func `plumb.yaml says policies, and its null is the policy`() throws {
    let reading = try Configuration.read(
      """
      restore:
        policies:
          - constraint: public.orders.orders_user
            policy: null
            reason: the import of 2019
          - table: public.log*
            policy: delete
          - policy: keep
      """)
    #expect(reading.findings.isEmpty)
    let rules = reading.configuration.restore.policies
    #expect(rules.map(\.policy) == [.null, .delete, .keep])
    #expect(rules.map { $0.pattern?.text } == ["public.orders.orders_user", "public.log*", nil])
    #expect(
      rules.map(\.origin) == [.configuration(line: 3), .configuration(line: 6), .configuration(line: 8)])
  }

  @Test(arguments: ["policy: drop", "constraint: x"]) func `a rule without a policy is refused by its line`(
    _ line: String
  ) {
    let error = #expect(throws: DocumentError.self) {
      try Configuration.read("restore:\n  policies:\n    - \(line)")
    }
    #expect(error?.detail.first?.contains("line 3") == true)
  }

  private static func schema(
    table: String? = nil, column: String? = nil, key: String? = nil, engine: DatabaseEngine = .postgreSQL
  ) -> Schema {
    let name = ObjectName(schema: engine == .postgreSQL ? "public" : nil, "orders")
    var orders = Table(named: name)
    var column0 = Column(named: "user_id")
    column0.type = "integer"
    column0.comment = column.map { Comment($0) }
    orders.columns = [column0]
    var foreignKey = ForeignKey(named: "orders_user")
    foreignKey.columns = ["user_id"]
    foreignKey.referencedColumns = ["user_id"]
    foreignKey.referencedTable = name
    foreignKey.comment = key.map { Comment($0) }
    orders.foreignKeys = [foreignKey]
    orders.comment = table.map { Comment($0) }
    var check = CheckConstraint(named: "positive")
    check.expression = "(user_id > 0)"
    orders.checks = [check]
    var schema = Schema(engine: engine, serverVersion: "15")
    schema.tables = [orders]
    return schema
  }

  private static func tags(_ schema: Schema, blueprint: Schema? = nil) -> [String: ViolationPolicy] {
    let subjects = PolicySubjects(of: schema, blueprint: blueprint).all
    return Dictionary(
      uniqueKeysWithValues: subjects.compactMap { subject in
        subject.tag.map { (subject.constraint.name, $0.policy) }
      })
  }

  @Test func `a constraint's tag goes before its column's, and that before its table's`() {
    #expect(
      Self.tags(Self.schema(table: "@orphans delete old ones\n@violations null")) == [
        "orders_user": .delete, "positive": .null,
      ])
    #expect(
      Self.tags(Self.schema(table: "@violations delete", column: "@violations null")) == [
        "orders_user": .null, "positive": .null,
      ])
    #expect(
      Self.tags(Self.schema(column: "@orphans null", key: "@orphans keep\nprose")) == ["orders_user": .keep])
    #expect(Self.tags(Self.schema(table: "prose\n@orphans delete")) == [:])
  }

  @Test func `a blueprint's tag goes before the backup's, which still holds where it is silent`() {
    let backup = Self.schema(table: "@violations delete")
    let blueprint = Self.schema(key: "@orphans null")
    #expect(
      Self.tags(backup, blueprint: blueprint) == ["orders_user": .null, "positive": .delete])
  }

  @Test func `a tag that names no policy is told and passed over`() {
    let subjects = PolicySubjects(of: Self.schema(table: "@orphans forget them"), blueprint: nil)
    #expect(subjects.all.allSatisfy { $0.tag == nil })
    #expect(subjects.unreadableTags.count == 1)
    #expect(subjects.unreadableTags[0].contains("@orphans of table public.orders"))
  }

  @Test func `SQLite keeps nothing NOT VALID, and PostgreSQL neither keys nor NOT NULL`() {
    func kept(_ engine: DatabaseEngine) -> [String] {
      PolicySubjects(of: Self.schema(engine: engine), blueprint: nil).all
        .filter { $0.impossible[.keep] == nil }.map(\.constraint.name)
    }
    #expect(kept(.sqlite) == [])
    #expect(kept(.postgreSQL) == ["positive", "orders_user"])
  }
}
