import SchemaText
import Testing

/// Makes a dump fit for one empty database, and takes the half of a migration that changes something.
@Suite struct SQLScriptTests {
  /// The lines that are left, each with its number.
  private func left(_ text: String) -> [String] {
    let script = SQLScript(text)
    #expect(
      script.text.split(separator: "\n", omittingEmptySubsequences: false).count
        == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    return script.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      number, line in
      line.allSatisfy(\.isWhitespace) ? nil : "\(number + 1) \(line)"
    }
  }

  @Test func `an ordinary text stays byte for byte`() {
    let text =
      "CREATE TABLE t (a int);\n\\set x 1\nCREATE FUNCTION f() RETURNS text AS $x$ COPY a FROM stdin; $x$;\n"
    #expect(SQLScript(text).text == text)
    #expect(!SQLScript(text).isChanged)
  }

  @Test func `rows of COPY are left out, whatever stands in them`() {
    let text = """
      CREATE TABLE t (a text);
      COPY public.t (a, "b c") FROM stdin;
      it's one; "
      $$ -- \\connect
      \\.
      COPY t FROM STDIN WITH (FORMAT csv);
      1
      \\.
      CREATE TABLE u (a int);
      """
    #expect(left(text) == ["1 CREATE TABLE t (a text);", "9 CREATE TABLE u (a int);"])
    #expect(left("COPY t TO stdout;\nSELECT 1;") == ["1 COPY t TO stdout;", "2 SELECT 1;"])
    #expect(left("COPY t FROM stdin;\n1\n2") == [])
  }

  @Test func `commands that leave the database or are not known to every psql are left out`() {
    let text = "\\restrict abc\n\\connect shop\n\\c other\nSELECT 1;\n\\echo hi\n\\unrestrict abc"
    #expect(left(text) == ["4 SELECT 1;", "5 \\echo hi"])
    #expect(SQLScript(text).connectedDatabases == ["shop", "other"])
    #expect(SQLScript("\\connect -reuse-previous=on \"shop\"\n\\connect shop").connectedDatabases.count == 2)
    #expect(SQLScript("\\connect template1\n\\connect postgres").connectedDatabases == [])
  }

  @Test(arguments: [
    "CREATE DATABASE shop WITH TEMPLATE = template0;", "ALTER DATABASE shop OWNER TO x;",
    "DROP DATABASE shop;",
    "COMMENT ON DATABASE shop IS 'x;y';", "GRANT ALL ON DATABASE shop TO x;",
    "REVOKE ALL ON DATABASE shop FROM x;",
    "SECURITY LABEL ON DATABASE shop IS 'x';",
  ])
  func `statements about a database as a whole are passed over and told`(statement: String) {
    let script = SQLScript("SELECT 1;\n-- x\n\(statement)\nSELECT 2;")
    #expect(script.passedOver.map(\.position.line) == [3])
    #expect(left("SELECT 1;\n\(statement)\nSELECT 2;") == ["1 SELECT 1;", "3 SELECT 2;"])
  }

  @Test func `quotation marks, comments and dollars hide what stands in them`() {
    for hidden in [
      "SELECT 'a;\nDROP DATABASE x;'", "SELECT E'\\';\nDROP DATABASE x;'",
      "/* ; /* \n */ DROP DATABASE x; */ SELECT 1",
      "SELECT \"a;\nDROP DATABASE x;\"", "SELECT $$;\nDROP DATABASE x;$$",
      "SELECT $a$ $$;\nDROP DATABASE x; $a$",
      "-- DROP DATABASE x;\nSELECT $1",
    ] {
      #expect(!SQLScript(hidden + ";").isChanged, "\(hidden)")
    }
    #expect(SQLScript("SELECT 'e''; \\';\nDROP DATABASE x;").isChanged)
  }

  @Test func `a setting that only newer servers know is left out`() {
    #expect(left("SET lock_timeout = 0;\nSET transaction_timeout = 0;\n") == ["1 SET lock_timeout = 0;"])
  }

  @Test func `a text cut off anywhere is read without harm`() {
    let bytes = Array(
      "CREATE $a$;$a$ E'\\'' \"x\" /* /* */ */ COPY t FROM stdin;\n1\n\\.\n\\c x\n-- y\n".utf8)
    for end in 0...bytes.count { #expect(SQLScript(Array(bytes[..<end])).bytes.count == end) }
  }

  @Test func `roles are found where objects and rights are given`() {
    let text = """
      ALTER TABLE public.t OWNER TO app_owner;
      GRANT SELECT ON TABLE t TO reader, "Odd, One" WITH GRANT OPTION;
      GRANT ALL ON t TO PUBLIC;
      ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA s GRANT SELECT ON TABLES TO taker;
      CREATE SCHEMA s AUTHORIZATION holder;
      GRANT ALL ON TABLE c TO "So ""called"" role";
      CREATE ROLE own NOLOGIN;
      ALTER TABLE a RENAME TO b;
      INSERT INTO t VALUES ('GRANT x TO nobody');
      """
    #expect(
      SQLScript.roles(in: text) == [
        "app_owner", "reader", "Odd, One", "So \"called\" role", "maker", "taker", "holder",
      ])
    #expect(SQLScript.rolesMade(in: text) == ["own"])
  }

  @Test(arguments: [
    ("-- migrate:up\nA\n-- migrate:down\nB", "A"),
    ("-- +goose Up\nA\n-- +goose StatementBegin\nB\n-- +goose Down\nC", "A -- +goose StatementBegin B"),
    ("x\n-- +migrate Up\nA\n-- +migrate Down\nB\n-- +migrate Up\nC", "A C"), ("A\n-- //@UNDO\nB", "A"),
    ("--migrate:up transaction:false\nA\n--migrate:down", "A"), ("A\nB", "A B"),
    ("SELECT '-- migrate:down';\nB", "SELECT '-- migrate:down'; B"),
  ])
  func `only the part of a migration that changes something is kept`(text: String, kept: String) {
    let up = MigrationSections.up(of: text)
    #expect(up.split(separator: "\n").joined(separator: " ") == kept)
    #expect(
      up.split(separator: "\n", omittingEmptySubsequences: false).count
        == text.split(separator: "\n", omittingEmptySubsequences: false).count)
  }

  @Test(arguments: [
    #"\! touch x"#, #"\echo a \! touch x"#, #"\set a `touch x`"#, #"\o x"#, #"\out |cat"#, #"\w x"#,
    #"\copy t from program 'touch x'"#, #"\password"#, "COPY (SELECT 1) TO PROGRAM 'touch x';",
    "COPY t FROM '/etc/passwd';",
  ])
  func `what would run a program or write a file is left out and told`(line: String) {
    let script = SQLScript("CREATE TABLE t (a int);\n\(line)\nCREATE TABLE u (a int);\n")
    #expect(
      script.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        == "CREATE TABLE t (a int); CREATE TABLE u (a int);")
    #expect(script.passedOver.map(\.position.line) == [2])
  }

  @Test func `a statement that a program was to read still ends`() {
    let script = SQLScript("SELECT 1 \\g |cat\nSELECT 2;\n")
    #expect(script.text.split(separator: "\n")[0].split(separator: " ") == ["SELECT", "1", ";"])
    #expect(script.passedOver.count == 1)
  }

  @Test(arguments: [
    #"\set ON_ERROR_STOP on"#, #"\echo done"#, #"\i other.sql"#, "SELECT 1 \\g", "SELECT 1 \\gset",
  ])
  func `what only steers psql stays`(line: String) {
    let script = SQLScript(line + "\n")
    #expect(!script.isChanged && script.passedOver == [])
  }
}
