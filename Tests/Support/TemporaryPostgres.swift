import Engines
import Synchronization

/// The one PostgreSQL server that all tests of a run share.
///
/// It starts with the first test that asks for it and is gone when the process ends, however that ends. No test cleans
/// up: each makes databases of its own, and the oldest go when there are many.
package enum TemporaryPostgres {
  private static let shared = Result {
    let server = try ThrowawayServer(options)
    try makeRoles(on: server)
    return server
  }

  /// Makes the roles that cases speak of: they belong to the whole server, so that is done once.
  ///
  /// Cases that make one themselves where it is missing would otherwise do so at the same moment.
  package static func makeRoles(on server: ThrowawayServer) throws {
    let eventOwner = "CREATE ROLE event_owner SUPERUSER;"
    try run(
      roles.map { "CREATE ROLE \($0);" }.joined() + chief + eventOwner + parameters, in: server.conninfo)
  }

  /// The roles that cases may speak of.
  package static let roles = ["reader", "writer", "auditor"]

  /// A role of which every fact is away from its default.
  private static let chief = """
    CREATE ROLE chief LOGIN SUPERUSER NOINHERIT CREATEROLE CREATEDB REPLICATION BYPASSRLS CONNECTION LIMIT 7
      VALID UNTIL '2035-06-01 12:00:00+00';
    GRANT auditor TO chief WITH ADMIN OPTION; GRANT writer TO chief;
    ALTER ROLE chief SET work_mem = '9MB'; COMMENT ON ROLE chief IS 'it''s the chief';
    """

  /// Rights on settings, which servers before PostgreSQL 15 do not know.
  private static let parameters = """
    SELECT 'GRANT SET, ALTER SYSTEM ON PARAMETER log_min_messages TO chief'
      WHERE current_setting('server_version_num')::integer >= 150000 \\gexec
    """

  private static let databaseCount = Atomic<Int>(0)

  /// The databases on the shared server that may go, oldest first.
  private static let passing = Mutex<[String]>([])
  /// How many of them stay: many more than the tests that run at once make.
  private static let passingCount = 200

  package static var options: ThrowawayServer.Options {
    ThrowawayServer.Options(memory: .small, settings: ["max_connections": "100"], usesTemplate: true)
  }

  /// The server, started if it is not yet running.
  package static func server() throws -> ThrowawayServer {
    try shared.get()
  }

  /// Makes a database, runs the scripts in it one after the other, and returns its libpq connection string.
  ///
  /// It is there for one test, and goes some time later.
  ///
  /// The scripts may use what psql understands. The first error ends them.
  ///
  /// - Throws: `SubprocessError` with what psql said.
  package static func makeDatabase(_ scripts: String...) throws -> String {
    try makeDatabase(scripts)
  }

  package static func makeDatabase(_ scripts: [String]) throws -> String {
    let database = try makeDatabase(on: try server(), scripts)
    try retireLater(try PostgresConnectionString(database)["dbname"] ?? "")
    return database
  }

  /// Makes a database that several tests share: it stays to the end.
  package static func makeLastingDatabase(_ scripts: String...) throws -> String {
    try makeLastingDatabase(scripts)
  }

  package static func makeLastingDatabase(_ scripts: [String]) throws -> String {
    try makeDatabase(on: try server(), scripts)
  }

  /// Takes note of a database on the shared server that one test uses; drops the oldest when there are many.
  package static func retireLater(_ database: String) throws {
    let oldest = passing.withLock { passing -> String? in
      passing.append(database)
      return passing.count > passingCount ? passing.removeFirst() : nil
    }
    guard let oldest else { return }
    // Whatever still uses it keeps it.
    try run("\\set ON_ERROR_STOP off\nDROP DATABASE IF EXISTS \"\(oldest)\";", in: try server().conninfo)
  }

  /// Makes a database on a server and runs the scripts in it.
  package static func makeDatabase(on server: ThrowawayServer, _ scripts: [String]) throws -> String {
    let name = "test_\(databaseCount.add(1, ordering: .relaxed).newValue)"
    let conninfo = server.conninfo(database: name)
    try run("CREATE DATABASE \(name);", in: server.conninfo)
    for script in scripts { try run(script, in: conninfo) }
    return conninfo
  }

  /// Runs a script with psql and returns what it prints: rows only, columns separated by `|`.
  @discardableResult
  package static func run(_ script: String, in conninfo: String) throws -> String {
    let psql = try ServerBinaries.newest(with: [.psql]).path(of: .psql)
    let options = ["-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-f", "-"]
    return try Subprocess(psql, options, input: .bytes(Array(script.utf8))).run().outputText
  }
}
