import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// Drills of a server's files: what they find, what they refuse, and that they leave nothing and touch nothing.
@Suite(.serialized) struct PhysicalDrillTests {
  let workplace: Workplace
  let server: ArchivedServer

  init() throws {
    workplace = try Workplace()
    server = try ArchivedServer.shared.get()
  }

  private func backRest(_ words: String...) -> [String] {
    ["drill", "pgbackrest:main", "--pgbackrest-config", server.configuration, "--database", "shop"] + words
  }

  /// Every file with its size and time.
  private func listing(of folder: String) throws -> String {
    try Subprocess("find", [folder, "-printf", "%P %s %T@ %U %m\n"]).run().outputText
      .split(separator: "\n").sorted().joined(separator: "\n")
  }

  @Test(arguments: [true, false])
  func `a folder of pg_basebackup is proven and stays as it is`(isPlain: Bool) throws {
    let folder = isPlain ? server.plain : server.packed
    let before = try listing(of: folder)
    let drill = try workplace.plumb("drill", folder, "--database", "shop", "--amcheck", "full")
    #expect(drill.exitCode == 0, "\(drill)")
    #expect(drill.headline.contains("100 rows counted in shop, 9 constraints hold"), "\(drill)")
    #expect(try listing(of: folder) == before)
    try workplace.expectNothingLeft()
    #expect(try workplace.plumb("backups").exitCode == 0)
  }

