import Engines
import Foundation
import Testing

/// Disks without room: for the store, for the staging place, and for what is restored.
///
/// Skipped where nobody may mount a small file system: it takes root.
@Suite(.enabled(if: SmallDisk.isPossible, "mounting a small disk takes root, and a container that allows it"))
struct DiskFullTests {
  /// Rows that fill about two megabytes and cannot be compressed.
  static func filler(_ engine: Engine) -> String {
    switch engine {
    case .postgres:
      """
      CREATE TABLE filler (id integer, noise text);
      INSERT INTO filler
      SELECT n, (SELECT string_agg(md5(n::text || m), '') FROM generate_series(1, 30) m) FROM generate_series(1, 2000) n;
      """
    case .sqlite:
      """
      CREATE TABLE filler (id INTEGER PRIMARY KEY, noise BLOB);
      WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 200)
      INSERT INTO filler SELECT n, randomblob(10000) FROM s;
      """
    }
  }

  @Test(arguments: Engine.allCases)
  func `a full store gets no half backup`(engine: Engine) throws {
    let workplace = try Workplace()
    let shop = try Shop(engine, in: workplace, Self.filler(engine))
    let before = try shop.state()
    let disk = try SmallDisk("512k")
    let store = "\(disk.path)/store"
    try workplace.expectFailure(
      ["backup", shop.location, "--to", store], "no room is left in the backup store \(store)",
      hint: "name another folder with --to")
    #expect(try FileManager.default.contentsOfDirectory(atPath: store) == [])
    #expect(try workplace.plumb("backups", store).output == "There is no backup in \(store).\n")
    #expect(try shop.state() == before)
  }

  @Test(arguments: Engine.allCases)
  func `a drill without room for staging says nothing of the backup`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace, Self.filler(engine))
    let disk = try SmallDisk(engine == .postgres ? "8m" : "512k")
    let drill = try workplace.run(["drill"], environment: ["PLUMB_TMPDIR": disk.path])
    #expect(drill.exitCode == 3)
    #expect(drill.output == "")
    #expect(drill.hints.contains { $0.contains("PLUMB_TMPDIR") }, "\(drill)")
    switch engine {
    case .postgres:
      #expect(drill.headline.hasPrefix("plumb: the drill could not be done: could not prepare a throw-away "))
    case .sqlite:
      #expect(
        drill.headline.hasPrefix("plumb: the drill could not be done: cannot write \(disk.path)/plumb-drill-")
      )
      #expect(drill.headline.hasSuffix(": no space left on device"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
    #expect(!workplace.exists(".plumb"), "what proves nothing is not remembered")
    #expect(try workplace.plumb("drill", backup.id).exitCode == 0)
  }

  @Test func `a staging server whose disk fills up in the middle says nothing of the backup`() throws {
    let workplace = try Workplace()
    // A gzipped megabyte of the same letters becomes thirty in the database.
    _ = try TakenBackup(
      of: .postgres, in: workplace,
      """
      CREATE TABLE filler (id integer, noise text);
      ALTER TABLE filler ALTER noise SET STORAGE EXTERNAL;
      INSERT INTO filler SELECT n, repeat('x', 30000) FROM generate_series(1, 1500) n;
      """)
    let disk = try SmallDisk("72m")
    let drill = try workplace.run(["drill"], environment: ["PLUMB_TMPDIR": disk.path])
    #expect(drill.exitCode == 3, "\(drill)")
    #expect(
      drill.headline.hasPrefix("plumb: the drill could not be done: loading public.filler: "), "\(drill)")
    #expect(drill.hints == ["Free room, or set PLUMB_TMPDIR to a folder on a larger disk, and run it again."])
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
  }

  @Test func `a SQLite file that does not fit leaves the one that is there`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace, Self.filler(.sqlite))
    let disk = try SmallDisk("512k")
    let small = "\(disk.path)/shop.db"
    _ = try Subprocess("sqlite3", [small, "CREATE TABLE t (a)"]).run()
    let before = try FileDigest.sha256(ofFile: small).sha256
    for (place, options) in [("\(disk.path)/new.db", []), (small, ["--confirm", "shop.db"])] {
      try workplace.expectFailure(
        ["restore", "latest", "--into", place] + options,
        "no room is left for \(place)", hint: "Free room on its disk")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["shop.db"])
    #expect(try FileDigest.sha256(ofFile: small).sha256 == before)
    #expect(try workplace.stored() == [backup.id])
  }

  @Test func `a blueprint that does not fit leaves no half file`() throws {
    let workplace = try Workplace()
    let shop = try Shop(.sqlite, in: workplace)
    let disk = try SmallDisk("4k")
    let outcome = try workplace.expectFailure(
      ["init", shop.location, "--into", disk.path], "cannot write \(disk.path)/blueprint/schema.json",
      hint: "Free room on that disk")
    #expect(outcome.errors.contains("No space left on device"))
    let files = try FileManager.default.subpathsOfDirectory(atPath: disk.path)
    #expect(files.sorted() == ["blueprint", "blueprint/schema.sql"])
  }

  @Test func `output that cannot be written is no success`() throws {
    let workplace = try Workplace()
    let shop = try Shop(.sqlite, in: workplace)
    let run = try Subprocess(
      "/bin/sh", ["-c", "exec \"$0\" inspect \"$1\" >/dev/full", Program.path, shop.location],
      environment: Program.environment(["HOME": workplace.folder]), directory: workplace.folder
    ).run(accepting: 0...255)
    #expect(run.exitCode == 3)
    #expect(run.diagnostics.hasPrefix("plumb: cannot write the output: No space left on device\n"))
  }
}
