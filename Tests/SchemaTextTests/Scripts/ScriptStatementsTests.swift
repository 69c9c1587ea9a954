import Testing

@testable import SchemaText

/// Where a text for psql is divided, and where its parts belong.
@Suite struct ScriptStatementsTests {
  /// The statements of a text, each as it stands there.
  private func statements(of text: String) -> [String] {
    var parser = ScriptStatements()
    let bytes = Array(text.utf8)
    return statements(of: bytes, by: &parser).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  private func statements(of bytes: [UInt8], by parser: inout ScriptStatements) -> [ScriptStatement] {
    var (found, position) = ([ScriptStatement](), 0)
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let end = position + line.count + 1
      Array(line).withUnsafeBytes { found += parser.add($0, at: position, end: min(end, bytes.count)) }
      position = end
    }
    return found
  }

  private static let texts: [(text: String, statements: [String])] = [
    ("SELECT 1; SELECT 2;", ["SELECT 1;", "SELECT 2;"]),
    ("SELECT ';';\n", ["SELECT ';';"]),
    ("SELECT 'it''s;', E'it\\';s', \"a;\"\"b\";", ["SELECT 'it''s;', E'it\\';s', \"a;\"\"b\";"]),
    ("SELECT 'back\\';", ["SELECT 'back\\';"]),
    (
      "SET standard_conforming_strings = off;SELECT 'a\\';';",
      ["SET standard_conforming_strings = off;", "SELECT 'a\\';';"]
    ),
    ("-- a; b\nSELECT 1; -- c;\n/* d; /* e; */ ' */ SELECT 2;", ["SELECT 1;", "SELECT 2;"]),
    ("DO $$;$$; DO $a$ $b$; $a$;", ["DO $$;$$;", "DO $a$ $b$; $a$;"]),
    ("SELECT a$b$c; SELECT $1;", ["SELECT a$b$c;", "SELECT $1;"]),
    (
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);",
      ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);"]
    ),
    (
      "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3; END; BEGIN; END;",
      [
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3; END;",
        "BEGIN;", "END;",
      ]
    ),
    ("COPY t FROM stdin;\n1;\t'\n\\.\nSELECT 1;", ["COPY t FROM stdin;", "1;\t'\n\\.\n", "SELECT 1;"]),
    ("\\c other\nSELECT 1;", ["\\c other", "SELECT 1;"]),
    (";;\n;", []),
  ]

  @Test(arguments: texts.indices)
  func `a text is divided where psql divides it`(_ number: Int) {
    #expect(statements(of: Self.texts[number].text) == Self.texts[number].statements)
  }

  @Test(arguments: [
    "SELECT 1", "SELECT 'a;", "/* open", "COPY t FROM stdin;\n1\n", "CREATE TABLE t (a int;", "DO $a$ ; $b$;",
  ])
  func `what has no end is noticed`(_ text: String) {
    var parser = ScriptStatements()
    #expect(statements(of: Array("\n\(text)".utf8), by: &parser).allSatisfy { $0.form == .statement })
    #expect(parser.openLine != nil)
  }

  @Test func `rows come in the order of the script, settings with them, and structure apart`() throws {
    let text = """
      SET search_path = a, pg_catalog;
      CREATE TABLE t (x int);
      INSERT INTO t VALUES (1);
      INSERT INTO t VALUES (2);
      CREATE INDEX ON t (x);
      COPY b.u (x, "Y") FROM stdin;
      1\t2
      \\.
      SELECT pg_catalog.setval('s', 3);
      """
    var (parser, script) = (ScriptStatements(), ForeignScript())
    let bytes = Array(text.utf8)
    for statement in statements(of: bytes, by: &parser) { try script.take(statement) }
    func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(
      script.structure.map(words) == [
        "SET search_path = a, pg_catalog;\nCREATE TABLE t (x int);", "CREATE INDEX ON t (x);",
      ])
    #expect(script.rows.count == 4)
    guard case .statements(let first) = script.rows[1], case .copy(let copy) = script.rows[2] else {
      Issue.record("\(script.rows)")
      return
    }
    #expect(words(first) == "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);")
    #expect(words(copy.rows) == "1\t2\n\\.\n")
    #expect(copy.columns == ["x", "Y"])
    #expect(copy.isPlain)
    let inserted = ForeignScript.TableReference(
      name: ScriptName(schema: nil, name: "t"), searchPath: ["a", "pg_catalog"])
    #expect(script.filled == [inserted: 2, copy.table: 1])
  }
}
