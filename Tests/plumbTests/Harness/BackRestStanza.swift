import Engines
import Foundation
import Glibc
import TestSupport

/// A stanza `main` of pgBackRest for one server, as its configuration file tells it.
struct BackRestStanza {
  /// The configuration file.
  let configuration: String

  /// Names a stanza in a folder before it is there, as its server must know where the file will be.
  init(in folder: String) { configuration = "\(folder)/pgbackrest.conf" }

  /// The settings of a server whose log the stanza archives.
  var serverSettings: [String: String] {
    [
      "wal_level": "replica", "max_wal_senders": "4", "archive_mode": "on",
      "archive_command": "pgbackrest --config=\(configuration) --stanza=main archive-push %p",
    ]
  }

  /// Writes the configuration file; logs and locks go beside it.
  ///
  /// - Parameter repositories: the settings of the repositories, `repo1-path=…`, a line each.
  func write(repositories: [String], server: ThrowawayServer) throws {
    let folder = (configuration as NSString).deletingLastPathComponent
    try Data(
      """
      [global]
      \(repositories.joined(separator: "\n"))
      log-path=\(folder)
      lock-path=\(folder)/lock
      spool-path=\(folder)/spool
      log-level-file=off
      log-level-console=off
      start-fast=y
      compress-level=1
      [main]
      pg1-path=\(server.directory)/data
      pg1-socket-path=\(server.directory)
      pg1-port=5432
      pg1-user=postgres

      """.utf8
    ).write(to: URL(fileURLWithPath: configuration))
    chmod(configuration, 0o644)
  }

  /// Runs pgBackRest as the user of the server.
  func run(_ words: String...) throws {
    _ = try Subprocess(
      "pgbackrest", ["--config=\(configuration)", "--stanza=main"] + words, user: .forServers, directory: "/"
    ).run()
  }
}
