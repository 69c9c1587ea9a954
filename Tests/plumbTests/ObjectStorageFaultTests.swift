import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// What goes wrong with backups in a bucket: runs that are killed, objects that are lost, others at the same time.
@Suite struct ObjectStorageFaultTests {
  let workplace: Workplace
  let bucket: Bucket
  let shop: Shop

  init() throws {
    workplace = try Workplace()
    bucket = try ObjectServer.shared.get().makeBucket()
    // Half a megabyte that does not shrink: eight seconds over a slow line.
    shop = try Shop(
      .sqlite, in: workplace, "CREATE TABLE noise (b BLOB); INSERT INTO noise VALUES (randomblob(500000));")
    try workplace.write(
      "plumb.yaml",
      "database: \(shop.location)\nbackups: \(bucket.store)\nretention:\n  keep-last: 1\n")
  }

  private func plumb(_ words: String...) throws -> Outcome {
    try workplace.run(words, environment: bucket.environment)
  }

  @Test(arguments: [SIGKILL, SIGINT])
  func `an upload that is cut off is no backup, and what it left is removed`(signal: Int32) throws {
    let run = try workplace.start("backup", environment: bucket.slowEnvironment)
    try eventually("the upload has begun") {
      try bucket.keys().contains { $0.hasSuffix("/schema.json") }
    }
    run.signal(signal)
    let outcome = try run.wait()
    #expect(outcome.exitCode == (signal == SIGKILL ? 128 + SIGKILL : 130), "\(outcome)")
    #expect(try bucket.ids() == [])
    // Only who is killed cannot clear up.
    #expect(try bucket.keys().isEmpty == (signal == SIGINT))
    try eventually("nothing is left here") {
      try FileManager.default.contentsOfDirectory(atPath: workplace.temporary) == []
        && workplace.processes() == []
    }
    let list = try plumb("backups")
    #expect(list.exitCode == 0 && list.output.contains("There is no backup"), "\(list)")
    try workplace.expectFailure(
      ["drill"], "there is no backup in \(bucket.store)", hint: "plumb backup",
      environment: bucket.environment)
    let prune = try plumb("backups", "prune")
    #expect(prune.exitCode == 0, "\(prune)")
    #expect(prune.errors.contains("what an unfinished run had left is removed") == (signal == SIGKILL))
    #expect(try bucket.keys() == [])
    #expect(try plumb("backup").exitCode == 0)
    #expect(try plumb("drill").exitCode == 0)
  }

  @Test func `a network that goes away in the middle of an upload is told, and nothing is left here`() throws
  {
    let server = try ObjectServer()
    let bucket = try server.makeBucket()
    let run = try workplace.start("backup", "--to", bucket.store, environment: bucket.slowEnvironment)
    try eventually("the upload has begun") {
      try bucket.keys().contains { $0.hasSuffix("/schema.json") }
    }
    try server.stop()
    let outcome = try run.wait()
    #expect(outcome.exitCode == 3, "\(outcome)")
    #expect(outcome.headline == "plumb: \(bucket.store) cannot be reached", "\(outcome)")
    #expect(outcome.hints.contains { $0.contains("run it again") }, "\(outcome)")
    try workplace.expectNothingLeft()
  }

