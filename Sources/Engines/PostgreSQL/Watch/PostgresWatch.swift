import CPostgres
import Foundation
import SchemaModel

/// A PostgreSQL connection that stays open, is woken by NOTIFY where event triggers are installed, and else looks.
package final class PostgresWatch: ChangeWatch {
  package let manner: WatchManner
  private let connection: PostgresConnection
  private let activity: PostgresActivity
  private var statements: PostgresStatements?

  /// Connects, listens, and takes the first look.
  ///
  /// - Parameter since: what was recorded from then on is handed out with the first look.
  package init(_ place: PostgresConnectionString, since: Date) throws(EngineError) {
    connection = try PostgresConnection(Self.watchful(place), for: .reading(statementSeconds: 120))
    let facts = try connection.query(
      """
      SELECT pg_is_in_recovery(), current_setting('max_prepared_transactions') <> '0',
        coalesce(has_schema_privilege((SELECT oid FROM pg_namespace WHERE nspname = '\(PostgresRecorder.schema)'), 'USAGE'), false)
      """
    ).rows[0]
    let isStandby = facts.flag(0)
    let isSilent = facts.flag(1)
    let mayRead = facts.flag(2)
    switch try PostgresRecorder.state(of: connection) {
    case .installed where isStandby:
      manner =
        mayRead ? .recorded(because: "a standby cannot be listened on") : .polled(because: Self.mayNotRead)
    case .installed where !mayRead:
      manner = .polled(because: Self.mayNotRead)
    case .installed where isSilent:
      manner = .recorded(because: "with max_prepared_transactions nobody is notified")
    case .installed: manner = .announced
    case .incomplete: manner = .polled(because: "what --install made is not whole; run it again")
    case .absent: manner = .polled(because: "it has no event triggers; plumb watch --install makes them")
    }
    // Before the first look, so that no commit falls between the two.
    if manner == .announced { try connection.execute("LISTEN \(PostgresRecorder.channel)") }
    statements = manner.tellsWho ? try PostgresStatements(since: since, of: connection) : nil
    activity = try PostgresActivity(of: connection)
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
    let isRecorded = try statements?.hasMore(over: connection) ?? false
    // Asked in any case: what is announced moves the counts as well.
    let isCounted = try activity.hasChanged()
    return isRecorded || isCounted
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
