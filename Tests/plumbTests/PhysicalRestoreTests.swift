import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// Restores of a server's files into a data directory.
@Suite(.serialized) struct PhysicalRestoreTests {
  let workplace: Workplace
  let server: ArchivedServer
  /// Beside the workplace, where the account that runs servers gets in.
  let destination: String

  init() throws {
    workplace = try Workplace()
    server = try ArchivedServer.shared.get()
    chmod(workplace.folder, 0o777)
    destination = workplace.path("restored")
  }

  /// Starts a server on the folder, as the report says, asks it, and stops it.
  private func asking<Answer>(_ body: (String) throws -> Answer) throws -> Answer {
    let programs = try ServerBinaries.newest().directory
    let options =
      "-c archive_mode=off -c listen_addresses= -c unix_socket_directories=\(workplace.folder) -c fsync=off -c max_locks_per_transaction=1024"
    func control(_ words: [String]) throws {
      _ = try Subprocess(
        "\(programs)/pg_ctl", ["-D", destination, "-l", workplace.path("log")] + words, user: .forServers,
        directory: "/"
      ).run()
    }
    try control(["-w", "-o", options, "start"])
    defer { try? control(["-m", "immediate", "stop"]) }
    let conninfo = "host=\(workplace.folder) user=postgres dbname=shop"
    try eventually("it has recovered") {
      try TemporaryPostgres.run("SELECT pg_is_in_recovery();", in: conninfo) == "f\n"
    }
    return try body(conninfo)
  }

  private func count(in conninfo: String) throws -> String {
    try TemporaryPostgres.run("SELECT count(*) FROM customer;", in: conninfo)
  }

  @Test func `pgBackRest's files are restored to a restore point, and what to do next is said`() throws {
    let words = [
      "restore", "pgbackrest:main", "--pgbackrest-config", server.configuration, "--into", destination,
    ]
    let restore = try workplace.run(words + ["--to-name", "early"])
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(restore.output.contains("pg_ctl -D \(destination) -w start"), "\(restore)")
    try asking { conninfo in
      #expect(try count(in: conninfo) == "150\n")
      // While it runs nothing touches it.
      let refused = try workplace.run(words + ["--confirm", "restored"])
      #expect(refused.exitCode == 3)
      #expect(refused.headline == "plumb: a server runs on \(destination)", "\(refused)")
      #expect(try count(in: conninfo) == "150\n")
    }
    // Over what is there only when its name is confirmed, and then only what differs.
    let unconfirmed = try workplace.run(words)
    #expect(unconfirmed.exitCode == 2)
    #expect(unconfirmed.hints.contains { $0.contains("--confirm restored") })
    let again = try workplace.run(words + ["--confirm", "restored"])
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output.contains("restore what differs"))
    #expect(try asking(count) == "300\n")
    try workplace.expectNothingLeft()
  }

  @Test func `a folder of pg_basebackup is restored, and what was there is moved beside it`() throws {
    try workplace.write("restored/mine.txt", "do not lose me")
    let words = ["restore", server.packed, "--into", destination]
    #expect(try workplace.run(words).exitCode == 2)
    let restore = try workplace.run(words + ["--confirm", "restored", "--format", "json"])
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(try restore.document()["format"] as? String == "plumb/restored-files")
    #expect(try asking(count) == "100\n")
    let aside = try #require(
      try FileManager.default.contentsOfDirectory(atPath: workplace.folder).first {
        $0.hasPrefix("restored.before-")
      })
    #expect(try workplace.read("\(aside)/mine.txt") == "do not lose me")
  }

  @Test func `a folder of pg_basebackup knows no later time, and is never restored into itself`() throws {
    try workplace.expectFailure(
      ["restore", server.plain, "--into", destination, "--to-time", server.moment],
      "\(server.plain) can only be recovered to its own end", hint: "pgBackRest")
    try workplace.expectFailure(
      ["restore", server.plain, "--into", server.plain, "--confirm", "plain"],
      "\(server.plain) is the backup itself",
      hint: "another folder")
  }

  @Test func `a restore that fails leaves what was there`() throws {
    try workplace.write("restored/mine.txt", "do not lose me")
    let copy = try server.copy(of: server.packed, in: workplace)
    // Without its manifest nobody can tell that the archive is cut off before it is unpacked.
    unlink("\(copy)/backup_manifest")
    try #require(truncate("\(copy)/base.tar.gz", 2_000_000) == 0)
    let restore = try workplace.run(["restore", copy, "--into", destination, "--confirm", "restored"])
    #expect(restore.exitCode == 3, "\(restore)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: destination) == ["mine.txt"])
    #expect(
      try !FileManager.default.contentsOfDirectory(atPath: workplace.folder).contains {
        $0.hasPrefix("restored.")
      })
  }

  @Test func `files are not restored into a database, and rows know no point in time`() throws {
    #expect(try workplace.plumb("restore", server.plain, "--into", "postgres://localhost/x").exitCode == 2)
    #expect(try workplace.plumb("drill", "--to-lsn", "0/1").exitCode == 2)
  }
}
