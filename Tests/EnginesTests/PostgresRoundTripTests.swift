import Engines
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// Every kind of object, from a database into text and back, with pg_dump as the second opinion.
@Suite struct PostgresRoundTripTests {
  @Test func `there are cases`() {
    #expect(PostgresCase.all.count >= 25)
  }

  @Test(arguments: PostgresCase.all)
  func `a database built from its own text is the same database`(_ example: PostgresCase) throws {
    let source = try PostgresSources.shared.source(of: example)
    #expect(source.schema.notCompared.isEmpty)

    let text = SchemaSQL.text(of: source.schema)
    let scratch = try Scratch()
    let server = try PostgresConnectionString(try TemporaryPostgres.server().conninfo)
    var rebuilt = try PostgresScratch.schema(applying: [try scratch.write("schema.sql", text)], on: server)
    // What needs what is told by the server as each object was made: a cast remembers more than its text says.
    rebuilt.precedences = source.schema.precedences
    rebuilt.statesOwners = source.schema.statesOwners
    #expect(lineDifferences(from: PostgresFacts.lines(source.schema), to: PostgresFacts.lines(rebuilt)) == [])
    let isEqual = rebuilt == source.schema
    #expect(isEqual)
    #expect(Fingerprint(of: rebuilt) == Fingerprint(of: source.schema))
    let isFixed = SchemaSQL.text(of: rebuilt) == text
    #expect(isFixed)

    let copy = try TemporaryPostgres.makeDatabase(text)
    #expect(try PostgresDump.differences(from: source.conninfo, to: copy, .schema) == [])
  }

  @Test func `options come back in the order and the words they were written in`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE t (a integer PRIMARY KEY WITH (fillfactor=70, deduplicate_items=off))
        WITH (fillfactor=70, autovacuum_enabled=off, toast.autovacuum_enabled=off);
      CREATE VIEW v WITH (security_invoker=on, security_barrier) AS SELECT * FROM t;
      CREATE INDEX i ON t (a) WITH (fillfactor=50, deduplicate_items=on);
      CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET work_mem = '1MB' SET enable_seqscan = off AS 'SELECT 1';
      CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'CREATE TABLE') EXECUTE FUNCTION e();
      """)
    let copy = try TemporaryPostgres.makeDatabase(SchemaSQL.text(of: try PostgresFacts.schema(of: source)))
    #expect(try PostgresDump.differences(from: source, to: copy, .schema) == [])
  }

  @Test(arguments: PostgresCase.all)
  func `a schema document keeps every fact and the fingerprint`(_ example: PostgresCase) throws {
    let schema = try PostgresSources.shared.source(of: example).schema
    let reading = try SchemaDocument.read(SchemaDocument.text(of: schema))
    #expect(reading.findings.isEmpty)
    let isEqual = reading.schema == schema
    #expect(isEqual)
    #expect(Fingerprint(of: reading.schema) == Fingerprint(of: schema))
  }

  /// What PostgreSQL has no words for, or what a text cannot make.
  private static let foreign: Set<String> = [
    "table: strict", "table: without rowid",
    "primary key: primary", "primary key: named", "primary key: nulls not distinct",
    "primary key: autoincrement",
    "primary key: conflict action", "primary key: sorted keys", "column: not null conflict action",
    "unique constraint: primary", "unique constraint: named", "unique constraint: autoincrement",
    "unique constraint: conflict action", "unique constraint: sorted keys",
    "foreign key: named", "check constraint: named",
    // An access method of its own is no modelled object; Cases/drift has one.
    "table: access method", "materialized view: access method",
    // A view that is computed when read has no rows to keep.
    "view: depends on extensions", "view: access method", "view: tablespace",
    "view: toast storage parameters", "view: clustered on",
    "view: column storage", "view: column compression", "view: column statistics targets",
    "view: column options",
    // Nothing is written through a materialized view, and only a superuser can own a wrapper.
    "materialized view: column defaults", "foreign data wrapper: owner",
    // PostgreSQL 15 has none of these.
    "column: not null name", "column: not null no inherit", "column: not null validated",
    "column: not null comment", "domain: not null name", "domain: not null comment",
    "exclusion constraint: valid", "column: sequence unlogged",
    "primary key: without overlaps", "unique constraint: without overlaps", "check constraint: enforced",
    "foreign key: enforced", "foreign key: period", "publication: generated columns", "collation: rules",
    "view: materialized", "view: populated", "materialized view: materialized",
    // What pg_dump has no words for; pairs of databases have some.
    "foreign key: triggers", "trigger: body", "table: attached foreign key triggers",
    "table: attached foreign key comments", "table: attached trigger comments",
    "primary key: recheck fires", "unique constraint: recheck fires", "unique constraint: valid",
    "procedure: form", "procedure: result", "procedure: rows", "procedure: strict", "procedure: leakproof",
    "procedure: volatility", "procedure: parallel", "procedure: cost", "procedure: support function",
  ]

  @Test func `every fact PostgreSQL can express takes more than one value in the cases, the others one`()
    throws
  {
    var values: [String: Set<FacetValue>] = [:]
    for example in PostgresCase.all {
      let schema = try PostgresSources.shared.source(of: example).schema
      values.merge(PostgresFacts.values(schema)) { $0.union($1) }
    }
    for (fact, values) in values {
      #expect((values.count == 1) == Self.foreign.contains(fact), "\(fact): \(values)")
    }
    #expect(Self.foreign.isSubset(of: values.keys))
  }
}
