import Engines
import SchemaModel
import SchemaText
import Testing

@Suite struct SQLiteCatalogTests {
  @Test(arguments: SQLiteCase.all)
  func `every fact of a case is read as expected`(_ example: SQLiteCase) throws {
    let schema = try example.session().schema()
    try example.expect(SQLiteSchemaDump.text(schema), in: "expected.txt")
  }

  @Test(arguments: SQLiteCase.all)
  func `texts that differ in form only give the same schema`(_ example: SQLiteCase) throws {
    let schema = try example.session().schema()
    for variant in example.variants {
      let other = try SQLiteScratch.session(applying: try example.text(variant), from: variant).schema()
      #expect(other == schema, "\(variant)")
    }
  }

  @Test func `there are cases, and variants among them`() {
    #expect(SQLiteCase.all.count >= 10)
    #expect(SQLiteCase.all.contains { $0.variants.count >= 2 })
  }

  @Test(arguments: SQLiteCase.all)
  func `a schema's own texts give the same schema again`(_ example: SQLiteCase) throws {
    let first = try example.session()
    #expect(try again(first) { $0 }.schema() == first.schema())
  }

  @Test(arguments: SQLiteCase.all)
  func `SQLite takes the canonical form of a text for the same, but for comments`(
    _ example: SQLiteCase
  ) throws {
    func withoutComments(_ session: SQLiteConnection) throws -> [Substring] {
      SQLiteSchemaDump.text(try session.schema()).split(separator: "\n").filter { !$0.contains("comment") }
    }
    let first = try example.session()
    let second = try again(first, SQLiteCanonicalText.of(_:))
    #expect(try withoutComments(second) == withoutComments(first))
  }

  /// Another database, made of the texts a database holds.
  private func again(_ first: SQLiteConnection, _ form: (String) -> String) throws -> SQLiteConnection {
    // Tables before what stands on them; what SQLite makes by itself has no text or no free name.
    let texts = try first.rows(
      """
      SELECT sql FROM sqlite_schema AS s
      WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
      ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, rowid
      """)
    let settings = try ["encoding", "auto_vacuum", "user_version", "application_id"].map { name in
      "PRAGMA \(name) = '\(try #require(try first.rows("PRAGMA \(name)")[0][0]))';"
    }
    let sql = settings + texts.map { "\(form($0[0] ?? ""));" }
    return try SQLiteScratch.session(applying: sql.joined(separator: "\n"), from: "again")
  }

  /// What SQLite has no words for.
  private static let foreign: Set<String> = [
    "check constraint: enforced", "check constraint: inherited", "column: compression",
    "column: foreign options", "column: inherited", "column: not null comment",
    "column: not null name", "column: not null no inherit", "column: not null validated",
    "column: options", "column: sequence comment", "column: sequence name",
    "column: sequence privileges", "column: statistics target", "column: storage",
    "foreign key: enforced", "foreign key: period", "index: statistics targets",
    "index: storage parameters", "index: tablespace", "primary key: index comment",
    "primary key: storage parameters", "primary key: tablespace", "primary key: without overlaps",
    "table: access method", "table: clustered on", "table: foreign options",
    "table: foreign server", "table: inherits", "table: replica identity",
    "table: row type", "table: storage parameters", "table: tablespace",
    "table: toast storage parameters", "unique constraint: index comment",
    "unique constraint: storage parameters",
    "unique constraint: tablespace", "unique constraint: without overlaps", "view: column defaults",
    "view: depends on extensions", "trigger: depends on extensions", "index: depends on extensions",
    "primary key: depends on extensions", "unique constraint: depends on extensions",
    "primary key: valid", "unique constraint: valid", "primary key: recheck fires",
    "unique constraint: recheck fires", "column: sequence unlogged",
    "table: attached to incomplete indexes", "table: attached index names", "table: attached index comments",
    "table: attached constraint comments",
    "table: attached index storage parameters", "table: attached index tablespaces",
    "table: attached index statistics targets", "table: attached index extensions",
    "table: attached foreign key triggers", "table: attached foreign key comments",
    "table: attached trigger comments",
    "view: access method", "view: tablespace", "view: toast storage parameters", "view: clustered on",
    "view: column storage", "view: column compression", "view: column statistics targets",
    "view: column options",
    "table: unlogged", "table: partition key", "table: partition of",
    "primary key: included columns", "primary key: nulls not distinct", "primary key: deferrability",
    "primary key: primary",
    "unique constraint: included columns", "unique constraint: nulls not distinct",
    "unique constraint: deferrability", "unique constraint: primary", "unique constraint: autoincrement",
    "foreign key: columns set on delete", "foreign key: validated",
    "check constraint: validated", "check constraint: no inherit",
    "index: method", "index: included columns", "index: nulls not distinct", "index: valid",
    "view: materialized", "view: populated", "view: options",
    "table: owner", "table: privileges", "table: row security", "table: row security for the owner",
    "table: inherited triggers", "view: owner", "view: privileges", "view: column privileges",
    "column: privileges", "foreign key: triggers",
    "trigger: for each row", "trigger: old table", "trigger: new table", "trigger: function",
    "trigger: arguments", "trigger: constraint", "trigger: deferrability", "trigger: referenced table",
    "trigger: fires",
  ]

  @Test func `every fact SQLite can express takes more than one value in the cases, the others one`() throws {
    var values: [String: Set<FacetValue>] = [:]
    for example in SQLiteCase.all {
      values.merge(SQLiteSchemaDump.values(try example.session().schema())) { $0.union($1) }
    }
    for (fact, values) in values {
      #expect((values.count == 1) == Self.foreign.contains(fact), "\(fact)")
    }
    #expect(Self.foreign.isSubset(of: values.keys))
  }

  @Test(arguments: SQLiteCase.all)
  func `lists are sorted and no name comes twice`(_ example: SQLiteCase) throws {
    let schema = try example.session().schema()
    func check<Name: Comparable & Hashable>(_ names: [Name]) {
      #expect(names == names.sorted())
      #expect(Set(names).count == names.count)
    }
    check(schema.tables.map(\.name))
    check(schema.views.map(\.name))
    check(schema.notCompared.map(\.kind))
    for table in schema.tables {
      check(table.uniqueConstraints.map(\.name))
      check(table.foreignKeys.map(\.name))
      check(table.checks.map(\.name))
      check(table.indexes.map(\.name))
    }
  }

  @Test func `three hundred tables are read whole`() throws {
    let session = try SQLiteScratch.session(named: "many")
    for number in 0..<300 {
      try session.execute(
        "CREATE TABLE t\(number) (id INTEGER PRIMARY KEY, p INT REFERENCES t0, UNIQUE (p))")
    }
    let schema = try session.schema()
    #expect(schema.tables.count == 300)
    #expect(schema.objectCount == 300 * 6)
    #expect(schema.notCompared.isEmpty)
  }
}
