import Engines
import Foundation
import TestSupport
import Testing

/// DBML texts and Mermaid diagrams, held against databases by the program itself.
@Suite struct DrawnSourcesTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private static let shop = """
    CREATE TABLE users (id serial PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, born date);
    CREATE TABLE posts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE CASCADE,
      title text NOT NULL DEFAULT 'none' CHECK (length(title) < 100));
    CREATE INDEX posts_title ON posts (title) WHERE user_id > 0;
    CREATE VIEW titles AS SELECT title FROM posts;
    """

  private static let dbml = """
    Table users {
      id int [pk, increment]
      email varchar(80) [not null, unique]
      born date
    }
    Table posts {
      id bigint [pk, increment]
      user_id int [not null]
      title text [not null, default: 'none', check: `length(title) < 100`]
    }
    Ref: posts.user_id > users.id [delete: cascade]
    """

  private static let page = """
    # The shop

    ```mermaid
    erDiagram
      USERS ||--o{ POSTS : writes
      USERS {
        int id PK
        string email UK "not null"
        date born "nullable"
      }
      POSTS {
        bigint id PK
        int user_id FK
        string title
      }
    ```
    """

  @Test func `a drawing of a database is the same as it, and the report opens with what was compared`() throws
  {
    let shop = try TemporaryPostgres.makeDatabase(Self.shop)
    try workplace.write("shop.dbml", Self.dbml)
    try workplace.write("wiki.md", Self.page)
    try workplace.write(
      "shop.mmd", Self.page.split(separator: "\n").dropFirst(2).dropLast().joined(separator: "\n"))
    for file in ["shop.dbml", "wiki.md", "shop.mmd"] {
      for words in [["diff", file, shop], ["diff", shop, file], ["drift", shop, "--blueprint", file]] {
        let outcome = try workplace.run(words)
        #expect(outcome.exitCode == 0, "\(words) \(outcome)")
        #expect(outcome.headline.hasPrefix("Compared: tables, columns"), "\(outcome.headline)")
        #expect(outcome.headline.hasSuffix(" says no more."))
        #expect(outcome.output.contains("SAME: "))
        #expect(outcome.errors == "")
      }
    }
    try workplace.expectNothingLeft()
  }

  @Test func `what a drawing says otherwise is told`() throws {
    let shop = try TemporaryPostgres.makeDatabase(
      Self.shop,
      """
      ALTER TABLE posts DROP CONSTRAINT posts_user_id_fkey, ALTER user_id DROP NOT NULL, ADD extra int;
      INSERT INTO posts (user_id, title) VALUES (7, 'a'), (NULL, 'b');
      """)
    try workplace.write("shop.dbml", Self.dbml)
    try workplace.write("wiki.md", Self.page)
    for file in ["shop.dbml", "wiki.md"] {
      for words in [["drift", shop, "--blueprint", file], ["diff", file, shop], ["diff", shop, file]] {
        let outcome = try workplace.run(words)
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(
          outcome.output.contains(
            "orphaned foreign key: the blueprint draws public.posts (user_id) -> public.users (id)"))
        #expect(outcome.output.contains("1 of 2 rows has no parent"), "\(outcome)")
        let sign =
          words == ["diff", shop, file]
          ? "- column public.posts.extra is missing" : "+ column public.posts.extra is not expected"
        #expect(outcome.output.contains(sign))
      }
    }
  }

  @Test func `JSON holds the scope`() throws {
    let shop = try TemporaryPostgres.makeDatabase(Self.shop)
    try workplace.write("wiki.md", Self.page)
    for words in [["diff", "wiki.md", shop], ["drift", shop, "--blueprint", "wiki.md"]] {
      let document = try workplace.run(words + ["--format", "json"]).document()
      let scope = try #require(document["scope"] as? [String])
      #expect(
        scope == [
          "compared: tables, columns and their types, primary keys, unique columns, relations with their cardinality; a "
            + "Mermaid diagram says no more",
          "a diagram cannot say, and was not compared: views (1), check constraints (1), indexes (1)",
        ])
      #expect(document["verdict"] as? String == "same")
      #expect((document["flaws"] as? [Any])?.isEmpty == true)
      #expect(document["limits"] as? [String] == [])
    }
  }

  @Test func `what is not understood is a warning with its place, and hides no difference`() throws {
    let shop = try TemporaryPostgres.makeDatabase(Self.shop)
    try workplace.write("shop.dbml", Self.dbml.replacing("born date", with: "born int [colour: blue]"))
    try workplace.write("wiki.md", Self.page.replacing("date born", with: "A -> B\n    int born"))
    let dbml = try workplace.plumb("diff", "shop.dbml", shop)
    #expect(dbml.exitCode == 1)
    #expect(dbml.output.contains("~ column public.users.born: type is date, expected integer"), "\(dbml)")
    #expect(
      dbml.complaints == [
        "warning: shop.dbml, line 4, column 13: a column has no setting 'colour'; it is passed over"
      ])
    let page = try workplace.plumb("diff", "wiki.md", shop)
    #expect(page.exitCode == 1)
    #expect(
      page.complaints.count == 1 || page.complaints.allSatisfy { $0.contains("wiki.md, line ") }, "\(page)")
  }

  @Test func `a DBML text is read with the files it uses`() throws {
    let shop = try TemporaryPostgres.makeDatabase(Self.shop)
    let parts = Self.dbml.components(separatedBy: "Table posts")
    try workplace.write("model/users.dbml", parts[0])
    try workplace.write("model/shop.dbml", "use * from './users'\nTable posts" + parts[1])
    #expect(try workplace.plumb("diff", "model/shop.dbml", shop).exitCode == 0)
    try workplace.write("model/shop.dbml", "use * from './nowhere'\nTable posts" + parts[1])
    let alone = try workplace.plumb("diff", "model/shop.dbml", shop)
    #expect(alone.exitCode == 1)
    #expect(alone.errors.contains("the file './nowhere' is not followed"))
  }

  @Test func `a diagram is held against SQLite as well`() throws {
    let file = workplace.path("shop.db")
    let sql = """
      CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, born TEXT);
      CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, title TEXT);
      """
    _ = try Subprocess("sqlite3", ["-batch", file], input: .bytes(Array(sql.utf8))).run()
    try workplace.write("wiki.md", Self.page)
    let outcome = try workplace.plumb("diff", "wiki.md", "shop.db")
    #expect(outcome.exitCode == 0, "\(outcome)")
    try workplace.write("wiki.md", Self.page.replacing("||--o{", with: "|o--||"))
    #expect(try workplace.plumb("drift", "shop.db", "--blueprint", "wiki.md").exitCode == 1)
  }

  @Test func `files that draw nothing are refused`() throws {
    try workplace.write("notes.md", "# Notes\n```mermaid\nflowchart LR\n```\n")
    try workplace.write("plan.mmd", "flowchart LR\n A --> B\n")
    try workplace.write("empty.mmd", "erDiagram\n  -> nothing\n")
    try workplace.write("empty.dbml", "Project p { }\n")
    try workplace.expectFailure(
      ["inspect", "notes.md"], "there is no erDiagram in notes.md", hint: "```mermaid")
    try workplace.expectFailure(
      ["inspect", "plan.mmd"], "there is no erDiagram in plan.mmd", hint: "erDiagram")
    try workplace.expectFailure(
      ["inspect", "empty.mmd"], "the erDiagram in empty.mmd has no entity", hint: "Check it")
    try workplace.expectFailure(
      ["inspect", "empty.dbml"], "empty.dbml describes no table", hint: "Table users")
    try workplace.expectFailure(["inspect", "none.dbml"], "there is nothing at none.dbml", hint: ".dbml")
    try workplace.expectFailure(
      ["backup", "plan.mmd"], "plan.mmd is no live database", hint: "Name a database")
  }

  @Test func `the page of the founding incident has its three flaws, counted in production`() throws {
    func example(_ name: String) throws -> String {
      try String(contentsOfFile: Repository.path("Examples/saas/\(name)"), encoding: .utf8)
    }
    let production = try TemporaryPostgres.makeDatabase(
      try example("postgresql/schema.sql"),
      "\\set rows 1000\n\\set seed 42\n" + (try example("postgresql/generate.sql")),
      try example("incident/damage.postgresql.sql"))
    let drawn = try workplace.plumb(
      "inspect", Repository.path("Examples/saas/incident/wiki/postgresql.sql"), "--format", "mermaid")
    try workplace.write("wiki.md", "# The service\n\n```mermaid\n\(drawn.output)```\n")
    let outcome = try workplace.plumb("drift", production, "--blueprint", "wiki.md")
    #expect(outcome.exitCode == 1)
    let diff = try workplace.plumb("diff", "wiki.md", production)
    let told = outcome.output.components(separatedBy: "\nBreaks a restore")[0]
    #expect(diff.output.hasPrefix(told), "\(diff)")
    let flaws = outcome.output.split(separator: "\n").filter { $0.contains(#/^  \d\. /#) }
    #expect(
      flaws == [
        "  1. orphaned foreign key: the blueprint draws public.audit_log (organization_id, performed_by) -> public.users "
          + "(organization_id, id); production does not enforce it.",
        "  2. implicit join table: the blueprint draws public.tasks directly to public.users (organization_id, "
          + "assignee_id); production keeps that relation in the table public.task_assignees.",
        "  3. nullability: budget_cents of public.projects is drawn optional and is NOT NULL in production.",
        "  4. nullability: due_date of public.tasks is drawn optional and is NOT NULL in production.",
        "  5. nullability: full_name of public.users is drawn optional and is NOT NULL in production.",
      ], "\(outcome)")
    #expect(
      outcome.output.contains(#/\d+ of [\d,]+ rows have no parent: a restore from this blueprint would stop/#)
    )
    #expect(!outcome.output.contains("breaks a restore: the"), "every difference is one of the flaws")
  }

  @Test func `our own diagrams are the same as what they were drawn from`() throws {
    let saas = try TemporaryPostgres.makeDatabase(
      try String(contentsOfFile: Repository.path("Examples/saas/postgresql/schema.sql"), encoding: .utf8))
    _ = try workplace.plumb("init", saas, "--into", "bp")
    for file in ["bp/blueprint/ERD.md", Repository.path("Examples/saas/README.md")] {
      let outcome = try workplace.plumb("diff", file, saas)
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.errors == "")
    }
    let sql =
      "CREATE TABLE a (id INT PRIMARY KEY, x, \"odd (,\" int); CREATE TABLE b (a_id UNIQUE REFERENCES a, c REFERENCES none (id));"
    _ = try Subprocess("sqlite3", ["-batch", workplace.path("odd.db")], input: .bytes(Array(sql.utf8))).run()
    _ = try workplace.plumb("init", "odd.db", "--into", "odd")
    #expect(try workplace.plumb("diff", "odd/blueprint/ERD.md", "odd.db").exitCode == 0)
  }
}
