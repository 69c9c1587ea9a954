import Engines
import Operations
import SchemaModel
import TestSupport
import Testing

/// Rows that are not those of the archive are called by their keys.
@Suite struct DifferingRowsTests {
  @Test func `a restored database whose rows are not the archive's is told with the rows`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE t (id integer PRIMARY KEY, note text, at timestamptz DEFAULT '2020-01-01');
      CREATE TABLE pair (a integer, b text, n integer, PRIMARY KEY (a, b));
      CREATE TABLE bare (n integer);
      INSERT INTO t SELECT n, 'note ' || n FROM generate_series(1, 5000) AS n;
      INSERT INTO pair SELECT n, 'b' || n, n FROM generate_series(1, 10) AS n;
      INSERT INTO bare VALUES (1), (1), (2);
      """)
    let report = try Self.restore(
      source,
      altering:
        """
        UPDATE public.t SET note = 'other' WHERE id BETWEEN 17 AND 40 OR id = 99;
        DELETE FROM public.t WHERE id = 9;
        INSERT INTO public.t VALUES (6001, 'more');
        UPDATE public.pair SET n = 0 WHERE a = 3;
        DELETE FROM public.bare WHERE ctid = (SELECT min(ctid) FROM public.bare);
        """)
    let rows = Dictionary(uniqueKeysWithValues: report.mismatches.map { ($0.table.name, $0.rows?.words) })
    #expect(
      rows == [
        "t": "changed: 17 to 40, 99; missing: 9; not expected: 6001", "pair": "changed: (3, b3)",
        "bare": "missing: a row without a key that may be shown",
      ])
    #expect(!report.isWhole)
  }

  @Test func `when most rows differ some are named, and that there are more`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id integer PRIMARY KEY, n integer); INSERT INTO t SELECT n, n FROM generate_series(1, 5000) AS n"
    )
    let report = try Self.restore(source, altering: "UPDATE public.t SET n = n + 1")
    #expect(report.mismatches.first?.rows?.isSample == true)
    #expect(report.mismatches.first?.rows?.words.hasSuffix("; there are more") == true)
  }

  /// Restores a database, and changes what was loaded before it is read back.
  private static func restore(_ source: String, altering change: String) throws -> RestoreReport {
    let store = try Scratch()
    defer { withExtendedLifetime(store) {} }
    let backup = try RestoreRun.backup(of: source, into: store)
    let place = try RestoreRun.makeTarget(for: backup, on: try TemporaryPostgres.server())
    let target = try PostgresRestore(
      archive: try PostgresArchive(opening: backup.archivePath), schema: backup.schema,
      into: try PostgresConnectionString(place), options: PostgresRestore.Options(workers: 2))
    let altering = try SteppedTarget(target) { target throws(EngineError) in
      if target.stepCount == 2 { try target.session.execute(change) }
    }
    return try Restore(backup, verification: .full) { _ in }.run(on: altering)
  }
}
