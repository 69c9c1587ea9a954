import Engines
import Foundation
import Glibc
import Synchronization
import TestSupport

/// The two kinds of database.
enum Engine: String, CaseIterable, Sendable {
  case postgres, sqlite
}

/// A small database to point the program at: customers with sensitive addresses, and their orders.
struct Shop {
  let engine: Engine
  /// How the program is told where it is.
  let location: String

  /// What the program calls it in messages.
  var displayName: String {
    switch engine {
    case .postgres: (try? PostgresConnectionString(location).displayName) ?? location
    case .sqlite: "sqlite:\(location)"
    }
  }

  /// The name that confirms overwriting it.
  var name: String {
    switch engine {
    case .postgres: (try? PostgresConnectionString(location)["dbname"]) ?? location
    case .sqlite: location.split(separator: "/").last.map(String.init) ?? location
    }
  }

  /// Makes one; a SQLite file is called `shop.db` and lies in the workplace.
  ///
  /// - Parameters:
  ///   - more: further statements, in the dialect of the engine.
  ///   - isShared: several tests use it, so it stays to the end.
  init(_ engine: Engine, in workplace: Workplace, _ more: String = "", isShared: Bool = false) throws {
    self.engine = engine
    switch engine {
    case .postgres:
      let make = isShared ? TemporaryPostgres.makeLastingDatabase : TemporaryPostgres.makeDatabase
      location = try make([Self.postgres, more])
    case .sqlite:
      location = workplace.path("shop.db")
      _ = try Self.run(Self.sqlite + more, in: location)
    }
  }

  /// Makes one on a server of the test's own.
  init(on server: ThrowawayServer) throws {
    engine = .postgres
    location = try TemporaryPostgres.makeDatabase(on: server, [Self.postgres])
  }

  /// Runs statements in it, past the program.
  @discardableResult
  func run(_ sql: String) throws -> String {
    switch engine {
    case .postgres: try TemporaryPostgres.run(sql, in: location)
    case .sqlite: try Self.run(sql, in: location)
    }
  }

  /// Everything that can be told of it without changing it: equal before and after when nobody touched it.
  func state() throws -> String {
    switch engine {
    case .postgres: return try TemporaryPostgres.run(Self.stateQuery, in: location)
    case .sqlite:
      var status = stat()
      guard stat(location, &status) == 0 else { return "missing" }
      let folder = (location as NSString).deletingLastPathComponent
      let name = (location as NSString).lastPathComponent
      let companions = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasPrefix(name)
      }
      let times = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_mode) \(status.st_ino)"
      return "\(try FileDigest.sha256(ofFile: location).sha256) \(times) \(companions.sorted())"
    }
  }

  /// What its rows say, whatever the structure around them: equal in a restored copy.
  func rows() throws -> String {
    try run("SELECT * FROM customers ORDER BY id; SELECT * FROM orders ORDER BY id;")
  }

  private static func run(_ sql: String, in file: String) throws -> String {
    try Subprocess("sqlite3", ["-batch", "-bail", file], input: .bytes(Array(sql.utf8))).run().outputText
  }

  /// Rows, tables with the files that hold them, and constraints.
  private static let stateQuery = """
    SELECT md5(string_agg(query_to_xml(format('TABLE %I.%I', schemaname, tablename), true, false, '')::text, ''
      ORDER BY schemaname, tablename))
    FROM pg_tables WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema';
    SELECT md5(string_agg(concat(oid, relname, relfilenode, relkind), ',' ORDER BY oid)) FROM pg_class;
    SELECT md5(string_agg(concat(oid, conname, convalidated), ',' ORDER BY oid)) FROM pg_constraint;
    """

  private static let postgres = """
    CREATE TABLE customers (
      id integer PRIMARY KEY, name text NOT NULL, email text UNIQUE CHECK (email LIKE '%@%'));
    COMMENT ON COLUMN customers.email IS '@sensitive email';
    CREATE TABLE orders (
      id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, note text);
    CREATE INDEX orders_customer ON orders (customer_id);
    INSERT INTO customers SELECT n, 'customer ' || n, 'person' || n || '@\(Secret.domain)'
    FROM generate_series(1, 20) n;
    INSERT INTO orders SELECT n, 1 + n % 20, 'order ' || n FROM generate_series(1, 100) n;

    """

  private static let sqlite = """
    CREATE TABLE customers (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL,
      -- @sensitive email
      email TEXT UNIQUE CHECK (email LIKE '%@%'));
    CREATE TABLE orders (
      id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, note TEXT);
    CREATE INDEX orders_customer ON orders (customer_id);
    WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 20)
    INSERT INTO customers SELECT n, 'customer ' || n, 'person' || n || '@\(Secret.domain)' FROM s;
    WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 100)
    INSERT INTO orders SELECT n, 1 + n % 20, 'order ' || n FROM s;

    """
}

extension Shop {
  private static let count = Mutex(0)

  /// A place where there is no database yet.
  init(missing engine: Engine, in workplace: Workplace) throws {
    self.engine = engine
    let number = Self.count.withLock { count in
      count += 1
      return count
    }
    switch engine {
    case .postgres: location = try TemporaryPostgres.server().conninfo(database: "restored_\(number)")
    case .sqlite: location = workplace.path("restored_\(number).db")
    }
  }

  /// Whether there is a database, or a file.
  func exists() throws -> Bool {
    switch engine {
    case .postgres:
      let server = try TemporaryPostgres.server()
      return try TemporaryPostgres.run(
        "SELECT count(*) FROM pg_database WHERE datname = '\(name)'", in: server.conninfo) == "1\n"
    case .sqlite: return FileManager.default.fileExists(atPath: location)
    }
  }
}
