import CPostgres
import Glibc
import SchemaModel

/// A blocking libpq connection, used only by the thread that opened it.
package final class PostgresConnection: DatabaseSession {
  /// What the connection is for: how careful it must be.
  package enum Purpose: Hashable, Sendable {
    /// A user's database, only read: read-only transactions, limits in seconds for a statement and a lock.
    case reading(statementSeconds: Int)
    /// A user's database that is being restored into: a lock limit, no statement limit.
    case restoring
    /// A throw-away database of ours: no limits.
    case staging
  }

  /// What an interruption means for the work of a connection.
  package enum WhenInterrupted: Hashable, Sendable {
    /// The server is asked to stop, and nothing further is begun.
    case stop
    /// It runs to its end: for cleaning up.
    case finish
  }

  package let place: PostgresConnectionString
  let purpose: Purpose
  let whenInterrupted: WhenInterrupted
  package let engine = DatabaseEngine.postgreSQL
  package let serverVersion: String
  package let databaseName: String
  let connection: OpaquePointer
  private(set) var usesIndexes = true

  /// The oldest server whose catalog is read, as `PQserverVersion` counts.
  private static let oldestServer: Int32 = 14_00_00

  /// How long a statement may wait for a lock on a user's database.
  private static let lockSeconds = 5

  /// Connects and pins every setting that changes how values or definitions are printed.
  ///
  /// - Throws: `EngineError` of kind `unreachable`, `authentication`, `notFound` or `unsupported`.
  package init(
    _ place: PostgresConnectionString, for purpose: Purpose, whenInterrupted: WhenInterrupted = .stop
  ) throws(EngineError) {
    self.place = place
    self.purpose = purpose
    self.whenInterrupted = whenInterrupted
    let keywords =
      ["dbname", "fallback_application_name"] + (place["connect_timeout"] == nil ? ["connect_timeout"] : [])
    let values = [place.complete, "plumb", "10"].prefix(keywords.count)
    guard let connection = Self.connect(keywords: keywords, values: Array(values)) else {
      throw EngineError(.unreachable, "libpq is out of memory")
    }
    guard PQstatus(connection) == CONNECTION_OK else {
      let words = String(cString: PQerrorMessage(connection))
      PQfinish(connection)
      throw PostgresServerError.connecting(to: place.displayName, words: words)
    }
    self.connection = connection
    // Otherwise libpq prints the server's notices among our own words.
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    let version = PQparameterStatus(connection, "server_version").map { String(cString: $0) } ?? ""
    serverVersion = version.split(separator: " ").first.map(String.init) ?? version
    databaseName = PQdb(connection).map { String(cString: $0) } ?? ""
    guard PQserverVersion(connection) >= Self.oldestServer else {
      throw EngineError(
        .unsupported, "PostgreSQL \(serverVersion) is older than Plumbline reads",
        hint:
          "Plumbline reads PostgreSQL 14 and later; upgrade the server, or read a copy restored into a newer one."
      )
    }
    try execute(Self.settings(for: purpose, encoding: serverEncoding))
  }

  deinit { PQfinish(connection) }

  package var displayName: String { place.displayName }

  /// The server's major version, such as 15.
  package var majorVersion: Int { Int(PQserverVersion(connection)) / 10_000 }

  package func execute(_ sql: String) throws(EngineError) {
    _ = try query(sql)
  }

  package func rows(_ sql: String) throws(EngineError) -> [[String?]] {
    let result = try query(sql)
    let columns = 0..<result.columnCount
    return (0..<result.rowCount).map { row in columns.map { result.text(row, $0) } }
  }

  package func changedRowCount(_ sql: String) throws(EngineError) -> Int {
    try query(sql).changedRowCount
  }

  package func mayUseIndexes(_ may: Bool) throws(EngineError) {
    guard may != usesIndexes else { return }
    let state = may ? "on" : "off"
    try execute(
      "SET enable_indexscan = \(state); SET enable_indexonlyscan = \(state); SET enable_bitmapscan = \(state)"
    )
    usesIndexes = may
  }

  /// Runs one or more statements; the last one's result.
  ///
  /// - Parameter keepsRows: whether rows are returned also when statements that have none come after them.
  func query(_ sql: String, keepsRows: Bool = false) throws(EngineError) -> PostgresResult {
    if whenInterrupted == .stop && Interruption.isRequested { throw EngineError(.interrupted, "interrupted") }
    guard let result = run(sql, keepsRows: keepsRows) else {
      throw PostgresServerError.lost(
        String(cString: PQerrorMessage(connection)), at: displayName, statement: sql)
    }
    return try checked(result, statement: sql)
  }

  /// The result when it is one of success; the server's error otherwise.
  func checked(_ result: PostgresResult, statement: String?) throws(EngineError) -> PostgresResult {
    switch result.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_EMPTY_QUERY: return result
    default:
      if PQstatus(connection) != CONNECTION_OK {
        throw PostgresServerError.lost(
          String(cString: PQerrorMessage(connection)), at: displayName, statement: statement)
      }
      throw PostgresServerError.translate(result, statement: statement)
    }
  }

  /// Runs `body`, which blocks in libpq while the server carries out a COPY, so that Ctrl-C ends the COPY.
  ///
  /// One request is enough: the server is at work already. It may be made on this very thread, before `body`.
  func interruptibly<Value>(_ body: () -> Value) -> Value {
    guard let cancel = PQgetCancel(connection) else { return body() }
    defer { PQfreeCancel(cancel) }
    let address = UInt(bitPattern: cancel)
    return Interruption.withHandler({ Self.requestCancel(address) }, body)
  }

  /// The server's own encoding of the database, such as `UTF8`.
  private var serverEncoding: String {
    PQparameterStatus(connection, "server_encoding").map { String(cString: $0) } ?? "UTF8"
  }

  /// Asks the server to stop what the connection is doing.
  func requestCancel() {
    guard let cancel = PQgetCancel(connection) else { return }
    defer { PQfreeCancel(cancel) }
    Self.requestCancel(UInt(bitPattern: cancel))
  }

  /// Asks the server to stop what the connection is doing; safe from any thread (`PQcancel`).
  private static func requestCancel(_ address: UInt) {
    var words = [CChar](repeating: 0, count: 256)
    _ = PQcancel(OpaquePointer(bitPattern: address), &words, Int32(words.count))
  }

  private static func connect(keywords: [String], values: [String]) -> OpaquePointer? {
    let copies = (keywords.map { strdup($0) }, values.map { strdup($0) })
    defer { for copy in copies.0 + copies.1 { free(copy) } }
    let pointers = (copies.0.map { UnsafePointer($0) } + [nil], copies.1.map { UnsafePointer($0) } + [nil])
    return PQconnectdbParams(pointers.0, pointers.1, 1)
  }

  /// A long statement ends soon after we do, however we end; servers on some systems refuse to look.
  private static let endingWithUs = """
    SELECT pg_catalog.set_config('client_connection_check_interval', '2s', false)
    WHERE pg_catalog.version() LIKE '%linux%';
    """

  /// Every setting that a catalog's or a row's text depends on, so that two readings can be compared.
  ///
  /// A database in `SQL_ASCII` has no known encoding: its bytes are read as they are.
  private static func settings(for purpose: Purpose, encoding: String) -> String {
    let limits =
      switch purpose {
      case .reading(let seconds):
        """
        SET default_transaction_read_only = on; SET statement_timeout = '\(seconds)s';
        SET lock_timeout = '\(lockSeconds)s';
        """
      case .restoring: "SET statement_timeout = 0; SET lock_timeout = '\(lockSeconds)s'; \(endingWithUs)"
      case .staging: "SET statement_timeout = 0; SET lock_timeout = 0; \(endingWithUs)"
      }
    return """
      SET client_encoding = '\(encoding == "SQL_ASCII" ? encoding : "UTF8")';
      SET standard_conforming_strings = on; SET quote_all_identifiers = off;
      SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';
      SET extra_float_digits = 3; SET bytea_output = 'hex'; SET xmlbinary = 'base64';
      SET xmloption = content; SET array_nulls = on;
      SET row_security = off; SET synchronize_seqscans = off; SET idle_in_transaction_session_timeout = 0;
      SET client_min_messages = warning; SET jit = off; SET check_function_bodies = off;
      \(limits)
      SELECT pg_catalog.set_config('search_path', '', false)
      """
  }
}
