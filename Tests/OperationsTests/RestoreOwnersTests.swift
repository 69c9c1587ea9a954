import Analysis
import Engines
import SchemaModel
import Operations
import Testing
import TestSupport

/// Owners are held relative to the database's, so a restore into a database of somebody else must still know them.
@Suite struct RestoreOwnersTests {
  @Test func `what belongs to the database's owner is told by name where the restored database has another`()
    throws
  {
    let source = try TemporaryPostgres.makeDatabase(
      """
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO auditor', current_database()); END $$;
      CREATE TABLE t (id integer PRIMARY KEY, a text, b text); ALTER TABLE t OWNER TO auditor;
      CREATE COLLATION german (provider = icu, locale = 'de'); ALTER COLLATION german OWNER TO auditor;
      CREATE STATISTICS pair ON a, b FROM t; ALTER STATISTICS pair OWNER TO auditor;
      CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple); ALTER TEXT SEARCH DICTIONARY plain OWNER TO auditor;
      CREATE TEXT SEARCH CONFIGURATION words (COPY = english); ALTER TEXT SEARCH CONFIGURATION words OWNER TO auditor;
      CREATE PUBLICATION changes FOR TABLE t; ALTER PUBLICATION changes OWNER TO auditor;
      CREATE TYPE shell; ALTER TYPE shell OWNER TO auditor;
      """)
    let run = try RestoreRun(of: source)
    #expect(run.report.structure?.differences.map(\.line) == [])
  }

  @Test func `a kind that tells its owner tells it the same way as all others`() {
    var visitor = Owners()
    EveryKind.visit(&visitor)
    #expect(visitor.count > 20)
  }

  private struct Owners: KindVisitor {
    var count = 0

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      guard Object.facets.contains(where: { $0.label == "owner" }) else { return }
      count += 1
      #expect(Object.self is any OwnedObject.Type, "\(Object.self)")
    }
  }
}
