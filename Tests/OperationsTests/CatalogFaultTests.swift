import Analysis
import Engines
import Operations
import SchemaModel
import Testing
import TestSupport

/// A drift in which one query after the other goes wrong, and one that a migration overtakes.
@Suite struct CatalogFaultTests {
  private static let script = """
    CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'x', email text CHECK (email LIKE '%@%'));
    CREATE TABLE orders (
      id integer PRIMARY KEY, customer integer REFERENCES customers, note text,
      size integer GENERATED ALWAYS AS (length(note)) STORED);
    CREATE INDEX orders_note ON orders (lower(note)) WHERE id > 0;
    CREATE VIEW open_orders AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer;
    CREATE MATERIALIZED VIEW sizes AS SELECT size, count(*) AS number FROM orders GROUP BY size;
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN code AS text CHECK (VALUE <> '');
    CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER changed BEFORE UPDATE ON orders FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION changed();
    CREATE POLICY few ON orders USING (customer IN (SELECT id FROM customers WHERE name <> 'x'));
    CREATE RULE noted AS ON UPDATE TO customers DO ALSO UPDATE orders SET note = NEW.name WHERE customer = NEW.id;
    CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM orders; END;
    CREATE STATISTICS both_of_them ON id, customer FROM orders;
    """

  private let server: ThrowawayServer
  private let database: String
  private let blueprint: Schema
  private let scratch: Scratch

  init() throws {
    server = try TemporaryPostgres.server()
    let conninfo = try TemporaryPostgres.makeDatabase(Self.script)
    let session = try PostgresConnection(
      PostgresConnectionString(conninfo), for: .reading(statementSeconds: 60))
    database = session.databaseName
    blueprint = try session.schema()
    scratch = try Scratch()
  }

  /// The verdict of a drift through the proxy.
  private func verdict(through proxy: PostgresProxy) throws -> Verdict {
    let session = try PostgresConnection(
      PostgresConnectionString(proxy.conninfo(database: database)), for: .reading(statementSeconds: 60))
    return try Drift(blueprint: blueprint, live: session).report.verdict
  }

  /// Runs a drift of which query `number` meets its fate.
  private func outcome(
    of number: Int, _ fate: PostgresProxy.Fate, in folder: String
  ) throws -> Result<Verdict, any Error> {
    let proxy = try PostgresProxy(before: server, in: try scratch.makeOpenFolder(folder)) { found, _ in
      found == number ? fate : .passed
    }
    return Result { try verdict(through: proxy) }
  }

  @Test(arguments: [
    PostgresProxy.Fate.refused(sqlState: "42501"), .refused(sqlState: "XX000"), .lost,
  ])
  func `whichever query fails, a drift does not say same, nor different`(_ fate: PostgresProxy.Fate) throws {
    let undisturbed = try PostgresProxy(before: server, in: try scratch.makeOpenFolder("u")) { _, _ in .passed
    }
    #expect(try verdict(through: undisturbed) == .same)
    let queries = undisturbed.queries
    #expect(queries.count > 30)
    for (number, query) in zip(1..., queries) {
      // When everything has been read, nothing can be missed any more.
      guard !query.hasPrefix("COMMIT"), !query.hasPrefix("ROLLBACK"), !query.hasPrefix("END") else {
        continue
      }
      switch try outcome(of: number, fate, in: "\(number)") {
      case .success(let verdict): #expect(verdict == .couldNotTell, "query \(number): \(query)")
      case .failure(let error):
        let error = try #require(error as? EngineError, "query \(number): \(error)")
        #expect(error.message != "" && error.kind != .interrupted, "\(error)")
      }
    }
  }

  @Test func `between two queries of a drift a migration gets every lock it asks for`() throws {
    let conninfo = server.conninfo(database: database)
    let proxy = try PostgresProxy(before: server, in: try scratch.makeOpenFolder("m")) { number, query in
      do {
        try TemporaryPostgres.run(Self.migration, in: conninfo)
      } catch {
        Issue.record("before query \(number), \(query): \(error)")
      }
      return .passed
    }
    #expect(try verdict(through: proxy) == .same)
    #expect(proxy.queries.count > 30)
  }

  /// Leaves everything as it was; asks for the strongest locks there are.
  private static let migration = """
    SET lock_timeout = '1s';
    ALTER TABLE orders ADD COLUMN extra integer; ALTER TABLE orders DROP COLUMN extra;
    ALTER TABLE customers ADD COLUMN extra integer; ALTER TABLE customers DROP COLUMN extra;
    CREATE INDEX orders_extra ON orders (customer); DROP INDEX orders_extra;
    REFRESH MATERIALIZED VIEW sizes;
    """
}