  @Test func `rows that break constraints the server believes in are set aside with all that hangs on them`()
    throws
  {
    let drill = try workplace.plumb("drill", server.plain, "--format", "json", "--database", "dirty")
    #expect(drill.exitCode == 1, "\(drill)")
    let record = try drill.document()
    #expect(record["verdict"] as? String == "proven with findings", "\(drill)")
    let aside = try #require(record["setAside"] as? [[String: Any]])
    let counts = Dictionary(
      uniqueKeysWithValues: try aside.map {
        (try #require($0["constraint"] as? String), try #require($0["rowCount"] as? Int))
      })
    // 5 purchases of customer 7, and of the 10 customers in debt 5 each; three lines for every purchase.
    #expect(counts["customer_credit_check"] == 10)
    #expect(counts["purchase_customer_id_fkey"] == 55)
    #expect(counts["line_purchase_id_fkey"] == 165)
    #expect(counts["visitor"] == 2 + 30)
    // Nothing is lost: what is left and what was set aside is what was there.
    let left = try #require(record["restoredRowCount"] as? Int)
    #expect(left + counts.values.reduce(0, +) == record["backupRowCount"] as? Int)
    #expect(record["backupRowCount"] as? Int == 99 + 500 + 1500 + 299)
    try workplace.expectNothingLeft()
  }

  @Test
  func `a changed byte and a missing file are named, and nothing is said of what a server made of them`()
    throws
  {
    let copy = try server.copy(of: server.plain, in: workplace)
    let file = try #require(try largest(in: "\(copy)/base"))
    try flipByte(of: "\(copy)/base/\(file)")
    let drill = try workplace.plumb("drill", copy)
    #expect(drill.exitCode == 1)
    #expect(drill.output.contains("checksum mismatch for file \"base/\(file)\""), "\(drill)")
    #expect(!drill.output.contains("find violations"))
    unlink("\(copy)/base/\(file)")
    #expect(try workplace.plumb("drill", copy).output.contains("is present in the manifest but not on disk"))
    try workplace.expectNothingLeft()
  }

  @Test func `lost log is noticed by the server itself even when no file is compared`() throws {
    let copy = try server.copy(of: server.plain, in: workplace)
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(copy)/pg_wal")
    where name.utf8.count == 24 {
      unlink("\(copy)/pg_wal/\(name)")
    }
    let drill = try workplace.plumb("drill", copy, "--no-verify")
    #expect(drill.exitCode == 1)
    #expect(drill.output.contains("PostgreSQL cannot recover this backup"), "\(drill)")
    try workplace.expectNothingLeft()
  }

  @Test func `the data directory of a running server is no backup`() throws {
    let running = try ThrowawayServer(TemporaryPostgres.options)
    try workplace.expectFailure(
      ["drill", "\(running.directory)/data"],
      "\(running.directory)/data is the data directory of a running server, and no backup",
      hint: "pg_basebackup")
  }

  @Test func `a restore point older than the last backup is reached from the one before it`() throws {
    let drill = try workplace.run(backRest("--to-name", "early"))
    #expect(drill.exitCode == 0, "\(drill)")
    #expect(drill.headline.contains("\(server.labels[0]): 150 rows counted in shop"), "\(drill)")
    try workplace.expectNothingLeft()
  }

  @Test func `a time is reached from the newest backup before it`() throws {
    let drill = try workplace.run(backRest("--to-time", server.moment))
    #expect(drill.exitCode == 0, "\(drill)")
    #expect(drill.headline.contains("\(server.labels[1]): 200 rows counted in shop"), "\(drill)")
  }

  @Test func `without a target everything that was archived is there`() throws {
    let drill = try workplace.run(backRest("--format", "json", "--no-verify"))
    #expect(drill.exitCode == 0, "\(drill)")
    #expect(try drill.document()["restoredRowCount"] as? Int == 300)
    #expect(try drill.document()["backup"] as? String == "pgbackrest:main/\(server.labels[1])")
  }

  @Test(arguments: [
    (["--to-lsn", "FFFF/0"], "the archived log ends before LSN FFFF/0", "earlier target"),
    (["--to-lsn", "0/1000"], "no backup ended before LSN 0/1000", "later target"),
    (["--to-time", "2001-01-01"], "no backup ended before the time", "later target"),
    (["--to-time", "2999-01-01"], "nothing that late is archived", "earlier time"),
    (["--to-name", "never"], "the archived log holds no restore point never", "spelling"),
  ])
  func `a target that cannot be reached is refused before anything is done`(
    words: [String], headline: String, hint: String
  ) throws {
    let outcome = try workplace.run(
      ["drill", "pgbackrest:main", "--pgbackrest-config", server.configuration] + words)
    #expect(outcome.exitCode == 3)
    #expect(outcome.headline.hasPrefix("plumb: \(headline)"), "\(outcome)")
    #expect(outcome.hints.contains { $0.contains(hint) }, "\(outcome)")
    try workplace.expectNothingLeft()
  }

  @Test func `a gap in the log is no way to what lies behind it`() throws {
    let (repository, configuration) = try server.copyOfRepository(in: workplace)
    let archive = "\(repository)/archive/main/15-1/0000000100000000"
    // The segment that follows the incremental backup, which pgBackRest itself does not miss.
    let segments = try FileManager.default.contentsOfDirectory(atPath: archive).filter { $0.contains("-") }
      .sorted()
    let lost = try #require(segments.dropLast().last)
    unlink("\(archive)/\(lost)")
    let words = ["pgbackrest:main", "--pgbackrest-config", configuration]
    let refused = try workplace.run(["drill"] + words + ["--to-name", "late"])
    let isBefore = refused.exitCode == 3
    let drill = try workplace.run(["drill"] + words + ["--no-verify"])
    #expect(drill.exitCode == 1, "\(drill)")
    #expect(drill.output.contains("the segment \(lost.prefix(24)) is missing"), "\(drill)")
    #expect(drill.output.hasPrefix("NOT GOOD"))
    #expect(isBefore, "\(refused)")
    try workplace.expectNothingLeft()
  }

  @Test func `damage in the repository is found although pgbackrest verify ends well`() throws {
    let (repository, configuration) = try server.copyOfRepository(in: workplace)
    let data = "\(repository)/backup/main/\(server.labels[0])/pg_data/base"
    try flipByte(of: "\(data)/\(try #require(try largest(in: data)))")
    let verify = try Subprocess(
      "pgbackrest", ["--config=\(configuration)", "--stanza=main", "verify"], user: .forServers,
      directory: "/"
    ).run(accepting: 0...255)
    #expect(verify.exitCode == 0, "the trap is gone, and so may be what guards against it")
    let drill = try workplace.plumb("drill", "pgbackrest:main", "--pgbackrest-config", configuration)
    #expect(drill.exitCode == 1)
    #expect(drill.output.contains("checksum invalid: 1"), "\(drill)")
    // What was locked meanwhile stands in the store, which nobody made.
    #expect(!workplace.exists("backups"))
    try workplace.expectNothingLeft()
  }

  @Test func `smoke queries are asked, and a wrong answer makes the backup no good`() throws {
    try workplace.write(
      "plumb.yaml",
      """
      drill:
        smoke:
          - query: SELECT count(*) FROM customer
            expect: 100
          - query: SELECT max(id), 'x' FROM customer
            expect: 100|x
          - query: SELECT count(*) FROM customer
            expect: "> 1000"
            name: customers enough
      """)
    let drill = try workplace.plumb("drill", server.plain, "--database", "shop")
    #expect(drill.exitCode == 1)
    #expect(drill.output.contains("smoke query 'customers enough': expected > 1000, found 100"), "\(drill)")
    #expect(drill.output.components(separatedBy: "smoke query '").count == 2)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func `a drill that is ended takes its server and its copy with it`(signal: Int32) throws {
    let run = try workplace.start("drill", server.plain, "--no-verify")
    try eventually("the server starts") {
      try FileManager.default.contentsOfDirectory(atPath: workplace.temporary).contains {
        FileManager.default.fileExists(atPath: "\(workplace.temporary)/\($0)/data/PG_VERSION")
      }
    }
    run.signal(signal)
    let outcome = try run.wait()
    #expect(outcome.exitCode == (signal == SIGINT ? 130 : 137), "\(outcome)")
    try eventually("everything is gone") {
      try FileManager.default.contentsOfDirectory(atPath: workplace.temporary) == []
        && workplace.processes() == []
    }
  }

  private func largest(in folder: String) throws -> String? {
    let files = try Subprocess("find", [folder, "-type", "f", "-printf", "%s %P\n"]).run().outputText
    return files.split(separator: "\n").max {
      Int($0.prefix { $0.isNumber }) ?? 0 < Int($1.prefix { $0.isNumber }) ?? 0
    }?
    .split(separator: " ").last.map(String.init)
  }
}
