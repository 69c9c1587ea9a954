import Engines
import Foundation
import Glibc
import TestSupport

/// A pgbouncer in session mode, on a socket of its own, for as long as the test runs.
final class Pooler {
  private let scratch: Scratch
  private let folder: String

  /// Starts it; returns when it lets clients in.
  init(before server: ThrowawayServer) throws {
    scratch = try Scratch()
    folder = try scratch.makeOpenFolder("pooler")
    let settings = try scratch.write(
      "pooler/pgbouncer.ini",
      """
      [databases]
      * = host=\(server.directory) port=5432 user=\(ThrowawayServer.superuser)
      [pgbouncer]
      listen_addr =
      listen_port = 5432
      unix_socket_dir = \(folder)
      auth_type = any
      pool_mode = session
      logfile = \(folder)/log
      pidfile = \(folder)/pid
      """)
    // It goes into the background by itself; should the tests die, it ends with the time it is given.
    let program =
      FileManager.default.isExecutableFile(atPath: "/usr/sbin/pgbouncer")
      ? "/usr/sbin/pgbouncer" : "pgbouncer"
    let command = "timeout 300 \"$0\" \"$1\" >/dev/null 2>&1 </dev/null &"
    _ = try Subprocess(
      "/bin/sh", ["-c", command, program, settings], user: SystemUser.forServers, directory: "/"
    ).run()
    try eventually("the pooler lets clients in") {
      (try? TemporaryPostgres.run("SELECT 1;", in: self.conninfo(database: "postgres"))) == "1\n"
    }
  }

  deinit {
    guard let number = (try? scratch.read("pooler/pid")).flatMap({ pid_t($0.filter(\.isNumber)) }) else {
      return
    }
    kill(number, SIGTERM)
  }

  /// How to reach a database through it.
  func conninfo(database: String) -> String {
    "host=\(folder) port=5432 user=\(ThrowawayServer.superuser) dbname=\(database)"
  }
}
