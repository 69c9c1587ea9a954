import SchemaModel
import TestSupport
import Testing

@testable import Engines

/// Short cuts of reading a catalog, each held against the long way.
@Suite struct PostgresCatalogReadingTests {
  /// Tables whose expressions are the same trees, over columns of the same and of other names and numbers.
  private static let alike = """
    CREATE FUNCTION whole(anyelement) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
    CREATE TABLE a (x integer CHECK (x > 0), y integer CHECK (y > 0), CHECK (whole(a.*)));
    CREATE TABLE b (x integer CHECK (  x   >   0  ), y integer CHECK (y > 0), CHECK (whole(b.*)));
    CREATE TABLE c (y integer CHECK (y > 0), x integer CHECK (x > 0));
    CREATE TABLE d ("x y" integer CHECK ("x y" > 0), CHECK ("x y" > 0 AND tableoid > 0));
    CREATE TABLE e (x bigint CHECK (x > 0), y text CHECK (y > ' :location 7 :varattno 1'));
    CREATE TABLE f (x integer CHECK (x > 1), y text CHECK (y > ' :location 8 :varattno 1'));
    ALTER TABLE f DROP COLUMN x, ADD x integer CHECK (x > 1);
    CREATE INDEX ON a (y) WHERE x > 0; CREATE INDEX ON b (y) WHERE x > 0; CREATE INDEX ON c (y) WHERE x > 0;
    CREATE INDEX ON c (y) WHERE y > 0 AND x IS NULL; CREATE INDEX ON a (y) WHERE y > 0 AND x IS NULL;
    """

  @Test(arguments: [ExpressionColumn.checks, .predicates])
  func `expressions that are printed once are what the server prints for each`(
    column: ExpressionColumn
  ) throws {
    let connection = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase(Self.alike))
    let catalog = PostgresCatalog(connection: connection)
    var found = try catalog.relations()
    try catalog.readColumns(into: &found)
    let printed = try connection.query(
      """
      SELECT \(column.key), pg_get_expr(\(column.tree), \(column.relation)) FROM \(column.catalog)
      WHERE \(column.tree) IS NOT NULL AND \(column.relation) >= 16384
      """)
    let each = printed.rows.reduce(into: [Int: String]()) { $0[$1.number(0)] = $1.expression(1) }
    #expect(each.count >= 5)
    #expect(try catalog.expressions(in: column, of: found) == each)
  }

  @Test func `trees that are printed alike are one, and no others`() {
    func tree(_ text: String, of relation: Int = 1, _ names: [Int: String]) -> ExpressionTree {
      ExpressionTree(Array(text.utf8), of: relation) { names[$0] }
    }
    let first = tree("{OP :args ({VAR :varattno 3 :location 17}) :location -1}", [3: "a"])
    #expect(first == tree("{OP :args ({VAR :varattno 4 :location 40}) :location 9}", of: 2, [4: "a"]))
    #expect(first != tree("{OP :args ({VAR :varattno 3 :location 17}) :location -1}", [3: "b"]))
    let whole = tree("{VAR :varattno 0 :location 5}", [:])
    #expect(whole == tree("{VAR :varattno 0 :location 6}", [:]))
    #expect(whole != tree("{VAR :varattno 0 :location 5}", of: 2, [:]))
    #expect(tree("{CONST :value 1}", [:]) != tree("{CONST :value 2}", [:]))
  }

  @Test func `what was asked ahead gives the same schema, and so does what could not be asked`() throws {
    let conninfo = try TemporaryPostgres.makeDatabase(
      Self.alike,
      """
      CREATE FUNCTION is_positive(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
      CREATE DOMAIN amount AS integer CHECK (is_positive(VALUE)); CREATE TYPE pair AS (one amount, other amount);
      """)
    let connection = try PostgresFacts.connection(to: conninfo)
    let expected = try connection.schema()
    // Found by where things stand, which both connections have noted a part of.
    #expect(!expected.precedences.isEmpty)
    for (place, database) in [
      (connection.place, "the same"), (try PostgresConnectionString(conninfo + " port=1"), "none"),
    ] {
      try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      var catalog = PostgresCatalog(connection: connection)
      catalog.ahead = QueriesAhead(
        catalog.largeQueries, printable: true, snapshot: try connection.exportSnapshot(), at: place,
        for: connection.purpose)
      #expect(try catalog.schema() == expected, "\(database)")
      try connection.execute("COMMIT")
    }
  }

  @Test func `a large catalog is read the same on two connections`() throws {
    let conninfo = try TemporaryPostgres.makeDatabase(
      """
      DO $$ BEGIN FOR number IN 1..40 LOOP
        EXECUTE format('CREATE TABLE t_%s (id integer PRIMARY KEY, a integer CHECK (a > 0), %s)', number,
          (SELECT string_agg(format('c_%s integer DEFAULT %s', place, number), ', ') FROM generate_series(1, 900) place));
      END LOOP; END $$
      """)
    let connection = try PostgresFacts.connection(to: conninfo)
    #expect(try connection.isCatalogLarge())
    let read = try connection.schema()
    try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    #expect(try PostgresCatalog(connection: connection).schema() == read)
    #expect(read.tables.count == 40)
    #expect(read.tables.allSatisfy { $0.checks.map(\.expression) == ["a > 0"] && $0.columns.count == 902 })
  }
}
