import Analysis
import SchemaModel
import Testing

/// Two majors of PostgreSQL: what one cannot know, and what they print in other words, is no difference.
@Suite struct MajorsGroundTests {
  private static func schema(_ version: String, view definition: String) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: version)
    var view = View(named: ObjectName(schema: "app", "v"))
    view.definition = definition
    schema.views = [view]
    return schema
  }

  private static func verdict(
    _ old: String, _ new: String, from: String = "15.20", to: String = "17.10"
  ) -> Verdict {
    Diff.compare(from: schema(from, view: old), to: schema(to, view: new)).verdict
  }

  @Test(arguments: [
    ("SELECT t.id,\n    t.name AS t\n   FROM app.t;", "SELECT id,\n    name AS t\n   FROM app.t;"),
    (
      "SELECT \"T\".a FROM app.x \"T\" WHERE (\"T\".b = 'T.c');",
      "SELECT a FROM app.x \"T\" WHERE (b = 'T.c');"
    ),
    ("SELECT f.id FROM app.f() f(id, n) GROUP BY f.id;", "SELECT id FROM app.f() f(id, n) GROUP BY id;"),
    (
      "SELECT t.id FROM t.t WHERE (EXISTS ( SELECT 1 FROM u WHERE (u.id = t.id)));",
      "SELECT id FROM t.t WHERE (EXISTS ( SELECT 1 FROM u WHERE (u.id = t.id)));"
    ),
    (
      "SELECT t.*::t AS t FROM ONLY t TABLESAMPLE system (10);",
      "SELECT t.*::t AS t FROM ONLY t TABLESAMPLE system (10);"
    ),
  ])
  func `a query of one table is the same with its name before the columns and without`(
    _ old: String, _ new: String
  ) {
    #expect(Self.verdict(old, new) == .same)
    #expect(Self.verdict(new, old, from: "16.2", to: "14.1") == .same)
    #expect((Self.verdict(old, new, from: "17.1", to: "18.6") == .same) == (old == new))
  }

  @Test(arguments: [
    ("SELECT t.id FROM t JOIN u USING (id);", "SELECT id FROM t JOIN u USING (id);"),
    ("SELECT t.id FROM t, u;", "SELECT id FROM t, u;"),
    ("SELECT t.id FROM t UNION SELECT u.id FROM u;", "SELECT id FROM t UNION SELECT u.id FROM u;"),
    ("SELECT t.id FROM t WHERE (t.a > 1);", "SELECT id FROM t WHERE (b > 1);"),
    ("SELECT t.f(t.id) AS f FROM t;", "SELECT f(id) AS f FROM t;"),
    ("SELECT t.id FROM t WHERE (t.a = 't.b');", "SELECT id FROM t WHERE (a = 'b');"),
    (
      "SELECT t.id FROM t WHERE (EXISTS ( SELECT 1 FROM u WHERE (u.id = t.id)));",
      "SELECT id FROM t WHERE (EXISTS ( SELECT 1 FROM u WHERE (u.id = id)));"
    ),
  ])
  func `a query that says something else stays a difference`(_ old: String, _ new: String) {
    #expect(Self.verdict(old, new) == .different)
    #expect(Self.verdict(new, old, from: "16.2", to: "14.1") == .different)
  }

  @Test func `extensions of other versions are no difference between majors, and that is told`() {
    func schema(_ server: String, _ version: String) -> Schema {
      var schema = Schema(engine: .postgreSQL, serverVersion: server)
      schema.extensions = [InstalledExtension(named: ObjectName("citext"))]
      schema.extensions[0].version = version
      return schema
    }
    let comparison = Diff.compare(from: schema("15.20", "1.6"), to: schema("18.6", "1.8"))
    #expect(comparison.verdict == .same)
    #expect(
      comparison.scope == [
        "versions of extensions are not compared between PostgreSQL 15 and 18: citext 1.6 and 1.8"
      ])
    #expect(Diff.compare(from: schema("15.20", "1.6"), to: schema("15.4", "1.8")).verdict == .different)
    #expect(Diff.compare(from: schema("15.20", "1.6"), to: schema("18.6", "1.6")).scope == [])
  }

  @Test func `the right to maintain is left out against a server that does not know it, and nothing else`() {
    func schema(_ server: String, _ grants: [Grant]?) -> Schema {
      var schema = Schema(engine: .postgreSQL, serverVersion: server)
      schema.tables = [Table(named: ObjectName(schema: "public", "t"))]
      schema.tables[0].rights.privileges = grants
      return schema
    }
    let owner = Grant(to: .owner, [Grant.all])
    let seven = ["DELETE", "INSERT", "MAINTAIN", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE"]
    func same(_ old: [Grant]?, _ new: [Grant]?) -> Bool {
      Diff.compare(from: schema("16.2", old), to: schema("17.1", new)).verdict == .same
    }
    #expect(same(nil, [owner, Grant(to: .role("r"), ["MAINTAIN"])]))
    #expect(
      same(
        [owner, Grant(to: .role("r"), ["SELECT"])], [owner, Grant(to: .role("r"), ["MAINTAIN", "SELECT"])]))
    #expect(same(nil, [Grant(to: .owner, seven.filter { $0 != "MAINTAIN" } + ["UPDATE"])]))
    #expect(!same(nil, [Grant(to: .owner, seven)]))
    #expect(!same(nil, [owner, Grant(to: .role("r"), ["MAINTAIN", "SELECT"])]))
    #expect(
      Diff.compare(
        from: schema("17.1", nil), to: schema("18.1", [owner, Grant(to: .role("r"), ["MAINTAIN"])])
      ).verdict
        == .different)
  }
}
