import SchemaModel
import SchemaText
import Testing

@Suite struct `The blueprint's text for PostgreSQL` {
  @Test func `one object a paragraph, in an order that can be run`() {
    #expect(SchemaSQL.text(of: Samples.shop) == Samples.shopText)
  }

  @Test func `a schema without public removes it`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.namespaces = [Namespace(named: ObjectName("app"))]
    #expect(SchemaSQL.text(of: schema).contains("\n\nDROP SCHEMA IF EXISTS public;\n\nCREATE SCHEMA app;\n"))
    schema.tables = [Table(named: Samples.name("t"))]
    #expect(!SchemaSQL.text(of: schema).contains("DROP SCHEMA"))
  }

  @Test func `an extension comes after those it is named after, in the schema it may make itself`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.extensions = ["hstore", "hstore_plperl", "plperl"].map { name in
      var item = InstalledExtension(named: ObjectName(name))
      item.schema = name == "plperl" ? "tiger" : "public"
      return item
    }
    let lines = SchemaSQL.text(of: schema).split(separator: "\n").filter { $0.hasPrefix("CREATE") }
    #expect(
      lines == [
        "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;",
        "CREATE EXTENSION IF NOT EXISTS plperl;",
        "CREATE EXTENSION IF NOT EXISTS hstore_plperl WITH SCHEMA public;",
      ])
  }

  @Test func `one more column moves no other`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    var table = Table(named: Samples.name("t"))
    table.columns = [Samples.column("id", "uuid"), Samples.column("created", "date")]
    schema.tables = [table]
    let before = Set(SchemaSQL.text(of: schema).split(separator: "\n"))
    schema.tables[0].columns.insert(Samples.column("kind", "text"), at: 0)
    schema.tables[0].columns.insert(
      Samples.column("a_name_that_is_longer_than_anybody_likes", "text"), at: 0)
    let after = Set(SchemaSQL.text(of: schema).split(separator: "\n"))
    #expect(before.subtracting(after).isEmpty)
  }

  @Test func `an identity of the partitioned table is not repeated in a partition`() {
    var schema = Samples.shop
    let place = schema.tables.firstIndex { $0.name.name == "a_orders_2025" }
    schema.tables[place ?? 0].columns[0].value = .identity(always: false, SequenceOptions())
    #expect(SchemaSQL.text(of: schema) == Samples.shopText)
  }

  @Test func `a line break in a name cannot leave the comment it stands in`() {
    var schema = Schema(engine: .sqlite, serverVersion: "3.40.1")
    schema.notCompared = [NotCompared(kind: "triggers", count: 1, names: ["a\nDROP TABLE b;\r\n--"])]
    #expect(SchemaSQL.text(of: schema).hasSuffix("\n--   triggers: 1 (a DROP TABLE b;  --)\n"))
  }

  @Test(arguments: [
    (SequenceOptions(), ""),
    (options("smallint", increment: 1, 1, 32767, start: 1), " AS smallint"),
    (options("smallint", increment: -1, -32768, -1, start: -1), " AS smallint INCREMENT BY -1"),
    (options("bigint", increment: 2, 5, 9, start: 7), " START WITH 7 INCREMENT BY 2 MINVALUE 5 MAXVALUE 9"),
    (options("bigint", increment: 1, 5, Int.max, start: 5), " MINVALUE 5"),
  ])
  func `a sequence says only what is unusual for its type and direction`(
    options: SequenceOptions, words: String
  ) {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    var sequence = SequenceGenerator(named: Samples.name("s"))
    sequence.options = options
    schema.sequences = [sequence]
    #expect(SchemaSQL.text(of: schema).hasSuffix("\n\nCREATE SEQUENCE public.s\(words);\n"))
  }

  private static func options(
    _ type: String, increment: Int, _ minimum: Int, _ maximum: Int, start: Int
  ) -> SequenceOptions {
    var options = SequenceOptions()
    options.type = type
    options.increment = increment
    options.minimum = minimum
    options.maximum = maximum
    options.start = start
    return options
  }

  @Test func `constraints are changed by statements without a semicolon`() {
    let table = Table(named: Samples.name("Tasks"))
    var check = Samples.check("due", "(due > made)")
    check.isValidated = false
    var key = Samples.foreignKey("fk", ["a", "b"], Samples.name("p"), ["x", "y"])
    key.match = .full
    key.onDelete = .setDefault
    key.setColumnsOnDelete = ["b"]
    key.isValidated = false
    let alter = "ALTER TABLE public.\"Tasks\"\n  "
    #expect(ConstraintSQL.add(check, to: table) == alter + "ADD CONSTRAINT due CHECK (due > made) NOT VALID")
    #expect(
      ConstraintSQL.add(key, to: table) == alter
        + "ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES public.p (x, y) MATCH FULL "
        + "ON DELETE SET DEFAULT (b) NOT VALID")
    #expect(ConstraintSQL.drop(constraintNamed: "User", of: table) == alter + "DROP CONSTRAINT \"User\"")
    let column = Samples.column("due", "date")
    #expect(
      ConstraintSQL.enforce(notNull: [column], [], of: table) == alter + "ALTER COLUMN due SET NOT NULL")
    #expect(ConstraintSQL.dropNotNull("due", of: table) == alter + "ALTER COLUMN due DROP NOT NULL")
  }
}
