import SchemaModel
import SchemaText
import Testing

/// What a DBML text makes of a schema.
@Suite struct DBMLSchemaTests {
  private let example = DBMLSchema(DBMLExample.text, engine: .sqlite)

  private func schema(_ text: String, _ engine: DatabaseEngine = .postgreSQL) -> Schema {
    DBMLSchema(text, engine: engine).schema
  }

  private func table(_ name: String) throws -> Table {
    try #require(example.schema.tables.first { $0.name.description == name })
  }

  @Test func `the project's word tells the engine`() {
    #expect(example.schema.engine == .postgreSQL)
    #expect(schema("Table t { id int }", .sqlite).tables.map(\.name) == [ObjectName("t")])
    #expect(
      schema("Project p { database_type: 'SQLite' }\nTable s.t { id int }").tables.map(\.name) == [
        ObjectName("t")
      ])
  }

  @Test func `names without a schema live in public`() throws {
    #expect(
      example.schema.tables.map(\.name.description) == [
        "app.lines", "app.orders", "app.profiles", "public.users",
      ])
    #expect(example.schema.enums.map(\.name.description) == ["app.status"])
  }

  @Test func `columns get the server's types, NOT NULL, defaults and comments`() throws {
    let users = try table("public.users")
    #expect(
      users.columns.map { "\($0.name) \($0.type)\($0.isNotNull ? "!" : "")" } == [
        "id integer!", "email character varying(255)!", "note text", "legacy integer!", "active boolean",
        "score numeric(10,2)", "nick character varying", "kind app.status", "blank text", "tags text[]",
        "age integer",
      ])
    #expect(users.column(named: "id")?.value == .identity(always: false, SequenceOptions()))
    #expect(users.column(named: "score")?.value == .default("-1.5"))
    #expect(users.column(named: "nick")?.value == .default("'a''b'"))
    #expect(users.column(named: "kind")?.value == .default("'sent'"))
    #expect(users.column(named: "active")?.value == .default("true"))
    #expect(users.column(named: "blank")?.value == ColumnValue.none)
    #expect(users.comment == Comment("these are people"))
    #expect(users.checks.map(\.expression).sorted() == ["age < 200", "age > 0"])
    #expect(users.primaryKey?.columns == ["id", "legacy"])
    #expect(users.uniqueConstraints.map(\.columns) == [["email"]])
  }

  @Test(arguments: [("serial", "integer"), ("bigserial", "bigint"), ("smallserial", "smallint")])
  func `a type that counts is an integer that counts`(written: String, type: String) throws {
    let column = try #require(schema("Table t { id \(written) }").tables.first?.columns.first)
    #expect(column.type == type && column.isNotNull)
    #expect(column.value == .identity(always: false, SequenceOptions()))
  }

  @Test func `a table's own column wins over the last partial, the last partial over the first`() throws {
    let orders = try table("app.orders")
    #expect(orders.columns.map(\.name) == ["created_at", "id", "user_id", "note", "status"])
    #expect(orders.column(named: "note")?.type == "character varying(80)")
    #expect(orders.column(named: "created_at")?.value == .default("now()"))
    #expect(orders.indexes.contains { $0.name == "by_time" })
    #expect(orders.checks.contains { $0.name == "not_old" })
    let own = schema("TablePartial p { a int\nb int }\nTable t { ~p\n a text }")
    #expect(own.tables.first?.columns.map { "\($0.name) \($0.type)" } == ["b integer", "a text"])
  }

  @Test func `a partial that does not exist is told`() {
    let read = DBMLSchema("Table t { ~none\n id int }", engine: .postgreSQL)
    #expect(read.findings.map(\.description) == ["line 1, column 11: there is no table partial none"])
    #expect(read.schema.tables.first?.columns.count == 1)
  }

  @Test func `indexes keep their keys, method, uniqueness and notes`() throws {
    let orders = try table("app.orders")
    #expect(orders.primaryKey?.name == "orders_key")
    #expect(orders.primaryKey?.columns == ["id", "user_id"])
    let unique = try #require(orders.indexes.first { $0.isUnique })
    #expect(unique.keys == [IndexKey(.column("status")), IndexKey(.expression("lower(note)"))])
    #expect(unique.method == "hash" && unique.comment == Comment("why"))
    #expect(orders.indexes.first { $0.name == "double" }?.keys == [IndexKey(.expression("id * 2"))])
    #expect(
      orders.indexes.map(\.name) == ["by_time", "double", "orders_status_idx", "orders_status_lower_idx"])
  }

  @Test func `relations become keys of the side that refers`() throws {
    func keys(_ text: String) -> [String] {
      schema("Table a { x int [pk]\n y int }\nTable b { x int [pk]\n y int }\n\(text)").tables.flatMap {
        table in
        table.foreignKeys.map {
          "\(table.name.name).\($0.columns.joined()) > \($0.referencedTable.name).\($0.referencedColumns.joined())"
        }
      }
    }
    #expect(keys("Ref: a.y > b.x") == ["a.y > b.x"])
    #expect(keys("Ref: a.x < b.y") == ["b.y > a.x"])
    #expect(keys("Ref: a.x - b.y") == ["b.y > a.x"])
    #expect(keys("Ref: a.x <> b.y") == [])
    #expect(keys("Ref: a.y > b.x\nRef: b.x < a.y") == ["a.y > b.x"])
    let inline = schema("Table a { x int [pk] }\nTable b { y int [ref: - a.x] }")
    #expect(inline.tables.last?.foreignKeys.map(\.columns) == [["y"]])
  }

  @Test func `a composite relation keeps its columns together, with its actions`() throws {
    let lines = try table("app.lines")
    let key = try #require(lines.foreignKeys.first)
    #expect(key.name == "lines_order" && key.isNamed)
    #expect(key.columns == ["order_id", "user_id"] && key.referencedColumns == ["id", "user_id"])
    #expect(key.onDelete == .cascade && key.onUpdate == .setNull)
  }

  @Test func `aliases are resolved, inactive relations are no keys, many to many is kept as a line`() throws {
    #expect(try table("public.users").foreignKeys.map(\.columns) == [["email"], ["nick"]])
    guard case .tables(let relations) = example.schema.expressiveness else {
      Issue.record("not DBML")
      return
    }
    #expect(relations.map { "\($0.first) \($0.second) \($0.label)" } == ["public.users app.orders many"])
  }

  @Test func `a relation to what is not there is told and left out`() {
    let read = DBMLSchema(
      "Table a { x int [ref: > nowhere.id, ref: > a.none] }\nRef: a.x > b.y", engine: .postgreSQL)
    #expect(
      read.findings.map(\.message) == [
        "there is no table public.nowhere; its relation is left out",
        "public.a has no column none; its relation is left out",
        "there is no table public.b; its relation is left out",
      ])
    #expect(read.schema.tables.first?.foreignKeys == [])
  }

  @Test func `a file that is used is followed when its text is given, also in a circle`() {
    let texts = [
      "./b": "use { table a } from './a'\nTable b { id int [pk] }\nEnum e { x }", "./a": "use * from './b'",
    ]
    let text = "use * from './b'\nTable a { b_id int [ref: > b.id]\n e e }"
    let followed = DBMLSchema(text, engine: .postgreSQL) { texts[$0] }
    #expect(followed.findings == [])
    #expect(followed.schema.tables.map(\.name.name) == ["a", "b"])
    #expect(followed.schema.tables.first?.columns.last?.type == "public.e")
    let alone = DBMLSchema(text, engine: .postgreSQL)
    #expect(
      alone.findings.map(\.message).contains(
        "the file './b' is not followed: what it defines is not known here"))
  }

  @Test(arguments: [
    ("int", "integer"), ("INT4", "integer"), ("int8", "bigint"), ("int2", "smallint"), ("bool", "boolean"),
    ("varchar(20)", "character varying(20)"), ("varchar", "character varying"), ("char", "character(1)"),
    ("char(3)", "character(3)"), ("float", "double precision"), ("float(10)", "real"), ("float4", "real"),
    ("float8", "double precision"), ("decimal", "numeric"), ("decimal(5)", "numeric(5,0)"),
    ("numeric(10, 2)", "numeric(10,2)"), ("numeric(10_2)", "numeric(10,2)"),
    ("timestamptz", "timestamp with time zone"),
    ("timestamptz(3)", "timestamp(3) with time zone"), ("timestamp(3)", "timestamp(3) without time zone"),
    ("timestamp(3) with time zone", "timestamp(3) with time zone"),
    ("timestamp", "timestamp without time zone"),
    ("time", "time without time zone"), ("timetz", "time with time zone"), ("int[]", "integer[]"),
    ("text[][]", "text[]"), ("varchar(5)[]", "character varying(5)[]"), ("bit(3)", "bit(3)"),
    ("varbit(3)", "bit varying(3)"), ("double precision", "double precision"), ("int(11)", "integer"),
    ("app.status", "app.status"), ("string", "string"), ("MyType", "MyType"),
  ])
  func `a type is written as the server prints it`(written: String, printed: String) {
    #expect(TypeSpelling.canonical(written) == printed)
  }

  @Test(arguments: [
    "Table a { id int [pk] }\nTable b { x int [ref: - a.id] }",
    "Table a { id int [pk] }\nTable b { x int }\nRef: a.id - b.x",
    "Table a { id int [pk] }\nTable b { x int }\nRef: b.x - a.id",
  ])
  func `of a relation one to one the end that is no key refers, and is unique`(text: String) throws {
    let child = try #require(schema(text).tables.last)
    #expect(child.foreignKeys.map(\.columns) == [["x"]])
    #expect(child.uniqueConstraints.map(\.columns) == [["x"]])
  }

  @Test(arguments: [
    ("Table a { id int [pk", true), ("Table a { id int }\nRef: a.id > b.id", true),
    ("Tabel a { id int }", true),
    ("Table a { id int [sparkle: 1] }", false), ("Table a [shiny] { id int }", false),
  ])
  func `what was not understood is a loss, a setting that is not known is none`(text: String, isLoss: Bool) {
    let findings = DBMLSchema(text, engine: .postgreSQL).findings
    #expect(!findings.isEmpty && findings.contains { $0.isLoss } == isLoss)
  }
}
