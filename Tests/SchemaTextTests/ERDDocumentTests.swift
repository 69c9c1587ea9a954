import SchemaModel
import SchemaText
import Testing

@Suite struct ERDDocumentTests {
  private static let users = Table.plain("users", .plain("id"))
  private static let invoices: Table = {
    var table = Table.plain("invoices", .plain("id"), .plain("user_id"))
    table.foreignKeys = [.plain("user_id", to: "users")]
    return table
  }()

  @Test func `one domain has one diagram and no overview`() {
    let text = ERDDocument.text(of: .plain(Self.users, Self.invoices))
    #expect(text.components("```mermaid") == 1)
    #expect(text.contains("## Tables\n\n2 tables."))
    #expect(!text.contains("## Overview"))
    #expect(text.contains("Do not edit"))
    #expect(text.hasSuffix("```\n"))
  }

  @Test func `a domain is the tag of its tables, else their schema, and there is an overview of all`() {
    var invoices = Self.invoices
    invoices.comment = Comment("@owner finance\n@domain billing_*\nWhat we are owed.")
    let text = ERDDocument.text(of: .plain(Self.users, invoices))
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map(String.init)
    #expect(headings == ["## How to read it", "## Overview", "## Domain billing\\_\\*", "## Domain public"])
    #expect(text.components("```mermaid") == 3)
  }

  @Test func `a relation into another domain shows the entity there empty, with the domain's name`() throws {
    var invoices = Self.invoices
    invoices.comment = Comment("@domain billing")
    let text = ERDDocument.text(of: .plain(Self.users, invoices))
    let billing = try #require(text.split(separator: "## Domain billing").last?.split(separator: "## ").first)
    #expect(
      billing.contains(
        """
        erDiagram
            "invoices" {
                integer id PK
                integer user_id FK
            }
            "users"["users (public)"]
            "users" ||..o{ "invoices" : "user_id"

        """))
  }

  @Test func `tables of SQLite without a tag stand apart when others have one`() {
    var tagged = Table(named: ObjectName("a"))
    tagged.comment = Comment("@domain billing")
    var schema = Schema(engine: .sqlite, serverVersion: "3")
    schema.tables = [tagged, Table(named: ObjectName("b"))]
    #expect(ERDDocument.text(of: schema).contains("## Tables without a domain\n\nOne table."))
  }

  @Test func `the order of the tables changes nothing and the document names its fingerprint`() {
    let schema = Schema.plain(Self.users, Self.invoices)
    var reversed = schema
    reversed.tables.reverse()
    let figures = [schema, reversed].map { ERDDocument.text(of: $0).split(separator: "## How").last }
    #expect(figures[0] == figures[1])
    #expect(ERDDocument.text(of: schema).contains("`\(Fingerprint(of: schema).short)`"))
  }

  @Test func `a schema without tables is said to have none`() {
    let text = ERDDocument.text(of: Schema(engine: .sqlite, serverVersion: ""))
    #expect(text.hasSuffix("The schema has no tables.\n"))
    #expect(!text.contains("mermaid\n"))
  }

  @Test func `a diagram drawn with less than its columns says so`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "")
    schema.tables = (0..<100).map { number in
      var table = Table.plain("t\(number)", .plain("id"))
      table.columns += (0..<50).map { .plain("column\($0)") }
      return table
    }
    #expect(ERDDocument.text(of: schema).contains("Drawn with the columns of keys only: with more"))
  }

  @Test func `a diagram that Mermaid would not draw whole is told with what to do`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "")
    schema.tables = (0..<600).map { number in
      var table = Table.plain("t\(number)", .plain("id"))
      table.foreignKeys = [.plain("id", to: "t0")]
      return table
    }
    let text = ERDDocument.text(of: schema)
    #expect(text.contains("(600 relations). Divide"))
    #expect(text.contains("`@domain`"))
  }
}

extension String {
  /// How often another text stands in this one.
  fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
