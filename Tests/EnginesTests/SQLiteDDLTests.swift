import Engines
import SchemaModel
import SchemaText
import Testing

@Suite struct SQLiteDDLTests {
  /// Expressions cut where white space may stand; the last is the form all of them take.
  private static let expressions: [(tokens: [String], canonical: String)] = [
    (["a", ">=", "0"], "a >= 0"),
    (["a", "-", "1"], "a - 1"),
    (["a", "-", "-", "1"], "a - -1"),
    (["-", "-", "1"], "- -1"),
    (["-", "a", "+", "~", "b"], "-a + ~b"),
    (["(", "a", ")", "-", "(", "-", "b", ")"], "(a) - (-b)"),
    (["f", "(", "a", ",", "'x,  y'", ")"], "f(a, 'x,  y')"),
    (["count", "(", "*", ")", "-", "1"], "count(*) - 1"),
    (["a", "IN", "(", "1", ",", "-", "2", ")"], "a IN (1, -2)"),
    (["a", "NOT", "LIKE", "(", "b", ")"], "a NOT LIKE (b)"),
    (["like", "(", "a", ",", "b", ")"], "like(a, b)"),
    (["t", ".", "a", "->>", "'$.x'", "||", "\"q  q\""], "t.a ->> '$.x' || \"q  q\""),
    (["CAST", "(", "a", "AS", "DECIMAL", "(", "10", ",", "2", ")", ")"], "CAST(a AS DECIMAL(10, 2))"),
    (["CASE", "WHEN", "-", "a", "THEN", "-", "1", "END"], "CASE WHEN -a THEN -1 END"),
    (["x'00'", "<>", "[b  c]"], "x'00' <> [b  c]"),
    (["NOT", "EXISTS", "(", "SELECT", "*", "FROM", "t", ")"], "NOT EXISTS (SELECT * FROM t)"),
  ]

  /// White space and comments that mean nothing to SQLite.
  private static let gaps = [" ", "\n", "\t \r\n", " /* * / - */ ", " --x'(\n", " \u{FEFF} "]

  @Test(arguments: expressions.indices, gaps.indices)
  func `white space and comments make no difference`(_ expression: Int, _ gap: Int) {
    let (tokens, canonical) = Self.expressions[expression]
    #expect(SQLiteCanonicalText.of(tokens.joined(separator: Self.gaps[gap])) == canonical)
    #expect(SQLiteCanonicalText.of(canonical) == canonical)
  }

  @Test(arguments: expressions.indices)
  func `no white space at all makes no difference where it is not needed`(_ expression: Int) {
    let (tokens, canonical) = Self.expressions[expression]
    var dense = ""
    for token in tokens {
      let isWord = { (character: Character?) in
        character.map { $0.isLetter || $0.isNumber || $0 == "'" } ?? false
      }
      let merges = dense.last == "-" && token == "-"
      dense += (isWord(dense.last) && isWord(token.first)) || merges ? " \(token)" : token
    }
    #expect(SQLiteCanonicalText.of(dense) == canonical)
  }

  @Test func `what a text says differs when a literal, a name or a case differs`() {
    let texts = ["a = 'x'", "a = 'X'", "a = 'x '", "a = \"x\"", "A = 'x'", "a == 'x'", "(a = 'x')"]
    #expect(Set(texts.map(SQLiteCanonicalText.of(_:))).count == texts.count)
  }

