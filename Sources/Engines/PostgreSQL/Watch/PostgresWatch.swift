import CPostgres
import Foundation
import SchemaModel

/// A PostgreSQL connection that stays open, is woken by NOTIFY where event triggers are installed, and else looks.
package final class PostgresWatch: ChangeWatch {
  package private(set) var manner: WatchManner
  private let connection: PostgresConnection
  private let activity: PostgresActivity
  private var statements: PostgresStatements?

  /// Connects, listens, and takes the first look.
  ///
  /// - Parameter since: what was recorded from then on is handed out with the first look.
  package init(_ place: PostgresConnectionString, since: Date) throws(EngineError) {
    connection = try PostgresConnection(Self.watchful(place), for: .reading(statementSeconds: 120))
    manner = try Self.manner(of: connection)
    // Before the first look, so that no commit falls between the two.
    if manner == .announced { try connection.execute("LISTEN \(PostgresRecorder.channel)") }
    statements = manner.tellsWho ? try PostgresStatements(since: since, of: connection) : nil
    activity = try PostgresActivity(of: connection)
  }

  /// What the database, the server and the role allow.
  private static func manner(of connection: PostgresConnection) throws(EngineError) -> WatchManner {
    let facts = try connection.query(
      """
      SELECT pg_is_in_recovery(), current_setting('max_prepared_transactions') <> '0',
        coalesce(has_schema_privilege((SELECT oid FROM pg_namespace WHERE nspname = '\(PostgresRecorder.schema)'), 'USAGE'), false)
      """
    ).rows[0]
    let (isStandby, isSilent, mayRead) = (facts.flag(0), facts.flag(1), facts.flag(2))
    switch try PostgresRecorder.state(of: connection) {
    case .installed where !mayRead: return .polled(because: mayNotRead)
    case .installed where isStandby: return .recorded(because: "a standby cannot be listened on")
    case .installed where isSilent:
      return .recorded(because: "with max_prepared_transactions nobody is notified")
    case .installed: return .announced
    case .incomplete: return .polled(because: "what --install made is not whole; run it again")
    case .absent: return .polled(because: "it has no event triggers; plumb watch --install makes them")
    }
  }

  /// Follows an `--install` or `--remove` that came meanwhile.
  private func adapt() throws(EngineError) {
    let now = try Self.manner(of: connection)
    guard now != manner else { return }
    if now == .announced {
      try connection.execute("LISTEN \(PostgresRecorder.channel)")
    } else if manner == .announced {
      try connection.execute("UNLISTEN \(PostgresRecorder.channel)")
    }
    statements = now.tellsWho ? try PostgresStatements(since: .distantFuture, of: connection) : nil
    manner = now
  }

  private static let mayNotRead =
    "this role may not read what event triggers recorded; GRANT pg_read_all_stats TO it"

  package func wait(until deadline: ContinuousClock.Instant) throws(EngineError) -> WatchWake {
    while true {
      if takeAnnouncements() { return .announced }
      let ready = Readiness.wait(
        for: [PQsocket(connection.connection), Interruption.descriptor], until: deadline)
      if ready[1] { return .interrupted }
      guard ready[0] else { return .deadline }
      guard PQconsumeInput(connection.connection) == 1, PQstatus(connection.connection) == CONNECTION_OK
      else {
        throw PostgresServerError.lost(
          String(cString: PQerrorMessage(connection.connection)), at: connection.displayName, statement: nil)
      }
    }
  }

  package func hasChanged() throws(EngineError) -> Bool {
    let isCounted = try activity.hasChanged()
    if isCounted { try adapt() }
    do throws(EngineError) {
      // What is announced moves the counts as well.
      return try statements?.hasMore(over: connection) ?? false || isCounted
    } catch {
      guard error.kind == .notFound || error.kind == .permission else { throw error }
      try adapt()
      return true
    }
  }

  package func look() throws(EngineError) -> WatchedSchema {
    do throws(EngineError) {
      return try connection.inSnapshot { () throws(EngineError) in
        WatchedSchema(
          schema: try PostgresCatalog(connection: connection).schema(),
          statements: try statements?.take(over: connection) ?? [])
      }
    } catch {
      throw connection.namingLocks(error)
    }
  }

  /// Whether anything was announced; all of it counts as one.
  private func takeAnnouncements() -> Bool {
    var isAnnounced = false
    while let notification = PQnotifies(connection.connection) {
      isAnnounced = true
      PQfreemem(notification)
    }
    return isAnnounced
  }

  /// The place with settings that notice a dead network within a minute, where nothing else is wished.
  private static func watchful(_ place: PostgresConnectionString) -> PostgresConnectionString {
    let wishes = [
      "keepalives_idle": "20", "keepalives_interval": "10", "keepalives_count": "3",
      "tcp_user_timeout": "50000",
    ]
    return wishes.reduce(place) { place, wish in
      place[wish.key] == nil ? place.setting(wish.key, to: wish.value) : place
    }
  }
}
