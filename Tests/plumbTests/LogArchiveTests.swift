import Engines
import Foundation
import Glibc
import SchemaModel
import Testing
import TestSupport

/// Folders of pg_basebackup that are recovered with the log their server has archived in a folder.
@Suite(.serialized) struct LogArchiveTests {
  let workplace: Workplace
  let server: LogArchivingServer

  init() throws {
    workplace = try Workplace()
    server = try LogArchivingServer.shared.get()
  }

  private func rows(_ words: [String], log: String? = nil) throws -> Int? {
    let drill = try workplace.run(
      ["drill", server.base, "--wal-archive", log ?? server.log, "--format", "json"] + words)
    #expect([0, 1].contains(drill.exitCode), "\(drill)")
    let document = try drill.document()
    #expect(document["problems"] as? [String] == [], "\(drill)")
    // 30 rows are of the other table.
    return (document["backupRowCount"] as? Int).map { $0 - 30 }
  }

  @Test func `it is recovered to a restore point, a time, a place in the log, and its end`() throws {
    #expect(try rows(["--to-name", "early"]) == 150)
    #expect(try rows(["--to-time", server.moment]) == 200)
    #expect(try rows(["--to-lsn", server.position]) == 200)
    #expect(try rows([]) == 300)
    try workplace.expectNothingLeft()
  }

  @Test(arguments: ["gzip", "zstd -q --rm", "lz4 -q -m --rm"])
  func `log that archive_command compresses is read as well`(command: String) throws {
    let log = try server.copyOfLog(in: workplace, compressedBy: command)
    #expect(try FileManager.default.contentsOfDirectory(atPath: log).allSatisfy { $0.utf8.count != 24 })
    #expect(try rows(["--to-name", "early"], log: log) == 150)
    #expect(try rows([], log: log) == 300)
  }

  @Test func `plumb yaml names the archive of a store's folders`() throws {
    try workplace.write("backups/note", "")
    _ = try Subprocess("cp", ["-a", server.base, workplace.path("backups/base")]).run()
    try workplace.write("plumb.yaml", "backups:\n  location: backups\n  wal-archive: \(server.log)\n")
    let drill = try workplace.plumb("drill", "base", "--to-name", "early", "--format", "json")
    #expect(try drill.document()["backupRowCount"] as? Int == 180, "\(drill)")
  }

  @Test func `a gap is told, and a target behind it is refused with how far one can go`() throws {
    let log = try server.copyOfLog(in: workplace)
    let segments = try server.segments()
    let lost = try #require(segments.dropLast().last)
    unlink("\(log)/\(lost)")
    let drill = try workplace.plumb("drill", server.base, "--wal-archive", log)
    #expect(drill.exitCode == 1 && drill.output.contains("\(lost) is missing"), "\(drill)")
    let late = try #require(LogSegment(fileName: lost)).next(byteCount: 16 << 20).start(byteCount: 16 << 20)
    let refused = try workplace.expectFailure(
      ["drill", server.base, "--wal-archive", log, "--to-lsn", "\(late)"],
      "the archived log has a gap before LSN \(late)", hint: "It can be recovered up to LSN")
    #expect(refused.errors.contains(lost), "\(refused)")
    // What lies before the gap can still be reached.
    #expect(try rows(["--to-name", "early"], log: log) == 150)
  }

  @Test func `a target that nothing leads to is refused before anything is done`() throws {
    let words = ["drill", server.base, "--wal-archive", server.log]
    try workplace.expectFailure(
      words + ["--to-name", "never"], "the archived log holds no restore point never",
      hint: "letter by letter")
    try workplace.expectFailure(
      words + ["--to-time", "2100-01-01T00:00:00Z"], "nothing that late is archived", hint: "earlier time")
    try workplace.expectFailure(
      words + ["--to-lsn", "0/10"], "no backup ended before LSN 0/10", hint: "later target")
    try workplace.expectFailure(
      ["drill", server.base, "--to-name", "early"],
      "\(server.base) can only be recovered to its own end", hint: "--wal-archive")
    try workplace.expectFailure(
      ["drill", server.base, "--wal-archive", workplace.path("none")],
      "the archive of the log is no folder: \(workplace.path("none"))", hint: "archive_command")
    try workplace.expectFailure(
      ["drill", "pgbackrest:main", "--wal-archive", server.log], exit: 2,
      "only a folder of pg_basebackup is recovered with --wal-archive", hint: "pgBackRest knows")
  }

