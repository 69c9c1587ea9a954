import SchemaModel
import SchemaText

/// What `plumb watch --install` puts into a database: a schema of its own, in which event triggers write down who
/// changed the structure, and with which statement.
///
/// Nothing else is touched, and nothing of it can make a user's statement fail: what goes wrong inside is caught, a
/// lock is waited for 200 ms at most, and temporary objects are passed over. It holds at most
/// ``mostStatements`` statements.
package enum PostgresRecorder {
  /// The schema, which is no part of any comparison.
  package static let schema = "plumb_watch"
  /// The event triggers; like all of them they stand in no schema.
  package static let triggers = ["plumb_watch_command", "plumb_watch_drop"]
  /// The channel of NOTIFY; what is sent is the number of the transaction, so each wakes once.
  static let channel = "plumb_watch"
  /// How many statements are kept, give or take a hundred.
  static let mostStatements = 10_000
  /// How many objects of one statement are named.
  static let mostObjects = 20
  /// How many characters of a statement are kept.
  static let longestText = 2000

  /// How much of it a database has.
  package enum State: Hashable, Sendable {
    case absent
    /// The schema without both of its triggers in force, as after a restore.
    case incomplete
    case installed
  }

  /// What a change of a database to come did.
  package enum Change: Hashable, Sendable {
    case installed
    /// It was there; its functions and triggers were made anew, and what was recorded is still there.
    case renewed
    case removed
    /// There was nothing to remove.
    case nothingToRemove
  }

  /// Makes or renews it, in one transaction.
  ///
  /// - Throws: `EngineError` of kind `permission` for anybody but a superuser, `unsupported` on a standby.
  package static func install(at place: PostgresConnectionString) throws(EngineError) -> Change {
    let connection = try PostgresConnection(place, for: .restoring)
    let before = try state(of: connection)
    try change(connection, by: installation)
    return before == .absent ? .installed : .renewed
  }

  /// Takes it away, in one transaction.
  ///
  /// - Throws: as ``install(at:)``; also when somebody else's objects stand in the schema or depend on it.
  package static func remove(at place: PostgresConnectionString) throws(EngineError) -> Change {
    let connection = try PostgresConnection(place, for: .restoring)
    guard try state(of: connection) != .absent else { return .nothingToRemove }
    try change(connection, by: removal)
    return .removed
  }

  /// How much of it the database has.
  package static func state(of connection: PostgresConnection) throws(EngineError) -> State {
    let names = triggers.map { "'\($0)'" }.joined(separator: ", ")
    let row = try connection.query(
      """
      SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '\(schema)')
          OR EXISTS (SELECT FROM pg_event_trigger WHERE evtname IN (\(names))),
        (SELECT count(*) FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid
          JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE n.nspname = '\(schema)' AND e.evtname IN (\(names)) AND e.evtenabled <> 'D'),
        EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = '\(schema)' AND c.relname = 'statement')
      """
    ).rows[0]
    guard row.flag(0) else { return .absent }
    return row.number(1) == triggers.count && row.flag(2) ? .installed : .incomplete
  }

  private static func change(_ connection: PostgresConnection, by sql: String) throws(EngineError) {
    let facts = try connection.query("SELECT pg_is_in_recovery(), current_user").rows[0]
    guard !facts.flag(0) else {
      throw EngineError(
        .unsupported, "\(connection.displayName) is a standby: nothing can be changed there",
        hint: "Do it on the primary; what it records arrives here by replication.")
    }
    try connection.execute("BEGIN")
    do throws(EngineError) {
      try connection.execute(sql)
      try connection.execute("COMMIT")
    } catch {
      // The error that brought us here is the one to tell; closing the connection rolls back too.
      _ = try? connection.query("ROLLBACK")
      // Not asked beforehand: some hosted servers let others make them, too.
      guard error.kind == .permission else { throw error }
      throw EngineError(
        .permission, "event triggers can be made and removed by superusers only",
        detail: ["\(facts.text(1)) may not do it on \(connection.displayName): \(error.message)"],
        hint:
          "Let a superuser do it once. Without it plumb watch looks every few seconds and cannot tell who.")
    }
  }
}

extension ArchiveContents.Entry {
  /// Whether it is an event trigger of ``PostgresRecorder``: only a superuser could restore it, and a copy is watched
  /// only when somebody says so.
  var isRecorder: Bool { kind == "EVENT TRIGGER" && PostgresRecorder.triggers.contains(name) }
}
