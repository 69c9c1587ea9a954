import Engines
import Foundation
import Operations
import SchemaModel
import TestSupport
import Testing

/// Dumps of `pg_dump` that are not all they were, or not all there is: statements were added by hand, or what the dumped
/// objects need was not dumped.
@Suite struct AddedStatementTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Where something is put into the script, and what.
  private static let additions: [(name: String, before: String, text: String)] = [
    ("behind the rows of a table", "--\n-- Name: t t_pkey;", "INSERT INTO public.t VALUES (8, 'more');\n"),
    ("rows again", "--\n-- Name: t t_pkey;", "COPY public.t (id, v) FROM stdin;\n8\tmore\n\\.\n"),
    (
      "before the first part", "SET default_tablespace",
      "CREATE SCHEMA early;\nCREATE TABLE early.e (id integer);\nINSERT INTO early.e VALUES (1);\n"
    ),
    (
      "in the last part", "--\n-- PostgreSQL database dump complete",
      """
      ALTER TABLE public.t ADD UNIQUE (v);
      CREATE INDEX t_v ON public.t (v);
      INSERT INTO public.t VALUES (9, 'last');

      """
    ),
  ]

  @Test(arguments: additions.indices)
  func `a dump that statements were added to is restored to what psql makes of it`(_ number: Int) throws {
    let (name, place, text) = Self.additions[number]
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one'), (2, NULL);")
    var script = try PostgresDump.script(of: source)
    let start = try #require(script.firstRange(of: place)?.lowerBound, "\(name)")
    script.insert(contentsOf: text, at: start)
    let path = scratch.path("added.sql")
    try Data(script.utf8).write(to: URL(fileURLWithPath: path))
    let ours = try restored(path)
    let theirs = try TemporaryPostgres.makeDatabase(script)
    #expect(try PostgresDump.differences(from: theirs, to: ours, .everything) == [], "\(name)")
    #expect(try PostgresDump.differences(from: source, to: ours, .everything) != [], "\(name)")
  }

  @Test(arguments: ["-Fc", "-Fp"])
  func `what a dump of some objects does not hold is named, and everything else is restored`(
    _ format: String
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE SCHEMA o; CREATE TABLE o.other (id int PRIMARY KEY); INSERT INTO o.other VALUES (1);
      CREATE FUNCTION o.f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
      CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one'), (2, NULL);
      CREATE INDEX gone_index ON t (o.f(id)); CREATE INDEX stays ON t (v);
      CREATE VIEW gone_view AS SELECT id FROM o.other; CREATE VIEW gone_too AS SELECT id FROM gone_view;
      CREATE MATERIALIZED VIEW gone_rows AS SELECT id FROM o.other;
      GRANT SELECT ON gone_view TO PUBLIC; COMMENT ON VIEW gone_view IS 'gone';
      """)
    let path = scratch.path("part")
    _ = try Subprocess("pg_dump", [format, "--schema=public", "--file=\(path)", "--dbname=\(source)"]).run()
    let ours = try restored(path) { record in
      for name in ["gone_index", "gone_view", "gone_too", "gone_rows"] {
        #expect(record.contains { $0.hasPrefix("left out") && $0.hasSuffix(name) }, "\(name)")
      }
      #expect(!record.contains { $0.hasPrefix("left out") && $0.contains("stays") })
    }
    try TemporaryPostgres.run(
      "DROP SCHEMA o CASCADE; DROP VIEW IF EXISTS gone_too, gone_view", in: source)
    #expect(try PostgresDump.differences(from: source, to: ours, .everything) == [])
    // What everybody may do in a new database's `public` no dump says.
    let rights = try PostgresConnection(PostgresConnectionString(ours), for: .reading(statementSeconds: 60))
      .rows("SELECT 1 WHERE has_schema_privilege('public', 'public', 'usage')")
    #expect(rights.count == 1)
  }

  /// The database that a dump was restored into.
  private func restored(_ path: String, notes check: ([String]) -> Void = { _ in }) throws -> String {
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let restored = try RestoredDatabase(of: backup)
    #expect(restored.report.isWhole, "\(restored.report.problems)")
    check(restored.report.notes)
    return restored.conninfo
  }
}
