import SchemaModel
import SchemaText
import Testing

@Suite struct `Names and texts in SQL` {
  @Test(arguments: ["users", "_users", "user_2", "name", "nulls", "key"])
  func `a PostgreSQL name that quote_ident leaves alone stays bare`(name: String) {
    #expect(SQLDialect.postgreSQL.identifier(name) == name)
  }

  @Test(arguments: [
    ("Users", "\"Users\""), ("2users", "\"2users\""), ("user", "\"user\""), ("timestamp", "\"timestamp\""),
    ("merge_action", "\"merge_action\""), ("left", "\"left\""), ("my table", "\"my table\""),
    ("naïve", "\"naïve\""), ("a\"b", "\"a\"\"b\""), ("a$b", "\"a$b\""), ("", "\"\""),
  ])
  func `any other PostgreSQL name is quoted`(name: String, quoted: String) {
    #expect(SQLDialect.postgreSQL.identifier(name) == quoted)
  }

  @Test func `each engine has its own words`() {
    #expect(SQLDialect.sqlite.identifier("key") == "\"key\"")
    #expect(SQLDialect.sqlite.identifier("user") == "user")
  }

  @Test func `a quote with a combining mark is doubled too`() {
    let marked = "a\"\u{301}; DROP TABLE t; --"
    #expect(
      Array(SQLDialect.sqlite.identifier(marked).utf8) == Array("\"a\"\"\u{301}; DROP TABLE t; --\"".utf8))
    #expect(Array(SQLDialect.postgreSQL.literal("'\u{301}").utf8) == Array("'''\u{301}'".utf8))
  }

  @Test func `a text keeps its backslashes and line breaks`() {
    #expect(SQLDialect.postgreSQL.literal("it's\\n\n") == "'it''s\\n\n'")
  }

  @Test func `an object brings its schema along`() {
    #expect(SQLDialect.postgreSQL.name(ObjectName(schema: "My App", "order")) == "\"My App\".\"order\"")
    #expect(SQLDialect.sqlite.name(ObjectName("orders")) == "orders")
  }

  @Test(arguments: [
    ("(a > 0)", "(a > 0)"), ("a > 0", "(a > 0)"), ("(a) > (b)", "((a) > (b))"), ("(a = ')')", "(a = ')')"),
    ("(\"(\" > 0)", "(\"(\" > 0)"), ("lower(a)", "(lower(a))"), ("(a[1] > 0)", "(a[1] > 0)"),
  ])
  func `PostgreSQL's own parentheses are enough`(expression: String, parenthesised: String) {
    #expect(SQLDialect.postgreSQL.parenthesised(expression) == parenthesised)
  }

  @Test func `SQLite's expressions are kept as written`() {
    #expect(SQLDialect.sqlite.parenthesised("(a > 0)") == "((a > 0))")
    #expect(SQLDialect.sqlite.parenthesised("a > 0 -- why") == "(a > 0 -- why\n)")
  }
}
