import SchemaModel
import SchemaText
import Testing

/// What a diagram makes of a schema, and that our own diagrams read back.
@Suite struct ERDiagramSchemaTests {
  private func schema(_ body: String, _ engine: DatabaseEngine = .postgreSQL) -> Schema {
    ERDiagramReader.read("erDiagram\n" + body, isMarkdown: false).diagram.schema(engine: engine)
  }

  private func diagram(_ body: String) throws -> Diagram {
    guard case .diagram(let diagram) = schema(body).expressiveness else {
      throw DocumentError("no diagram")
    }
    return diagram
  }

  @Test func `an entity is a table of public, or of the schema before its point`() {
    #expect(
      schema("A\n\"app.b\"\nc.d.e").tables.map(\.name.description) == ["app.b", "public.A", "public.c.d.e"])
    #expect(schema("A\n\"app.b\"", .sqlite).tables.map(\.name) == [ObjectName("A"), ObjectName("app.b")])
  }

  @Test func `marks are keys, words are nullability, types are the server's`() throws {
    let body = """
      T {
        int id PK
        varchar(5) code UK "required"
        uuid owner FK "nullable, old"
        text? note
        numeric(10_2) price "optional; in cents"
        date day "not optional at all"
      }
      """
    let optional = schema("T { int id PK \"optional\" }").tables.first
    #expect(optional?.columns.first?.isNotNull == false, "SQLite lets NULL into a primary key")
    let table = try #require(schema(body).tables.first)
    #expect(table.primaryKey?.columns == ["id"])
    #expect(table.uniqueConstraints.map(\.columns) == [["code"]])
    #expect(
      table.columns.map(\.type) == [
        "integer", "character varying(5)", "uuid", "text", "numeric(10,2)", "date",
      ])
    #expect(table.columns.map(\.isNotNull) == [true, true, false, false, false, false])
    let drawn = try diagram(body)
    #expect(drawn.marks == [.primaryKey, .unique, .foreignKey])
    #expect(
      drawn.foreignColumns == [ColumnReference(table: ObjectName(schema: "public", "T"), column: "owner")])
    #expect(drawn.statedNullability.map(\.column).sorted() == ["code", "note", "owner", "price"])
    #expect(!drawn.drawsOnlyKeys)
    #expect(try diagram("T { int id PK\n int x FK }").drawsOnlyKeys)
    #expect(try diagram("T").drawsOnlyKeys == false)
  }

  @Test func `lines and aliases are kept in what the source can say`() throws {
    let drawn = try diagram("p[Person]\np ||--o{ q : has")
    #expect(drawn.aliases == [ObjectName(schema: "public", "p"): "Person"])
    #expect(
      drawn.relations == [
        DrawnRelation(
          ObjectName(schema: "public", "p"), .exactlyOne, .zeroOrMore, ObjectName(schema: "public", "q"),
          label: "has",
          line: 3)
      ])
  }

  @Test func `what our own writer draws reads back`() throws {
    var users = Table(named: ObjectName(schema: "public", "users"))
    users.columns = [
      Self.column("id", "uuid", true), Self.column("e mail", "character varying(80)", true),
      Self.column("pk", "timestamp(3) with time zone", false), Self.column("price", "numeric(10,2)", true),
    ]
    users.primaryKey = Self.key(["id"], isPrimary: true)
    users.uniqueConstraints = [Self.key(["e mail"], isPrimary: false)]
    var posts = Table(named: ObjectName(schema: "app", "posts"))
    posts.columns = [Self.column("id", "bigint", true), Self.column("user_id", "uuid", false)]
    posts.primaryKey = Self.key(["id"], isPrimary: true)
    var key = ForeignKey(named: "posts_user")
    key.columns = ["user_id"]
    key.referencedTable = users.name
    key.referencedColumns = ["id"]
    posts.foreignKeys = [key]
    var drawn = Schema(engine: .postgreSQL, serverVersion: "15")
    drawn.tables = [posts, users]

    for (text, isMarkdown) in [(ERDiagram(of: drawn).text, false), (ERDDocument.text(of: drawn), true)] {
      let read = ERDiagramReader.read(text, isMarkdown: isMarkdown)
      #expect(read.findings == [], "\(text)")
      let schema = read.diagram.schema(engine: .postgreSQL)
      #expect(schema.tables.map(\.name) == [posts.name, users.name])
      for (table, original) in zip(schema.tables, [posts, users]) {
        #expect(table.columns.map(\.name) == original.columns.map(\.name))
        #expect(table.columns.map(\.type) == original.columns.map(\.type))
        #expect(table.primaryKey?.columns == original.primaryKey?.columns)
        #expect(table.uniqueConstraints.map(\.columns) == original.uniqueConstraints.map(\.columns))
      }
      #expect(
        read.diagram.relations.map {
          "\($0.first) \($0.atFirst.rawValue), \($0.second) \($0.atSecond.rawValue)"
        } == [
          "users zero or one, app.posts zero or more"
        ])
    }
  }

  private static func column(_ name: String, _ type: String, _ isNotNull: Bool) -> Column {
    var column = Column(named: name)
    column.type = type
    column.isNotNull = isNotNull
    return column
  }

  private static func key(_ columns: [String], isPrimary: Bool) -> KeyConstraint {
    var key = KeyConstraint(named: columns.joined())
    key.columns = columns
    key.isPrimary = isPrimary
    return key
  }
}