  @Test(arguments: SQLiteCase.all)
  func `the texts tell what the pragmas tell`(_ example: SQLiteCase) throws {
    let session = try example.session()
    let tables = try session.rows(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage <> 0 AND sql IS NOT NULL")
    for row in tables {
      let (name, sql) = (try #require(row[0]), try #require(row[1]))
      let text = SQLiteTableText(parsing: sql)
      #expect(text.findings == [], "\(name)")
      #expect(text.name == name)
      let quoted = SQLiteQuotes.literal(name)
      let columns = try session.rows("SELECT name, type, pk FROM pragma_table_xinfo(\(quoted))")
      #expect(text.columns.map(\.name) == columns.map { $0[0] })
      #expect(text.columns.map(\.type) == columns.map { SQLiteCanonicalText.ofType($0[1] ?? "") })
      #expect((text.primaryKey?.columns.count ?? 0) == columns.filter { $0[2] != "0" }.count)
      let references = try session.rows(
        "SELECT \"table\", on_delete, on_update FROM pragma_foreign_key_list(\(quoted)) WHERE seq = 0 ORDER BY id DESC"
      )
      #expect(text.foreignKeys.map(\.referencedTable.name) == references.map { $0[0] })
      #expect(text.foreignKeys.map(\.onDelete.rawValue) == references.map { $0[1]?.lowercased() })
      #expect(text.foreignKeys.map(\.onUpdate.rawValue) == references.map { $0[2]?.lowercased() })
    }
  }

  @Test(arguments: SQLiteCase.all)
  func `a text cut off anywhere is read without trouble, and says so`(_ example: SQLiteCase) throws {
    let texts = try example.session().rows("SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    for row in texts where row[0] == "table" && row[1]?.hasPrefix("CREATE TABLE") == true {
      let sql = try #require(row[1])
      let bytes = Array(sql.utf8)
      let close = try #require(bytes.lastIndex(of: UInt8(ascii: ")")))
      for count in stride(from: 0, to: bytes.count, by: 3) {
        let cut = String(decoding: bytes.prefix(count), as: UTF8.self)
        let text = SQLiteTableText(parsing: cut)
        #expect(count > close || !text.findings.isEmpty, "\(cut)")
        _ = SQLiteIndexText(parsing: "CREATE INDEX i ON \(cut)")
        _ = SQLiteViewText(parsing: "CREATE VIEW v AS \(cut)")
      }
    }
  }

  @Test(arguments: 0..<20)
  func `tokens in any order are read without trouble`(_ seed: UInt64) {
    let words = [
      "CREATE", "TABLE", "INDEX", "VIEW", "t", "(", ")", ",", "PRIMARY", "KEY", "CONSTRAINT", "CHECK",
      "FOREIGN",
      "REFERENCES", "DEFAULT", "-", "'x'", "[y]", "NOT", "NULL", "GENERATED", "ALWAYS", "AS", "COLLATE", "ON",
      "CONFLICT", "WHERE", "--c\n", "/*", "*/", "\"", ".", "1", "DEFERRABLE", "UNIQUE", "\u{0}", "é",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33)
    }
    for _ in 0..<200 {
      let body = (0..<next() % 30).map { _ in words[next() % words.count] }.joined(separator: " ")
      _ = SQLiteTableText(parsing: "CREATE TABLE t (" + body)
      _ = SQLiteIndexText(parsing: "CREATE INDEX i ON t (" + body)
      _ = SQLiteViewText(parsing: "CREATE VIEW v AS " + body)
      let text = SQLiteTableText(parsing: body)
      #expect(!text.findings.isEmpty || text.name != "")
    }
  }

  @Test func `a finding names line and column, and the rest is understood`() {
    let text = SQLiteTableText(
      parsing: """
        CREATE TABLE t (
          a INT FROBNICATE,
          é TEXT NOT NULL = 5,
          b INT CHECK (b > 0),
          CHECK b > 0,
          UNIQUE (b)
        ) WITH ROWID
        """)
    #expect(
      text.findings.map(\.description) == [
        "line 3, column 19: expected a constraint of column é, found \"=\"",
        "line 5, column 9: expected a constraint of the table, found \"b\"",
        "line 7, column 3: expected WITHOUT ROWID or STRICT, found \"WITH\"",
      ])
    // SQLite takes any word for a type.
    #expect(text.columns.map(\.type) == ["INT FROBNICATE", "TEXT", "INT"])
    #expect(text.columns.map(\.isNotNull) == [false, true, false])
    #expect(text.checks.map(\.expression) == ["b > 0"])
    #expect(text.uniqueConstraints.map(\.columns) == [["b"]])
  }

  @Test func `characters SQLite does not know are found`() {
    let text = SQLiteTableText(parsing: "CREATE TABLE t (a INT CHECK (a ! 1), b TEXT DEFAULT 12ab)")
    #expect(
      text.findings.map(\.description) == [
        "line 1, column 32: cannot read \"!\"", "line 1, column 53: cannot read \"12ab\"",
      ])
    #expect(SQLiteIndexText(parsing: "CREATE INDEX i ON t (a) WHERE b = 'x").findings.count == 1)
    #expect(SQLiteViewText(parsing: "CREATE VIEW v AS SELECT [x").findings.count == 1)
  }

  @Test(arguments: [
    ("CREATE VIEW v", "expected AS, found nothing"),
    ("CREATE VIEW v AS", "expected a query, found nothing"),
    ("CREATE VIEW v (a, b c) AS SELECT 1, 2", "expected a column's name, found \"b\""),
    ("DROP VIEW v", "expected CREATE VIEW, found \"DROP\""),
  ])
  func `a view that is none is a finding`(_ sql: String, _ message: String) {
    #expect(SQLiteViewText(parsing: sql).findings.map(\.message) == [message])
  }

  @Test(arguments: [
    ("CREATE INDEX i", "expected ON and a table's name, found nothing"),
    ("CREATE UNIQUE INDEX i ON t", "expected ( and the keys, found nothing"),
    ("CREATE INDEX i ON t (a", "expected ) after the keys, found nothing"),
    ("CREATE INDEX i ON t (a) HAVING 1", "expected WHERE, found \"HAVING\""),
  ])
  func `an index that is none is a finding`(_ sql: String, _ message: String) {
    #expect(SQLiteIndexText(parsing: sql).findings.map(\.message) == [message])
  }

  @Test func `statements as people write them are read too`() {
    let table = SQLiteTableText(parsing: "create temp table if not exists main.\"t\" (a) ;")
    #expect(table.name == "t")
    #expect(table.findings == [])
    let index = SQLiteIndexText(parsing: "CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a DESC);")
    #expect(index.name == "i" && index.table == "t" && index.isUnique)
    #expect(index.keys.map(\.facetDescription) == ["a desc"])
    let view = SQLiteViewText(parsing: "CREATE TEMPORARY VIEW IF NOT EXISTS v AS SELECT 1;")
    #expect(view.name == "v" && view.definition == "SELECT 1")
  }
}
