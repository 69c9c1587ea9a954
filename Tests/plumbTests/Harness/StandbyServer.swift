import Engines
import Foundation
import Glibc
import Synchronization
import TestSupport

/// A hot standby of a throw-away server; both are gone with it.
final class StandbyServer {
  let primary: ThrowawayServer
  /// Where the standby is.
  let conninfo: String
  private let folder: String
  private let scratch: Scratch
  private let process: Process

  /// The server's process, ended by a signal to its own number.
  private final class Process: Sendable {
    let hasEnded = Mutex(false)
  }

  init() throws {
    let settings = ["wal_level": "replica", "max_wal_senders": "4", "wal_keep_size": "64MB"]
    primary = try ThrowawayServer(
      ThrowawayServer.Options(memory: .small, settings: settings, usesTemplate: true))
    scratch = try Scratch()
    folder = try scratch.makeOpenFolder("standby")
    let programs = primary.binaries.directory
    let data = "\(folder)/data"
    _ = try Subprocess(
      "\(programs)/pg_basebackup",
      ["--pgdata=\(data)", "--write-recovery-conf", "--checkpoint=fast", "--dbname=\(primary.conninfo)"],
      user: primary.user, directory: folder
    ).run()
    conninfo = "host=\(folder) port=5432 user=postgres dbname=postgres"
    process = Process()
    let server = Subprocess(
      "\(programs)/postgres",
      [
        "-D", data, "-p", "5432", "-c", "unix_socket_directories=\(folder)", "-c", "listen_addresses=",
        "-c", "max_connections=50", "-c", "max_wal_senders=4", "-c", "max_locks_per_transaction=1024",
        "-c", "fsync=off",
      ], user: primary.user, directory: folder)
    let process = process
    let thread = Thread {
      _ = try? server.run(accepting: 0...255)
      process.hasEnded.withLock { $0 = true }
    }
    thread.start()
    try eventually("the standby answers") {
      (try? TemporaryPostgres.run("SELECT pg_is_in_recovery();", in: conninfo)) == "t\n"
    }
  }

  deinit {
    let note = (try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)) ?? ""
    guard let number = note.split(separator: "\n").first.flatMap({ pid_t($0) }) else { return }
    kill(number, SIGQUIT)
    try? eventually("the standby has ended") { process.hasEnded.withLock { $0 } }
  }
}
