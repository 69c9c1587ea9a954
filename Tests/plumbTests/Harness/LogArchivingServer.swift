import Engines
import Foundation
import Glibc
import SchemaModel
import Testing
import TestSupport

/// A server whose `archive_command` copies its log to a folder, with a copy of its files that has no log of its own.
///
/// Its database `shop` has 100 rows in the copy, 150 at the restore point `early`, 200 at `moment`, and 300 at the end. Rules of its
/// domains are believed to hold that do not: seven numbers are negative, one name is null. Tests share it and change only copies.
final class LogArchivingServer: Sendable {
  /// Where the log goes, as it is.
  let log: String
  /// The folder of pg_basebackup.
  let base: String
  /// A time at which there were 200 rows.
  let moment: String
  /// A place in the log at which there were 200 rows.
  let position: String

  private let scratch: Scratch
  private let server: ThrowawayServer

  static let shared = Result { try LogArchivingServer() }

  private init() throws {
    scratch = try Scratch()
    let folder = try scratch.makeOpenFolder("archiving")
    log = "\(folder)/wal"
    base = "\(folder)/base"
    mkdir(log, 0o755)
    chown(log, SystemUser.forServers.userID, SystemUser.forServers.groupID)
    var options = ThrowawayServer.Options(memory: .small, usesTemplate: true)
    options.settings = [
      "wal_level": "replica", "max_wal_senders": "4", "archive_mode": "on",
      "archive_command": "cp %p \(log)/%f",
    ]
    server = try ThrowawayServer(options)
    try TemporaryPostgres.run("CREATE DATABASE shop;", in: server.conninfo)
    let shop = server.conninfo(database: "shop")
    try TemporaryPostgres.run(Self.structure + Self.rows(1, 100), in: shop)
    _ = try Subprocess(
      "\(server.binaries.directory)/pg_basebackup",
      [
        "--pgdata=\(base)", "--dbname=\(server.conninfo)", "--checkpoint=fast", "--no-sync",
        "--wal-method=none",
      ],
      user: SystemUser.forServers, directory: "/"
    ).run()
    try TemporaryPostgres.run(Self.rows(101, 150), in: shop)
    try TemporaryPostgres.run("SELECT pg_create_restore_point('early');", in: shop)
    try TemporaryPostgres.run(Self.rows(151, 200) + "SELECT pg_switch_wal();", in: shop)
    func ask(_ sql: String) throws -> String {
      try TemporaryPostgres.run(sql, in: shop).split(separator: "\n").map(String.init).first ?? ""
    }
    moment = try ask("SELECT clock_timestamp();")
    position = try ask("SELECT pg_current_wal_lsn();")
    try TemporaryPostgres.run(Self.rows(201, 300) + "SELECT pg_switch_wal();", in: shop)
    try TemporaryPostgres.run("SELECT pg_logical_emit_message(true, 'test', 'the last segment');", in: shop)
    let last = try ask("SELECT pg_walfile_name(pg_switch_wal());")
    try eventually("the log is archived") {
      try ask("SELECT last_archived_wal FROM pg_stat_archiver;") >= last
    }
  }

  private static func rows(_ first: Int, _ last: Int) -> String {
    "INSERT INTO item SELECT n, n, 'item' FROM generate_series(\(first), \(last)) n;\n"
  }

  /// Rules of domains are switched off, broken, and believed in again.
  private static let structure = """
    CREATE DOMAIN amount AS integer;
    CREATE DOMAIN label AS text;
    CREATE TABLE item (id integer PRIMARY KEY, quantity amount, name label);
    CREATE TABLE odd (id integer PRIMARY KEY, quantity amount, name label);
    INSERT INTO odd SELECT n, CASE WHEN n > 7 THEN n ELSE -n END, CASE WHEN n <> 20 THEN 'odd' END
    FROM generate_series(1, 30) n;
    ALTER DOMAIN amount ADD CONSTRAINT amount_is_positive CHECK (VALUE > 0) NOT VALID;
    UPDATE pg_constraint SET convalidated = true WHERE conname = 'amount_is_positive';
    UPDATE pg_type SET typnotnull = true WHERE typname = 'label';

    """

  /// A copy of the archive in a workplace, each segment changed by a command that gets its path.
  func copyOfLog(in workplace: Workplace, compressedBy command: String? = nil) throws -> String {
    let copy = workplace.path("wal")
    _ = try Subprocess("cp", ["-a", log, copy]).run()
    chmod(workplace.folder, 0o755)
    if let command {
      _ = try Subprocess(
        "sh",
        ["-c", "cd \"$1\" && for f in ????????????????????????; do \(command) \"$f\"; done", "sh", copy]
      ).run()
    }
    return copy
  }

  /// The archived segments, in order.
  func segments() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: log).filter { $0.utf8.count == 24 }.sorted()
  }
}