  @Test func `what another run is uploading is left alone`() throws {
    let run = try workplace.start("backup", environment: bucket.slowEnvironment)
    try eventually("the upload has begun") {
      try bucket.keys().contains { $0.hasSuffix("/schema.json") }
    }
    let prune = try plumb("backups", "prune")
    #expect(prune.exitCode == 0, "\(prune)")
    #expect(try bucket.keys().contains { $0.hasSuffix("/schema.json") })
    let outcome = try run.wait()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try plumb("drill").exitCode == 0)
  }

  @Test func `a byte that was changed in the bucket is found by verify and by a drill`() throws {
    #expect(try plumb("backup").exitCode == 0)
    let id = try #require(try bucket.ids().first)
    let whole = try plumb("backups", "verify", id)
    #expect(whole.exitCode == 0 && whole.output.contains("all are what was written"), "\(whole)")
    try bucket.flip("\(id)/archive.db")
    let verify = try plumb("backups", "verify", id, "--format", "json")
    #expect(verify.exitCode == 1, "\(verify)")
    #expect(
      try verify.document()["problems"] as? [String] == [
        "archive.db was altered: its SHA-256 is not the manifest's"
      ])
    let drill = try plumb("drill")
    #expect(drill.exitCode == 1, "\(drill)")
    #expect(drill.output.contains("archive.db was altered"), "\(drill)")
    try workplace.expectFailure(
      ["restore", "latest", "--into", workplace.path("restored.db")],
      "the archive of backup \(id) is damaged", hint: "Do not restore from it",
      environment: bucket.environment)
    #expect(!workplace.exists("restored.db"))
  }

  @Test(arguments: ["archive.db", "schema.json", "manifest.json"])
  func `an object that is lost is told`(name: String) throws {
    #expect(try plumb("backup").exitCode == 0)
    let id = try #require(try bucket.ids().first)
    try bucket.remove("\(id)/\(name)")
    let drill = try plumb("drill", id)
    switch name {
    case "archive.db":
      #expect(drill.exitCode == 1 && drill.output.contains("archive.db is missing"), "\(drill)")
    case "schema.json":
      #expect(drill.exitCode == 3 && drill.headline.contains("the backup is incomplete"), "\(drill)")
    case _: #expect(drill.exitCode == 3 && drill.headline.contains("there is no backup"), "\(drill)")
    }
    try workplace.expectNothingLeft()
  }

  @Test func `two backups at one moment are two backups`() throws {
    let runs = try (1...2).map { _ in try workplace.start("backup", environment: bucket.environment) }
    for run in runs {
      let outcome = try run.wait()
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    let ids = try bucket.ids()
    #expect(ids.count == 2, "\(ids)")
    for id in ids {
      let drill = try plumb("drill", id)
      #expect(drill.exitCode == 0, "\(drill)")
    }
    #expect(try bucket.keys().allSatisfy { !$0.hasPrefix(".plumb") })
  }

  @Test func `prune leaves alone what a drill is fetching, and not a moment longer`() throws {
    #expect(try plumb("backup").exitCode == 0)
    let old = try #require(try bucket.ids().first)
    #expect(try plumb("backup").exitCode == 0)
    let drill = try workplace.start("drill", old, environment: bucket.slowEnvironment)
    try eventually("the drill has left a note") {
      try bucket.keys().contains { $0.hasPrefix(".plumb/readers/\(old).") }
    }
    let list = try plumb("backups")
    #expect(list.output.contains("in use"), "\(list)")
    #expect(try plumb("backups", "prune").exitCode == 0)
    #expect(try bucket.ids().contains(old))

    drill.signal(SIGKILL)
    _ = try drill.wait()
    // The note is still there, but its run is gone.
    #expect(try bucket.keys().contains { $0.hasPrefix(".plumb/readers/") })
    #expect(try plumb("backups", "prune").exitCode == 0)
    #expect(try !bucket.ids().contains(old))
    #expect(try bucket.keys().allSatisfy { !$0.hasPrefix(".plumb") && !$0.hasPrefix("\(old)/") })
    try eventually("nothing is left here") {
      try FileManager.default.contentsOfDirectory(atPath: workplace.temporary) == []
    }
  }

  @Test func `a removal that was cut off is ended by the next prune`() throws {
    #expect(try plumb("backup").exitCode == 0)
    let id = try #require(try bucket.ids().first)
    // As it is between hiding the manifest and removing the rest.
    try bucket.write("\(id)/manifest.json.removed", try bucket.read("\(id)/manifest.json"))
    try bucket.remove("\(id)/manifest.json")
    #expect(try plumb("backups").output.contains("There is no backup"))
    #expect(try plumb("backups", "prune").exitCode == 0)
    #expect(try bucket.keys() == [])
  }

  @Test func `a database that is in the way is told before anything is fetched`() throws {
    #expect(try plumb("backup").exitCode == 0)
    let before = try shop.state()
    let outcome = try plumb("restore", "latest", "--into", shop.location)
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(outcome.hints.contains { $0.contains("--confirm") }, "\(outcome)")
    #expect(!outcome.errors.contains("fetch backup"), "\(outcome)")
    #expect(try shop.state() == before)
    let confirmed = try plumb("restore", "latest", "--into", shop.location, "--confirm", shop.name)
    #expect(confirmed.exitCode == 0, "\(confirmed)")
  }

  @Test func `too little room for what is fetched is told before it is fetched`() throws {
    #expect(try plumb("backup").exitCode == 0)
    let id = try #require(try bucket.ids().first)
    var manifest = try #require(
      try JSONSerialization.jsonObject(with: bucket.read("\(id)/manifest.json")) as? [String: Any])
    var files = try #require(manifest["files"] as? [[String: Any]])
    files[0]["byteCount"] = 1 << 50
    manifest["files"] = files
    try bucket.write("\(id)/manifest.json", try JSONSerialization.data(withJSONObject: manifest))
    try workplace.expectFailure(
      ["drill", id], "there is too little room to fetch backup \(id)", hint: "PLUMB_TMPDIR",
      environment: bucket.environment)
  }
}
