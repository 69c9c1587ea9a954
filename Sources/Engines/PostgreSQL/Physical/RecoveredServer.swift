import FoundationEssentials
import Glibc
import SchemaModel

/// A throw-away server that works on a copy of a physical backup, recovered up to a target.
///
/// Nothing of what the source was told to do reaches it: it archives nothing, follows nobody, listens to nobody but us, and runs no
/// jobs. Its directory, files included, is gone with it.
package final class RecoveredServer {
  /// The server; let go of it, and it is gone.
  package let server: ThrowawayServer
  /// Things worth knowing about how it came up.
  package private(set) var notes: [String]
  /// How far the log was replayed; `nil` when there was none to replay.
  package let replayedTo: LogPosition?
  /// A superuser of the cluster, whatever it is called there.
  private let superuser: String
  private let maintenanceDatabase: String

  /// Copies the backup, starts a server on it and waits until it has recovered.
  ///
  /// - Throws: `EngineError` of kind `damaged` when PostgreSQL cannot recover it, of kind `refused` when it never reaches the target.
  package init(
    _ backup: PhysicalBackup, of provider: any PhysicalProvider, target: RecoveryTarget,
    spoil: ((DataPlace) throws -> Void)? = nil
  ) throws(EngineError) {
    _ = ThrowawayServer.removeLeftovers()
    var options = ThrowawayServer.Options()
    options.binaries = try ServerBinaries.exactly(backup.serverMajorVersion)
    options.origin = .files
    // However long the log is: it ends by itself when it cannot go on.
    options.startLimit = .seconds(30 * 86_400)
    // Recovery must find room for all that the source had room for.
    options.settings = ["max_replication_slots": "1000", "hot_standby": "off", "max_connections": "100"]
    let binaries = options.binaries
    let disarmed = Disarmed()
    do {
      server = try ThrowawayServer(options) { home, user in
        let place = DataPlace(
          data: "\(home)/data", tablespaces: "\(home)/tablespaces", scratch: home, user: user)
        try provider.copy(backup, to: place)
        try spoil?(place)
        disarmed.superusers = RoleFile.superusers(in: place.data)
        disarmed.notes = try DisarmedData(place, binaries: binaries).prepare(
          target, restoreCommand: provider.restoreCommand(at: place))
      }
    } catch let error as ThrowawayServerError {
      throw Self.explain(error, target: target)
    } catch {
      throw try Self.translated(error)
    }
    notes = disarmed.notes
    (superuser, maintenanceDatabase) = try Self.findEntrance(
      into: server, superusers: disarmed.superusers + [ThrowawayServer.superuser])
    let place = try Self.place(of: server, maintenanceDatabase, as: superuser)
    let connection = try PostgresConnection(place, for: .staging)
    replayedTo = try connection.query("SELECT pg_last_wal_replay_lsn()").text(0, 0).flatMap {
      LogPosition($0)
    }
    try endPreparedTransactions()
    notes += try collationNotes(connection)
  }

  /// How to connect to a database of it; what databases and roles have set for their sessions does not count.
  package func place(_ database: String) throws(EngineError) -> PostgresConnectionString {
    try Self.place(of: server, database, as: superuser)
  }

  private static func place(
    of server: ThrowawayServer, _ database: String, as user: String
  ) throws(EngineError) -> PostgresConnectionString {
    var settings = ["default_transaction_read_only": "off", "session_preload_libraries": "", "role": "none"]
    // A trigger at login could do anything, or refuse us.
    if server.binaries.major >= 17 { settings["event_triggers"] = "off" }
    return try PostgresConnectionString(server.conninfo(database: database)).setting("user", to: user)
      .setting("options", to: nil).adding(options: settings)
  }

  /// Databases that can be connected to, without templates; `postgres` only when it holds something.
  package func databases() throws(EngineError) -> [String] {
    let connection = try PostgresConnection(place(maintenanceDatabase), for: .staging)
    let names = try connection.rows(
      "SELECT datname FROM pg_database WHERE datallowconn AND datconnlimit <> -2 AND NOT datistemplate ORDER BY 1"
    ).compactMap { $0.first.flatMap { $0 } }
    guard names.contains("postgres") else { return names }
    let count = try PostgresDatabaseSetup.objectCount(on: place("postgres"))
    return count == 0 && names.count > 1 ? names.filter { $0 != "postgres" } : names
  }

  /// A superuser and a database that let us in.
  private static func findEntrance(
    into server: ThrowawayServer, superusers: [String]
  ) throws(EngineError) -> (String, String) {
    var first: EngineError?
    for user in superusers {
      for database in ["postgres", "template1"] {
        do throws(EngineError) {
          let place = try place(of: server, database, as: user)
          let isSuper = try PostgresConnection(place, for: .staging).query("SHOW is_superuser").text(0, 0)
          if isSuper == "on" { return (user, database) }
        } catch {
          first = first ?? error
        }
      }
    }
    throw first
      ?? EngineError(
        .authentication, "no superuser of the backup's cluster can be found",
        hint: "Give a superuser the right to log in (ALTER ROLE name LOGIN) before the next backup.")
  }

  /// What was prepared and never decided holds locks and could be decided either way; here it did not happen.
  private func endPreparedTransactions() throws(EngineError) {
    let connection = try PostgresConnection(place(maintenanceDatabase), for: .staging)
    let prepared = try connection.rows("SELECT gid, database FROM pg_prepared_xacts ORDER BY 2, 1")
    for row in prepared {
      guard let gid = row[0], let database = row[1] else { continue }
      let text = "'" + gid.replacing("'", with: "''") + "'"
      try PostgresConnection(place(database), for: .staging).execute("ROLLBACK PREPARED \(text)")
    }
    if !prepared.isEmpty {
      notes.append(
        "\(prepared.count) prepared transaction(s) were open at the target; here they are taken for rolled back"
      )
    }
  }

  /// Text that this machine sorts in another way makes indexes wrong that were right.
  private func collationNotes(_ connection: PostgresConnection) throws(EngineError) -> [String] {
    guard connection.majorVersion >= 15 else { return [] }
    let names = try connection.rows(
      """
      SELECT datname FROM pg_database WHERE datallowconn AND datcollversion IS NOT NULL
        AND datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid) ORDER BY 1
      """
    ).compactMap { $0.first.flatMap { $0 } }
    return names.map {
      "\($0) was sorted by another version of its collation than this machine has: indexes over text may be wrong here"
    }
  }

  private static func translated(_ error: any Error) throws(EngineError) -> EngineError {
    do throws(EngineError) {
      try translatingFailures(of: "the backup was put in place") { throw error }
    } catch {
      return error
    }
    return EngineError(.refused, "the backup could not be put in place")
  }

  /// What the server's last words say of the backup, or of this machine.
  private static func explain(_ error: ThrowawayServerError, target: RecoveryTarget) -> EngineError {
    guard case .notStarted(let log) = error, error.hint == nil else {
      return (try? translated(error)) ?? EngineError(.unreachable, error.message)
    }
    let lines = log.split(separator: "\n").map(String.init)
    let facts = lines.compactMap { line -> String? in
      ["FATAL:  ", "PANIC:  "].lazy.compactMap { sign in
        line.firstRange(of: sign).map { String(line[$0.upperBound...]) }
      }.first
    }
    let context = lines.compactMap { line in
      ["LOG:  ", "HINT:  ", "DETAIL:  ", "FATAL:  ", "PANIC:  ", "WARN: ", "ERROR: "].lazy.compactMap {
        sign in
        line.firstRange(of: sign).map { String(line[$0.lowerBound...]) }
      }.first
    }.suffix(8)
    if facts.contains(where: { $0.contains("before configured recovery target was reached") }) {
      return EngineError(
        .refused, "the log ends before \(target)", detail: Array(context),
        hint: "Name an earlier target, or none: then everything that was archived is recovered.")
    }
    return EngineError(
      .damaged, "PostgreSQL cannot recover this backup" + (facts.first.map { ": \($0)" } ?? ""),
      detail: Array(context), hint: "Use another backup: 'plumb backups' lists them.")
  }
}

/// What is learned of the files while they are made ready, which happens inside of the server's making.
private final class Disarmed {
  var notes: [String] = []
  var superusers: [String] = []
}
