import SchemaModel
import SchemaText
import Testing

@Suite struct ERDiagramTests {
  @Test func `tables, keys, notes and relations are drawn`() {
    #expect(
      ERDiagram(of: Self.shop).text == """
        erDiagram
            "assignees"["assignees (associative)"] {
                integer task_id PK, FK
                uuid user_id PK, FK
                text role "optional"
            }
            "tasks" {
                integer id PK
                uuid owner_id FK "optional; who answers for it"
                timestamptz due
                numeric(10_2) cost
            }
            "users" {
                uuid id PK
                varchar(80) email UK "sensitive: email; where mail goes"
                app_mood[] moods
            }
            "tasks" ||--o{ "assignees" : "task_id"
            "users" ||--o{ "assignees" : "user_id"
            "users" |o..o{ "tasks" : "owner_id"

        """)
  }

  @Test func `a key with an optional column has an optional parent, unless all or none must be given`() {
    func crowsFoot(_ match: ForeignKey.Match, optional: Int) -> String? {
      var child = Table.plain("child", .plain("id"), .plain("a"), .plain("b"))
      for position in 1...2 where position <= optional { child.columns[position].isNotNull = false }
      var key = ForeignKey.plain("a", to: "parent")
      key.columns = ["a", "b"]
      key.match = match
      child.foreignKeys = [key]
      return Self.relations(.plain(child, Table.plain("parent", .plain("id")))).first
    }
    #expect(crowsFoot(.simple, optional: 0) == #""parent" ||..o{ "child" : "a, b""#)
    #expect(crowsFoot(.simple, optional: 1) == #""parent" |o..o{ "child" : "a, b""#)
    #expect(crowsFoot(.full, optional: 1) == #""parent" ||..o{ "child" : "a, b""#)
    #expect(crowsFoot(.full, optional: 2) == #""parent" |o..o{ "child" : "a, b""#)
  }

  @Test(arguments: [
    ("unique constraint", true), ("unique index", true), ("partial", false), ("invalid", false),
    ("expression", false), ("not unique", false), ("wider", false), ("narrower", true),
  ])
  func `a parent has one child where the key's columns hold a key that can be relied on`(
    what: String, isOne: Bool
  ) {
    var child = Table.plain("child", .plain("id"), .plain("a"), .plain("b"), .plain("c"))
    var key = ForeignKey.plain("a", to: "parent")
    key.columns = ["a", "b"]
    child.foreignKeys = [key]
    var index = TableIndex(named: "i")
    index.isUnique = what != "not unique"
    index.isValid = what != "invalid"
    index.predicate = what == "partial" ? "a > 0" : nil
    index.keys = (what == "wider" ? ["a", "b", "c"] : what == "narrower" ? ["b"] : ["a", "b"]).map {
      IndexKey(.column($0))
    }
    if what == "expression" { index.keys[1].subject = .expression("abs(b)") }
    if what == "unique constraint" {
      var constraint = KeyConstraint(named: "u")
      constraint.columns = ["b", "a"]
      child.uniqueConstraints = [constraint]
    } else {
      child.indexes = [index]
    }
    let relations = Self.relations(.plain(child, Table.plain("parent", .plain("id"))))
    #expect(relations == ["\"parent\" ||..\(isOne ? "o|" : "o{") \"child\" : \"a, b\""])
  }

  @Test func `a child named by its parent hangs on a solid line`() {
    var child = Table.plain("child", .plain("parent_id"), .plain("number"))
    child.foreignKeys = [.plain("parent_id", to: "parent")]
    child.primaryKey?.columns = ["parent_id", "number"]
    let parent = Table.plain("parent", .plain("id"))
    #expect(Self.relations(.plain(child, parent)) == [#""parent" ||--o{ "child" : "parent_id""#])
    child.primaryKey?.columns = ["parent_id"]
    #expect(Self.relations(.plain(child, parent)) == [#""parent" ||--o| "child" : "parent_id""#])
  }

  @Test func `SQLite lets NULL into a primary key that is not its rowid`() {
    func crowsFoot(_ type: String, withoutRowID: Bool = false) -> String? {
      var child = Table.plain("child", .plain("id", type, notNull: false))
      child.foreignKeys = [.plain("id", to: "parent")]
      child.isWithoutRowID = withoutRowID
      var schema = Schema.plain(child, Table.plain("parent", .plain("id")))
      schema.engine = .sqlite
      return Self.relations(schema).first
    }
    #expect(crowsFoot("INTEGER")?.contains("||--o|") == true)
    #expect(crowsFoot("TEXT")?.contains("|o--o|") == true)
    #expect(crowsFoot("TEXT", withoutRowID: true)?.contains("||--o|") == true)
  }

  @Test func `a partition is drawn as its table, and so is a key into it`() {
    var partition = Table.plain("payments_2026", .plain("id"))
    partition.partition = PartitionBounds(parent: ObjectName(schema: "public", "payments"), bounds: "DEFAULT")
    partition.foreignKeys = [.plain("id", to: "customers")]
    var refund = Table.plain("refunds", .plain("id"), .plain("payment_id"))
    refund.foreignKeys = [.plain("payment_id", to: "payments_2026")]
    let schema = Schema.plain(
      Table.plain("payments", .plain("id")), partition, refund, Table.plain("customers", .plain("id")))
    #expect(Self.relations(schema) == [#""payments" ||..o{ "refunds" : "payment_id""#])
    #expect(!ERDiagram(of: schema).text.contains("2026"))
  }

  @Test func `no name, type or comment breaks the grammar`() throws {
    let nasty = [
      "two words", "quo\"te", "per%cent", "back\\slash", "line\nbreak", "direction LR", "2fa", "price$", "pk",
      "FK",
      "uk-code", "pké", "a.b", "x~y~", "ünï漢", "\u{2028}", "emoji🐟", "end", "many", "1", "style: #fff;", "{}",
      "", "%%{init}%%",
    ]
    var schema = Schema(engine: .postgreSQL, serverVersion: "")
    for (position, name) in nasty.enumerated() {
      var table = Table(named: ObjectName(schema: "app \"x\"", name))
      // Columns in every table would make the diagram fall back to less detail.
      table.columns = (position == 0 ? nasty : []).map { column in
        var result = Column(named: column)
        result.type = column
        result.comment = Comment(
          "@sensitive \(column)\n\(column) <b>\u{7} \"\(column)\" ~generic~ %%{init}%% ")
        return result
      }
      table.foreignKeys = nasty.map { other in
        var key = ForeignKey(named: other)
        key.columns = [other, name]
        key.referencedTable = ObjectName(schema: "app \"x\"", other)
        return key
      }
      schema.tables.append(table)
    }
    let diagram = ERDiagram(of: schema)
    #expect(diagram.detail == .columns)
    let lines = diagram.text.split(separator: "\n").map(String.init)
    #expect(lines.count > nasty.count * (nasty.count + 2))
    try expectGrammar(lines)
  }

  @Test func `two tables whose names come out equal stay two entities`() {
    let schema = Schema.plain(Table.plain("a\"b", .plain("id")), Table.plain("a_b", .plain("id")))
    #expect(ERDiagram(of: schema).text.contains("\"a_b\" {"))
    #expect(ERDiagram(of: schema).text.contains("\"a_b 2\" {"))
  }

  @Test func `a diagram that grows too long for Mermaid is drawn with less`() {
    func schema(_ tables: Int, columns: Int) -> Schema {
      var schema = Schema(engine: .postgreSQL, serverVersion: "")
      schema.tables = (0..<tables).map { number in
        var table = Table.plain("table\(number)", .plain("id"))
        table.columns += (0..<columns).map { Column.plain("column\($0)") }
        return table
      }
      return schema
    }
    #expect(ERDiagram(of: schema(10, columns: 10)).detail == .columns)
    #expect(ERDiagram(of: schema(60, columns: 50)).detail == .keys)
    #expect(ERDiagram(of: schema(60, columns: 50)).isDrawn)
    #expect(ERDiagram(of: schema(1_200, columns: 1)).detail == .names)
    #expect(!ERDiagram(of: schema(3_300, columns: 1)).isDrawn)
  }

  /// Each line against the narrowest reading of the grammar that any version of Mermaid has.
  private func expectGrammar(_ lines: [String]) throws {
    let name = #""[^"%\\\x00-\x1f]+""#
    let word =
      #"(?!(?i:pk|fk|uk)(?![A-Za-z0-9_]))[A-Za-z_\u00C0-\U0010FFFF][A-Za-z0-9_\-\[\]()\u00C0-\U0010FFFF]*"#
    let forms = try [
      "erDiagram", "    \(name)(\\[\(name)\\])?( \\{)?", "    \\}",
      "        \(word) \(word)( (PK|FK|UK)(, (PK|FK|UK))*)?( \"[^\"~\\x00-\\x1f]*\")?",
      "    \(name) (\\|\\||\\|o)(--|\\.\\.)(o\\{|o\\|) \(name) : \"[^\"\\x00-\\x1f]*\"",
    ].map { try Regex($0) }
    for line in lines {
      #expect(try forms.contains { try $0.wholeMatch(in: line) != nil }, "\(line)")
      #expect(!line.contains("%%"), "\(line)")
      // Outside of an entity's block the lexer takes this for a statement, wherever it stands.
      let isInBlock = line.hasPrefix("        ")
      #expect(isInBlock || !line.lowercased().contains("direction lr"), "\(line)")
    }
  }

  private static func relations(_ schema: Schema) -> [String] {
    ERDiagram(of: schema).text.split(separator: "\n").filter { $0.contains(" : ") }.map {
      String($0.drop { $0 == " " })
    }
  }

  private static let shop: Schema = {
    var users = Table.plain("users", .plain("id", "uuid"), .plain("email", "character varying(80)"))
    users.columns[1].comment = Comment("@sensitive email\nwhere mail goes")
    users.columns.append(.plain("moods", "app.mood[]"))
    var key = KeyConstraint(named: "users_email_key")
    key.columns = ["email"]
    users.uniqueConstraints = [key]
    var tasks = Table.plain("tasks", .plain("id"), .plain("owner_id", "uuid", notNull: false))
    tasks.columns[1].comment = Comment("who answers\nfor it")
    tasks.columns += [.plain("due", "timestamp with time zone"), .plain("cost", "numeric(10,2)")]
    tasks.foreignKeys = [.plain("owner_id", to: "users")]
    var assignees = Table.plain(
      "assignees", .plain("task_id"), .plain("user_id", "uuid"), .plain("role", "text", notNull: false))
    assignees.primaryKey?.columns = ["task_id", "user_id"]
    assignees.foreignKeys = [.plain("task_id", to: "tasks"), .plain("user_id", to: "users")]
    return .plain(assignees, tasks, users)
  }()
}
