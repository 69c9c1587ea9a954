import SchemaModel
import SchemaText
import Testing

/// Reads DBML as its grammar has it, and tells of everything else.
@Suite struct DBMLParserTests {
  private func read(_ text: String) -> DBMLDocument { DBMLParser.read(text).document }

  private func findings(_ text: String) -> [String] { DBMLParser.read(text).findings.map(\.description) }

  /// What is found inside a table.
  private func findings(inTable body: String) -> [String] { findings("Table t {\n\(body)\n}") }

  private func column(_ line: String) throws -> DBMLColumn {
    let reading = DBMLParser.read("Table t {\n\(line)\n}")
    #expect(reading.findings == [], "\(line)")
    return try #require(reading.document.tables.first?.columns.first, "\(line)")
  }

  @Test func `the example with every production is understood, but for the path in double quotes`() {
    let (document, findings) = DBMLParser.read(DBMLExample.text)
    #expect(
      findings.map(\.message) == ["the path of a file is expected after the word from, not \"x\""])
    #expect(document.project == "shop")
    #expect(document.databaseType == "PostgreSQL")
    #expect(document.projectNote == "Two lines\n  the second is indented")
    #expect(document.tables.map(\.name.description) == ["users", "app.profiles", "app.orders", "app.lines"])
    #expect(document.tables.map(\.alias) == ["U", nil, nil, nil])
    #expect(document.enums.map(\.labels) == [["new", "being paid", "sent"]])
    #expect(document.enums.map(\.note) == ["where an order is"])
    #expect(document.partials.map(\.name.name) == ["stamped", "noted"])
    #expect(document.references.count == 4)
    #expect(document.groups.map(\.tables.count) == [2])
    #expect(document.groups.map(\.note) == ["a group"])
    #expect(document.views == ["all"])
    #expect(document.stickyNotes == ["sticky": "remember"])
    #expect(document.imports.map(\.path) == ["./money.dbml", "./all"])
    #expect(document.recordedTables.map(\.description) == ["app.orders", "users"])
    #expect(document.tables[0].metadata == ["headercolor": "#3498DB", "owner": "billing", "team": "core"])
    #expect(document.tables[0].note == "these are people")
    #expect(document.tables[0].columns[0].metadata == ["pii": "no"])
  }

  @Test func `keywords are read in whatever case`() {
    #expect(read("TABLE a { id INT [PK] }\nenum E { x }\nREF: a.id < a.id").tables.count == 1)
    #expect(findings("TABLE a { id INT [PK] }\nENUM e { x }\nrEf: a.id < a.id") == [])
  }

  @Test(arguments: [
    ("id int", "int"), ("id varchar(20)", "varchar(20)"), ("id decimal(10, 2)", "decimal(10,2)"),
    ("id \"timestamp(3) with time zone\"", "timestamp(3) with time zone"), ("id app.status", "app.status"),
    ("id int[]", "int[]"), ("id text[][]", "text[][]"), ("id int[3]", "int[]"),
    ("id varchar(9)[]", "varchar(9)[]"),
    ("id \"my schema\".\"my type\"", "my schema.my type"), ("id enum('a','b')", "enum('a','b')"),
  ])
  func `a type is a name with arguments and dimensions`(line: String, type: String) throws {
    #expect(try column(line).type == type)
  }

  @Test(arguments: [
    ("default: 1", DBMLDefault.number("1")), ("default: -1.5", .number("-1.5")),
    ("default: 'x'", .string("x")),
    ("default: \"x\"", .string("x")), ("default: `now()`", .expression("now()")),
    ("default: true", .boolean(true)),
    ("default: FALSE", .boolean(false)), ("default: null", .null), ("default: e.a", .enumValue("a")),
    ("default: app.e.a", .enumValue("a")), ("default: +2", .number("2")),
    ("default: -4.56e-3", .number("-4.56e-3")),
  ])
  func `a default of every kind is kept`(setting: String, value: DBMLDefault) throws {
    #expect(try column("x int [\(setting)]").defaultValue == value)
  }

  @Test func `column settings may stand together, over lines, and without brackets as in the first releases`()
    throws
  {
    let one = try column("x int [\n not null ,\n unique, increment\n, note: 'n' ]")
    #expect(one.isNotNull == true && one.isUnique && one.isIncrement && one.note == "n")
    let other = try column("x int pk unique [null]")
    #expect(other.isPrimaryKey && other.isUnique && other.isNotNull == false)
    #expect(try column("x int [primary   key]").isPrimaryKey)
    #expect(try column("\"a name\" int").name == "a name")
    #expect(try column("note text").name == "note")
    #expect(try column("indexes text").name == "indexes")
  }

  @Test(arguments: [
    (">", DBMLReference.Multiplicity.manyToOne, false, false), ("<", .oneToMany, false, false),
    ("-", .oneToOne, false, false), ("<>", .manyToMany, false, false), ("?>", .manyToOne, true, false),
    ("?<", .oneToMany, true, false), ("?-", .oneToOne, true, false), ("<>?", .manyToMany, false, true),
    (">?", .manyToOne, false, true), ("?<>?", .manyToMany, true, true), ("?<>", .manyToMany, true, false),
    ("?>?", .manyToOne, true, true),
  ])
  func `a relation is read with every sign, short, long and inline`(
    sign: String, multiplicity: DBMLReference.Multiplicity, isLeftOptional: Bool, isRightOptional: Bool
  ) throws {
    for text in ["Ref: a.x \(sign) s.b.y", "Ref named {\n a.x \(sign) s.b.y\n}"] {
      let reading = DBMLParser.read(text)
      #expect(reading.findings == [])
      let reference = try #require(reading.document.references.first)
      #expect(reference.multiplicity == multiplicity)
      #expect(reference.left.table == ObjectName("a") && reference.left.columns == ["x"])
      #expect(reference.right.table == ObjectName(schema: "s", "b") && reference.right.columns == ["y"])
      #expect(reference.left.isOptional == isLeftOptional && reference.right.isOptional == isRightOptional)
      #expect(reference.name == (text.contains("named") ? "named" : nil))
    }
    let holder = try column("x int [ref: \(sign) s.b.y]")
    let inline = try #require(holder.references.first)
    #expect(inline.isInline && inline.multiplicity == multiplicity && inline.right.columns == ["y"])
    #expect(inline.left.isOptional == isLeftOptional && inline.right.isOptional == isRightOptional)
  }

  @Test func `the settings of a relation are its actions; colours are nothing`() throws {
    let reference = try #require(
      read("Ref: a.(x, y) > b.(x, y) [delete: SET NULL, update: no action, color: #79AD51]").references.first)
    #expect(reference.onDelete == .setNull && reference.onUpdate == .noAction)
    #expect(reference.left.columns == ["x", "y"])
    #expect(try #require(read("Ref: a.x > b.y [inactive]").references.first).isInactive)
    #expect(
      findings("Ref: a.x > b.y [delete: explode]") == [
        "line 1, column 17: 'explode' is no action of a foreign key"
      ])
  }

  @Test func `texts lose their quotation marks, escapes and shared indent`() {
    #expect(read("Note n { 'it\\'s' }").stickyNotes == ["n": "it's"])
    #expect(read("Note n {\n'''\n    a\n      b\\\n    c\n'''\n}").stickyNotes == ["n": "a\n  b    c"])
    #expect(read("Note n { '''a \\''' b''' }").stickyNotes == ["n": "a ''' b"])
  }

  @Test func `a comment may stand anywhere`() {
    let text = "Table /* x */ t { // y\n id /* \n */ int [pk /* z */]\n// id2 int\n}"
    let table = read(text).tables.first
    #expect(table?.columns.map(\.name) == [])
    #expect(
      findings(text) == [
        "line 2, column 2: the column id has no type; it is passed over",
        "line 3, column 5: the column int has no type; it is passed over",
      ])
    #expect(
      read("Table t { id int // pk\n b /* c */ text }").tables.first?.columns.map(\.type) == ["int", "text"])
  }

  @Test(arguments: [
    ("id int [colour]", "a column has no setting 'colour'; it is passed over"),
    ("id int [uniqe]", "a column has no setting 'uniqe'; it is passed over; perhaps 'unique' is meant"),
    ("indexes { id [where: `x`] }", "an index has no setting 'where'; it is passed over"),
    ("checks { `x` [colour: 'a'] }", "a check has no setting 'colour'; it is passed over"),
    ("id", "the column id has no type; it is passed over"),
    ("id int [default: ]", "the setting 'default' has no value"),
    ("id int [check: 'x']", "a check is an expression between backticks"),
    ("id int [ref: users.id]", "one of < > - <> is expected behind ref:"),
    ("id int [ref: > users]", "table.column is expected behind the sign of ref:"),
    ("id int [null, not null]", "the column id is both null and not null"),
    ("id int\nid text", "the column id stands here a second time; the first counts"),
    ("= int", "'=' begins no column"),
    ("id int [pk", "the bracket that opens here is not closed"),
    ("id int extra", "'extra' is not expected behind the column id"),
    ("id text 'open", "a text is not expected behind the column id"),
    ("records (a, b) { 1 }", "the row has 1 values for 2 columns"),
  ])
  func `what a table cannot hold is told, and the rest is kept`(body: String, message: String) {
    let reading = DBMLParser.read("Table t {\n\(body)\nlast int\n}\nTable u { id int }")
    #expect(reading.findings.map(\.message).contains(message), "\(reading.findings)")
    #expect(reading.document.tables.last?.name.name == "u" || reading.document.tables.count == 1)
  }

  @Test(arguments: [
    ("Tabel users { id int }", "there is no element 'Tabel'; it is passed over"),
    ("Ref: a.x = b.y", "one of < > - <> is expected between the ends of a relation, not '='"),
    ("Ref: a > b", "an end of a relation is table.column, not 'a'"),
    ("Ref: a.(x,y) > b.(z)", "the ends of the relation have 2 and 1 columns"),
    ("Enum e { 'x' [default: 1] }", "a value of an enum has no setting 'default'; it is passed over"),
    ("Enum e { a\n a }", "the value a stands here a second time"),
    ("Table t { id int }\nTable t { id int }", "the table t stands here a second time; the first counts"),
    ("Metadata Index a { x: 'y' }", "there is no metadata of 'Index'"),
    ("Table { id int }", "a name is expected after the word Table, not '{'"),
    ("} Table t { id int }", "'}' begins no element"),
    ("/* open", "the comment that begins here has no end"),
    ("Note n { '''open }", "the text of several lines that begins here has no end"),
    ("use { table a }", "the word from is expected after use"),
    ("Project p { database_type 'x' }", "':' is expected after database_type, not a text"),
  ])
  func `what is no DBML is told`(text: String, message: String) {
    #expect(DBMLParser.read(text).findings.map(\.message).contains(message), "\(findings(text))")
  }

  @Test func `elements that nothing is compared of are passed over, flows of data without a word`() {
    let text = """
      Dep: a -> b
      Dep {
        a.x -> b.y
        note: 'x'
      }
      Table a [dep: <- b] { x int }
      Policy {
        roles [one, two]
        using `x = '}'`
      }
      Function public.f {
        body `{`
      }
      Trigger { table a }
      Table b { y int }
      """
    #expect(
      findings(text) == [
        "line 7, column 1: a policy in DBML is not compared; it is passed over",
        "line 11, column 1: a function in DBML is not compared; it is passed over",
        "line 14, column 1: a trigger in DBML is not compared; it is passed over",
      ])
    #expect(read(text).tables.map(\.name.name) == ["a", "b"])
  }

  @Test func `a word that is nearly a keyword gets a hint`() {
    #expect(DBMLParser.read("Tabl users { id int }").findings.first?.hint == "Write table if that is meant.")
  }

  @Test func `positions are lines and columns`() {
    #expect(
      findings("Table t {\n  id int [x]\n}") == [
        "line 2, column 11: a column has no setting 'x'; it is passed over"
      ])
    #expect(findings("Table t {\r\n  id int [x]\r\n}").count == 1)
    #expect(findings("Table t {\r\n  id int [x]\r\n}").first?.hasPrefix("line 2, ") == true)
  }

  @Test func `a text cut off anywhere is read without harm`() {
    let bytes = Array(DBMLExample.text.utf8)
    var counts: Set<Int> = []
    for end in 0...bytes.count {
      counts.insert(
        DBMLSchema(String(decoding: bytes[..<end], as: UTF8.self), engine: .postgreSQL).schema.tables.count)
    }
    #expect(counts == [0, 1, 2, 3, 4])
  }

  @Test func `a text with one byte missing is read without harm`() {
    let bytes = Array(DBMLExample.text.utf8)
    for hole in stride(from: 0, to: bytes.count, by: 17) {
      let text = String(decoding: bytes[..<hole] + bytes[(hole + 1)...], as: UTF8.self)
      #expect(DBMLSchema(text, engine: .postgreSQL).schema.tables.count <= 5)
    }
  }
}
