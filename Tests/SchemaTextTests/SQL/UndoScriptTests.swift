import SchemaModel
import SchemaText
import Testing

/// What stands in a script that undoes a drift, what only stands there to be read, and in which order.
@Suite struct UndoScriptTests {
  private func name(_ name: String) -> ObjectName { ObjectName(schema: "public", name) }

  private func table(_ name: String, _ columns: [(String, String)]) -> Table {
    var table = Table(named: self.name(name))
    table.columns = columns.map { name, type in
      var column = Column(named: name)
      column.type = type
      return column
    }
    return table
  }

  private func schema(_ tables: [Table] = []) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15")
    schema.tables = tables
    return schema
  }

  private func lines(_ found: Schema, _ expected: Schema) -> [String] {
    UndoScript(making: found, into: expected).text().split(separator: "\n").map(String.init)
  }

  @Test func `nothing to do is said, and nothing is done`() {
    let schema = schema([table("t", [("a", "integer")])])
    let script = UndoScript(making: schema, into: schema)
    #expect(script.isEmpty)
    #expect(
      script.text(title: ["A draft."]) == "-- A draft.\n-- Nothing differs, so there is nothing to do.\n")
  }

  @Test func `what loses rows or values stands in comments, and says what it loses`() {
    let found = schema([table("gone", [("a", "integer")]), table("t", [("a", "integer"), ("b", "text")])])
    let lines = lines(found, schema([table("t", [("a", "integer")])]))
    #expect(lines.contains("-- Would lose the rows of the table:"))
    #expect(lines.contains("-- DROP TABLE public.gone;"))
    #expect(lines.contains("-- Would lose the values of the column:"))
    #expect(lines.contains("-- ALTER TABLE public.t DROP COLUMN b;"))
    #expect(
      lines.contains(
        "-- Statements that lose data stand in comments (2), with what only works along with them."))
    let done = lines.filter { !$0.hasPrefix("--") }
    #expect(done.first == "BEGIN;" && done.last == "COMMIT;")
    #expect(!done.contains { $0.contains("DROP") })
    let all = UndoScript(making: found, into: schema([table("t", [("a", "integer")])])).text(
      includingLosses: true)
    #expect(all.contains("\nDROP TABLE public.gone;\n"))
  }

  @Test func `what is to be enforced no more is made anew and not validated`() {
    func schema(isEnforced: Bool) -> Schema {
      var table = table("t", [("a", "integer")])
      var check = CheckConstraint(named: "c")
      check.expression = "a > 0"
      check.isEnforced = isEnforced
      check.isValidated = !isEnforced
      var key = ForeignKey(named: "k")
      key.columns = ["a"]
      key.referencedTable = name("t")
      key.isEnforced = isEnforced
      key.isValidated = !isEnforced
      table.checks = [check]
      table.foreignKeys = [key]
      return self.schema([table])
    }
    let lines = lines(schema(isEnforced: true), schema(isEnforced: false))
    #expect(lines.contains("ALTER TABLE public.t DROP CONSTRAINT c;"))
    #expect(lines.contains("ALTER TABLE public.t DROP CONSTRAINT k;"))
    #expect(!lines.contains { $0.contains("VALIDATE") })
  }

  @Test func `a column whose type stays in comments keeps its default`() {
    func schema(_ type: String) -> Schema {
      var table = table("t", [("a", type)])
      table.columns[0].value = .default("0")
      return self.schema([table])
    }
    let lines = lines(schema("numeric(14,2)"), schema("numeric(12,2)"))
    #expect(lines.contains("-- ALTER TABLE public.t ALTER COLUMN a TYPE numeric(12,2);"), "\(lines)")
    #expect(lines.contains("-- ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;"), "\(lines)")
    #expect(lines.contains("-- ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 0;"), "\(lines)")
    #expect(!lines.contains { !$0.hasPrefix("--") && $0.contains("DEFAULT") }, "\(lines)")
  }

  @Test func `what an object in comments still needs stands in comments too`() {
    var found = schema([table("gone", [("a", "public.mood")])])
    found.enums = [EnumType(named: name("mood"))]
    let lines = lines(found, schema())
    #expect(lines.contains("-- DROP TYPE public.mood;"), "\(lines)")
    #expect(lines.contains("-- Only along with what would lose data of table public.gone:"), "\(lines)")
  }

  @Test func `a type that rounds or cuts values stands in comments, one that refuses them does not`() {
    let wide = schema([table("t", [("a", "numeric(10,4)"), ("b", "text")])])
    let narrow = schema([table("t", [("a", "integer"), ("b", "character varying(5)")])])
    let lines = lines(wide, narrow)
    #expect(lines.contains("-- ALTER TABLE public.t ALTER COLUMN a TYPE integer;"), "\(lines)")
    #expect(lines.contains("ALTER TABLE public.t ALTER COLUMN b TYPE character varying(5);"), "\(lines)")
  }

  @Test func `a label is added before the transaction that may use it, and rows are checked after it`() throws
  {
    var found = schema([table("t", [("a", "integer")])])
    var mood = EnumType(named: name("mood"))
    mood.labels = ["sad"]
    found.enums = [mood]
    var expected = found
    expected.enums[0].labels = ["sad", "happy"]
    var check = CheckConstraint(named: "positive")
    check.expression = "(a > 0)"
    expected.tables[0].checks = [check]
    let lines = lines(found, expected)
    let label = try #require(lines.firstIndex(of: "ALTER TYPE public.mood ADD VALUE 'happy' AFTER 'sad';"))
    let addition = try #require(lines.firstIndex(of: "  ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;"))
    let validation = try #require(
      lines.firstIndex(of: "ALTER TABLE public.t VALIDATE CONSTRAINT positive;"))
    let (begin, commit) = (lines.firstIndex(of: "BEGIN;") ?? 0, lines.firstIndex(of: "COMMIT;") ?? 0)
    #expect(label < begin && begin < addition && addition < commit && commit < validation)
  }

  @Test func `what no statement can undo is named in the head`() {
    let found = schema([table("t", [("a", "integer"), ("b", "text")])])
    let script = UndoScript(making: found, into: schema([table("t", [("b", "text"), ("a", "integer")])]))
    #expect(script.statements.isEmpty)
    #expect(script.notUndoable.map(\.fact) == ["column order"])
    #expect(
      script.text().contains(
        "--   table public.t: column order: PostgreSQL adds a column at the end and moves none\n"))
  }

  @Test func `a view that needs what changes is made anew with its grants`() {
    var view = View(named: name("v"))
    view.definition = " SELECT t.a\n   FROM public.t;"
    view.rights.privileges = [Grant(to: .owner, [Grant.all]), Grant(to: .role("reader"), ["SELECT"])]
    var found = schema([table("t", [("a", "integer")])])
    found.views = [view]
    var expected = found
    expected.tables[0].columns[0].type = "bigint"
    let lines = lines(found, expected).filter { !$0.hasPrefix("SET") && !$0.hasPrefix("--") }
    #expect(
      lines == [
        "BEGIN;", "DROP VIEW public.v;", "ALTER TABLE public.t ALTER COLUMN a TYPE bigint;",
        "CREATE VIEW public.v AS",
        " SELECT t.a", "   FROM public.t;", "GRANT SELECT ON TABLE public.v TO reader;", "COMMIT;",
      ])
  }

  @Test func `a literal that looks like a comment's end stays inside the comment`() {
    var found = schema([table("t", [("a", "integer")])])
    found.tables[0].columns[0].comment = Comment("one")
    var expected = schema([table("t", [("a", "integer")])])
    expected.tables[0].columns[0].comment = Comment("two\n*/ DROP TABLE t; --")
    let script = UndoScript(making: found, into: expected)
    #expect(script.statements.map(\.risk) == [.none])
    #expect(script.statements.map(\.sql) == ["COMMENT ON COLUMN public.t.a IS 'two\n*/ DROP TABLE t; --';"])
  }
}
