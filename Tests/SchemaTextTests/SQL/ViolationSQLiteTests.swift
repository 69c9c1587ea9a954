import SchemaModel
import SchemaText
import Testing

@Suite struct `Violating rows in SQLite` {
  /// How many rows each constraint's query finds in a database made by the script.
  private static func counts(_ table: Table, in schema: Schema, _ script: String) throws -> [String: String] {
    let queries = ViolationQuery.all(of: table, in: schema)
    let lines = try SQLiteShell.lines(script + queries.map { $0.countSQL + ";\n" }.joined())
    return Dictionary(uniqueKeysWithValues: zip(queries.map(\.constraint.name), lines))
  }

  private static func schema(_ tables: Table...) -> Schema {
    var schema = Schema(engine: .sqlite, serverVersion: "3.40.1")
    schema.tables = tables
    return schema
  }

  private static func table(_ name: String, _ columns: Column...) -> Table {
    var table = Table(named: ObjectName(name))
    table.columns = columns
    return table
  }

  @Test func `orphans are what foreign_key_check calls orphans`() throws {
    var child = Self.table(
      "child", Samples.column("n", "TEXT"), Samples.column("t", "INTEGER"), Samples.column("c", "TEXT"),
      Samples.column("b", "TEXT"), Samples.column("x", "INTEGER"), Samples.column("y", "TEXT"))
    let parent = ObjectName("parent")
    child.foreignKeys = [
      Samples.foreignKey("to number", ["n"], parent, ["id"]),
      Samples.foreignKey("to text", ["t"], parent, ["t"]),
      Samples.foreignKey("to any case", ["c"], parent, ["c"]),
      Samples.foreignKey("to blob", ["b"], parent, ["b"]),
      Samples.foreignKey("to pair", ["x", "y"], parent, ["id", "t"]),
    ]
    child.foreignKeys[4].match = .full
    let script = """
      CREATE TABLE parent (id INTEGER PRIMARY KEY, t TEXT UNIQUE, c TEXT COLLATE NOCASE UNIQUE, b BLOB UNIQUE,
        UNIQUE (id, t));
      INSERT INTO parent VALUES (1, '1', 'Ann', '7'), (2, '02', 'Bob', 8);
      \(SchemaSQL.text(of: Self.schema(child)))
      INSERT INTO child VALUES ('1', 1, 'ANN', '7', 1, '1'), ('2.0', 2, 'bob', '8', 1, '02'),
        (NULL, NULL, NULL, NULL, 3, NULL), ('two', 02, 'Bo', 7, NULL, NULL);
      """
    let claims = try SQLiteShell.lines(
      script + "SELECT fkid, count(*) FROM pragma_foreign_key_check('child') GROUP BY 1 ORDER BY 1 DESC;")
    #expect(claims == ["4|1", "3|2", "2|1", "1|1", "0|1"])
    #expect(
      try Self.counts(child, in: Self.schema(child), script)
        == ["to number": "1", "to text": "2", "to any case": "1", "to blob": "1", "to pair": "1"])
  }

  @Test func `a column that is declared NOT NULL is looked at all the same`() throws {
    let table = Self.table("t", Samples.column("a", "TEXT", notNull: true))
    let script = """
      CREATE TABLE t (a TEXT);
      INSERT INTO t VALUES (NULL), ('x'), (NULL);
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a TEXT NOT NULL)';
      PRAGMA writable_schema = RESET;

      """
    #expect(try SQLiteShell.lines(script + "SELECT count(*) FROM t WHERE a IS NULL;") == ["0"])
    #expect(try Self.counts(table, in: Self.schema(table), script) == ["a": "2"])
  }

  @Test func `a check is broken when it is false, not when it is unknown`() throws {
    var table = Self.table("t", Samples.column("a", "INTEGER"), Samples.column("r", "INTEGER"))
    table.checks = [
      Samples.check("plain", "a < r"), Samples.check("by its own name", "T.a > 0 and \"t\".r > 0 -- both"),
      Samples.check("word", "'abc'"),
    ]
    let script =
      "CREATE TABLE t (a INTEGER, r INTEGER); INSERT INTO t VALUES (1, 2), (2, 1), (NULL, 1), (-3, 5);\n"
    #expect(
      try Self.counts(table, in: Self.schema(table), script)
        == ["plain": "1", "by its own name": "1", "word": "4"])
  }

  @Test func `of rows with one key all but the first are violating`() throws {
    var table = Self.table(
      "t", Samples.column("id", "INTEGER"), Samples.column("rowid", "TEXT"),
      Samples.column("Name", "TEXT"), Samples.column("gone", "INTEGER"), Samples.column("plumb_place", "TEXT")
    )
    table.columns[2].collation = "NOCASE"
    table.uniqueConstraints = [Samples.unique("pair", "id", "rowid"), Samples.unique("name", "Name")]
    var initial = IndexKey(.expression("substr(\"Name\", 1, 1)"))
    initial.collation = "BINARY"
    var partial = Samples.index("alive", initial)
    partial.isUnique = true
    partial.predicate = "gone = 0 AND \"plumb_place\" <> \"kept\""
    table.indexes = [partial, Samples.index("not unique", IndexKey(.column("gone")))]
    let script = """
      CREATE TABLE t (id INTEGER, rowid TEXT, "Name" TEXT COLLATE NOCASE, gone INTEGER, plumb_place TEXT);
      INSERT INTO t VALUES (1, 'a', 'Ann', 0, ''), (1, 'a', 'ann', 0, ''), (1, NULL, 'Alf', 0, ''),
        (1, NULL, NULL, 0, ''), (2, 'a', 'ANN', 1, ''), (1, 'a', 'Ada', 0, 'kept');

      """
    #expect(
      try Self.counts(table, in: Self.schema(table), script) == ["pair": "2", "name": "2", "alive": "1"])
  }

  @Test func `a sample names rows by key and holds back what is sensitive`() throws {
    var table = Self.table(
      "t", Samples.column("id", "BLOB"), Samples.column("mail", "TEXT", notNull: true, comment: "@sensitive"),
      Samples.column("age", "INTEGER"))
    table.primaryKey = Samples.primaryKey("", "id", "mail")
    table.checks = [Samples.check("grown", "age > 17 AND mail <> ''")]
    let query = ViolationQuery.check(table.checks[0], of: table, engine: .sqlite)
    let script =
      "CREATE TABLE t (id, mail, age); INSERT INTO t VALUES (x'00ff', 'a', 1), (7, 'b', 2), (5, 'c', 3);\n"
    #expect(query.sampleColumns == ["id"])
    #expect(query.withheldColumns == ["mail"])
    #expect(query.affectedColumns == ["mail", "age"])
    #expect(try SQLiteShell.lines(script + query.sampleSQL(limit: 2) + ";") == ["5", "7"])
    let list = try SQLiteShell.lines(".mode quote\n" + script + query.listSQL)
    #expect(list == ["5,'c',3", "7,'b',2", "X'00ff','a',1"])

    table.columns[0].comment = Comment("@sensitive")
    let blind = ViolationQuery.check(table.checks[0], of: table, engine: .sqlite)
    #expect(blind.sampleColumns == ["age"])
    #expect(blind.withheldColumns == ["id", "mail"])
    table.columns[2].comment = Comment("@sensitive")
    let blinder = ViolationQuery.check(table.checks[0], of: table, engine: .sqlite)
    #expect(blinder.sampleColumns == [])
    #expect(try SQLiteShell.lines(script + blinder.sampleSQL(limit: 2) + ";") == ["withheld", "withheld"])
  }

  @Test func `moved rows keep every value and the rest meets the constraints`() throws {
    var table = Self.table(
      "t", Samples.column("id", "INTEGER", notNull: true), Samples.column("any", "ANY"),
      Samples.column("parent", "INTEGER"),
      Samples.column("twice", "INTEGER", .generated("id * 2", isStored: true)))
    table.isStrict = true
    table.primaryKey = Samples.primaryKey("t_pkey", "id")
    table.checks = [Samples.check("small", "id < 100")]
    table.foreignKeys = [Samples.foreignKey("parent known", ["parent"], ObjectName("t"), ["id"])]
    let schema = Self.schema(table)
    let setAside = SetAsideSQL(schema)
    let moves = ViolationQuery.all(of: table, in: schema).flatMap { query in
      setAside.find(query, of: table) + setAside.move(query, of: table, policy: .quarantine) + setAside.forget
    }
    let statements = setAside.createQuarantine(for: table, backup: "b") + moves
    let script = """
      CREATE TABLE t (id INTEGER, any ANY, parent INTEGER, twice INTEGER AS (id * 2) STORED) STRICT;
      INSERT INTO t VALUES (1, '007', NULL), (1, 7, NULL), (2, x'00', 1), (300, 'x', 2), (3, 'y', 300), (NULL, '1', 2);
      BEGIN; \(statements.map { $0 + ";\n" }.joined()) COMMIT;
      ALTER TABLE t RENAME TO rest;
      \(SchemaSQL.text(of: schema))
      PRAGMA foreign_keys = ON;
      INSERT INTO t SELECT id, any, parent FROM rest;
      SELECT count(*) FROM t;
      SELECT plumb_constraint, plumb_reason, plumb_set_aside_at > '2020', id, quote(any), parent, twice
        FROM plumb_quarantine_t;
      """
    #expect(
      try SQLiteShell.lines(script) == [
        "2", "id NOT NULL|id is null|1|NULL|'1'|2|NULL",
        "small|the check (id < 100) is false|1|300|'x'|2|600",
        "t_pkey|another row has the same id|1|1|7|NULL|2",
        "parent known|no row in t has this parent|1|3|'y'|300|6",
      ])
  }

  @Test func `a table without a rowid is known by its key`() throws {
    var table = Self.table("t", Samples.column("a", "TEXT", notNull: true), Samples.column("b", "TEXT"))
    table.isWithoutRowID = true
    table.primaryKey = Samples.primaryKey("key", "a")
    table.uniqueConstraints = [Samples.unique("b", "b")]
    let script =
      "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT) WITHOUT ROWID; INSERT INTO t VALUES ('x', 1), ('y', 1);\n"
    #expect(try Self.counts(table, in: Self.schema(table), script) == ["a": "0", "key": "0", "b": "1"])
    let query = ViolationQuery.key(table.uniqueConstraints[0], of: table, engine: .sqlite)
    #expect(try SQLiteShell.lines(script + query.sampleSQL(limit: 5) + ";") == ["y"])
  }
}