  @Test func `log of another server is refused`() throws {
    let log = try server.copyOfLog(in: workplace)
    let first = "\(log)/\(try #require(try server.segments().first))"
    var segment = try Data(contentsOf: URL(fileURLWithPath: first))
    // The server's number stands behind the first 24 bytes.
    for place in 24..<32 { segment[place] ^= 0xFF }
    try segment.write(to: URL(fileURLWithPath: first))
    try workplace.expectFailure(
      ["drill", server.base, "--wal-archive", log],
      "the archived log is of another server than the backup", hint: "--wal-archive")
  }

  @Test(.enabled(if: SystemUser.isRoot))
  func `an archive that the server may not read is told and not taken for empty`() throws {
    let log = try server.copyOfLog(in: workplace)
    chown(log, 0, 0)
    chmod(log, 0o700)
    try workplace.expectFailure(
      ["drill", server.base, "--wal-archive", log],
      "the drill could not be done: \(SystemUser.forServers.name) cannot read the archive of the log",
      hint: "Let \(SystemUser.forServers.name) read")
  }

  @Test func `rules of domains are asked of the rows, whatever the catalog says`() throws {
    let drill = try workplace.plumb("drill", server.base, "--wal-archive", server.log, "--format", "json")
    #expect(drill.exitCode == 1, "\(drill)")
    let aside = try #require(try drill.document()["setAside"] as? [[String: Any]])
    let counts = aside.reduce(into: [String: Int]()) {
      $0["\($1["constraint"] ?? "")"] = $1["rowCount"] as? Int
    }
    #expect(counts == ["quantity.amount_is_positive": 7, "name.label NOT NULL": 1], "\(drill)")
    #expect(try drill.document()["verdict"] as? String != "failed")
  }

  @Test func `a restore goes to its target, and the next drill follows the timeline it began`() throws {
    let log = try server.copyOfLog(in: workplace)
    chmod(log, 0o777)
    chmod(workplace.folder, 0o777)
    let destination = workplace.path("restored")
    let restore = try workplace.plumb(
      "restore", server.base, "--wal-archive", log, "--to-name", "early", "--into", destination)
    #expect(restore.exitCode == 0, "\(restore)")
    let control = "\(try ServerBinaries.newest().directory)/pg_ctl"
    let options =
      "-c listen_addresses= -c unix_socket_directories=\(workplace.folder) -c archive_mode=on -c fsync=off -c max_locks_per_transaction=1024"
    func run(_ words: [String]) throws {
      _ = try Subprocess(
        control, ["-D", destination, "-l", workplace.path("log")] + words, user: .forServers, directory: "/"
      ).run()
    }
    _ = try Subprocess(
      "sh", ["-c", "echo \"archive_command = 'cp %p \(log)/%f'\" >> \(destination)/postgresql.auto.conf"]
    ).run()
    try run(["-w", "-o", options, "start"])
    let shop = "host=\(workplace.folder) user=postgres dbname=shop"
    do {
      defer { try? run(["-m", "fast", "stop"]) }
      try eventually("it has recovered") {
        try TemporaryPostgres.run("SELECT pg_is_in_recovery();", in: shop) == "f\n"
      }
      #expect(try TemporaryPostgres.run("SELECT count(*) FROM item;", in: shop) == "150\n")
      try TemporaryPostgres.run(
        "INSERT INTO item SELECT n, n, 'new' FROM generate_series(1001, 1021) n; SELECT pg_switch_wal();",
        in: shop)
      try eventually("its log is archived") {
        try FileManager.default.contentsOfDirectory(atPath: log).contains { $0.hasPrefix("00000002000") }
      }
    }
    #expect(try rows([], log: log) == 171)
    // Without its history nobody finds the new timeline.
    unlink("\(log)/00000002.history")
    let drill = try workplace.plumb("drill", server.base, "--wal-archive", log)
    #expect(drill.exitCode == 1, "\(drill)")
    #expect(
      drill.output.contains("cannot be followed: the history file 00000002.history is missing"), "\(drill)")
  }
}
