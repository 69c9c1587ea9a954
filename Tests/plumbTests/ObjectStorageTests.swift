import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// Backups in a bucket of S3.
@Suite struct ObjectStorageTests {
  let workplace: Workplace
  let bucket: Bucket

  init() throws {
    workplace = try Workplace()
    bucket = try ObjectServer.shared.get().makeBucket()
  }

  private func plumb(_ words: String...) throws -> Outcome {
    try workplace.run(words, environment: bucket.environment)
  }

  @Test(arguments: Engine.allCases)
  func `a backup in a bucket is listed, drilled and restored`(engine: Engine) throws {
    let shop = try Shop(engine, in: workplace)
    let rows = try shop.rows()
    let backup = try plumb("backup", shop.location, "--to", bucket.store)
    #expect(backup.exitCode == 0, "\(backup)")
    let id = try #require(try bucket.ids().first)
    #expect(backup.output.contains("plumb drill \(bucket.store)/\(id)"), "\(backup)")
    // Nothing but the backup lies there: no note, no mark of ours.
    let keys = try bucket.keys()
    let documents = ["\(id)/manifest.json", "\(id)/schema.json"]
    #expect(keys.allSatisfy { $0.hasPrefix("\(id)/archive") || documents.contains($0) }, "\(keys)")
    #expect(!workplace.exists("backups"))
    try workplace.expectNothingLeft()

    let list = try plumb("backups", bucket.store, "--format", "json")
    #expect(list.exitCode == 0, "\(list)")
    let backups = try #require(try list.document()["backups"] as? [[String: Any]])
    #expect(backups.map { $0["id"] as? String } == [id])
    #expect(backups.first?["rows"] as? Int == 120)

    let drill = try plumb("drill", "\(bucket.store)/\(id)", "--format", "json")
    #expect(drill.exitCode == 0, "\(drill)")
    let phases = try #require(
      (try drill.document()["timeline"] as? [String: Any])?["phases"] as? [[String: Any]])
    #expect(phases.first?["name"] as? String == "fetch backup")
    let destination = try Shop(missing: engine, in: workplace)
    let restore = try plumb("restore", "latest", "--store", bucket.store, "--into", destination.location)
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(try destination.rows() == rows)
    try workplace.expectNothingLeft()
    #expect(try bucket.keys().allSatisfy { !$0.hasPrefix(".plumb") })
  }

  @Test func `what a store in a bucket holds is an ordinary backup`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    #expect(try plumb("backup", shop.location, "--to", bucket.store).exitCode == 0)
    let id = try #require(try bucket.ids().first)
    for name in ["manifest.json", "schema.json", "archive.db"] {
      let path = workplace.path("backups/\(id)/\(name)")
      try FileManager.default.createDirectory(
        atPath: workplace.path("backups/\(id)"), withIntermediateDirectories: true)
      try bucket.read("\(id)/\(name)").write(to: URL(fileURLWithPath: path))
    }
    #expect(try workplace.plumb("drill", id).exitCode == 0)
  }

  @Test func `plumb yaml names the bucket and its endpoint, and retention and pins hold there`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.write(
      "plumb.yaml",
      """
      database: \(shop.location)
      backups:
        location: \(bucket.store)
        endpoint: \(bucket.server.endpoint)
        region: eu-north-1
      retention:
        keep-last: 1

      """)
    let keys = bucket.environment.filter { $0.key != "AWS_ENDPOINT_URL" }
    func plumb(_ words: String...) throws -> Outcome { try workplace.run(words, environment: keys) }
    // By age; by name they are not in order within a second.
    var ids: [String] = []
    for _ in 1...3 {
      #expect(try plumb("backup").exitCode == 0)
      ids += try bucket.ids().filter { !ids.contains($0) }
    }
    try #require(ids.count == 3)
    #expect(try plumb("drill", ids[0]).exitCode == 0)
    #expect(try plumb("backups", "pin", ids[1], "--reason", "before the upgrade").exitCode == 0)
    let list = try plumb("backups").output
    #expect(list.contains("pinned: before the upgrade"), "\(list)")
    // The newest, the last proven and the pinned stay.
    #expect(try plumb("backups", "prune").exitCode == 0)
    #expect(try bucket.ids().count == 3)
    #expect(try plumb("backups", "unpin", ids[1]).exitCode == 0)
    #expect(try plumb("backups", "unpin", ids[1]).output.contains("was not pinned"))
    #expect(try plumb("backups", "prune").exitCode == 0)
    #expect(Set(try bucket.ids()) == [ids[0], ids[2]])
    #expect(
      try bucket.keys().allSatisfy { key in key.hasPrefix("\(ids[0])/") || key.hasPrefix("\(ids[2])/") },
      "nothing of what was removed is left")
  }

  @Test func `a remote of the user's own rclone is a store too`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.write("rclone.conf", "[mine]\ntype = alias\nremote = \(workplace.path("elsewhere"))\n")
    let environment = ["RCLONE_CONFIG": workplace.path("rclone.conf")]
    func plumb(_ words: String...) throws -> Outcome { try workplace.run(words, environment: environment) }
    #expect(try plumb("backups", "rclone:mine:shop").output.contains("There is no backup"))
    #expect(try plumb("backup", shop.location, "--to", "rclone:mine:shop").exitCode == 0)
    #expect(try plumb("drill", "--store", "rclone:mine:shop").exitCode == 0)
    let stored = try FileManager.default.contentsOfDirectory(atPath: workplace.path("elsewhere/shop"))
    #expect(stored.filter { $0.hasPrefix("shop.db-") }.count == 1)
    try workplace.expectFailure(
      ["backups", "rclone:yours:shop"], "rclone knows no remote of that name: rclone:yours:shop",
      hint: "rclone listremotes", environment: environment)
  }

  @Test func `a bucket that is not there, keys that are none, and an endpoint that is gone are told calmly`()
    throws
  {
    let shop = try Shop(.sqlite, in: workplace)
    let nowhere = "s3://plumb-test-nowhere/shop"
    for words in [
      ["backups", nowhere], ["backup", shop.location, "--to", nowhere], ["drill", "--store", nowhere],
    ] {
      try workplace.expectFailure(
        words, "there is no bucket plumb-test-nowhere", hint: "Make it first", environment: bucket.environment
      )
    }
    try workplace.expectFailure(
      ["backups", bucket.store], "no keys for \(bucket.store) are known", hint: "AWS_ACCESS_KEY_ID",
      environment: ["AWS_ENDPOINT_URL": bucket.server.endpoint])
    let gone = bucket.environment.merging(["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]) { $1 }
    try workplace.expectFailure(
      ["backup", shop.location, "--to", bucket.store], "\(bucket.store) cannot be reached",
      hint: "the network and the endpoint", environment: gone)
    try workplace.expectFailure(
      ["backups", "s3://user:\(Secret.key)@bucket/shop"], "the location of a bucket holds no keys",
      hint: "AWS_ACCESS_KEY_ID", environment: bucket.environment)
    try workplace.expectFailure(
      ["drill", "shop-1", "--store", bucket.store], "there is no backup 'shop-1'", hint: "plumb backups",
      environment: bucket.environment)
  }

  @Test func `keys that are refused are told before the database is read`() throws {
    // The bucket is made before anybody looks at keys.
    let server = try ObjectServer(freeActions: 2)
    let bucket = try server.makeBucket()
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.expectFailure(
      ["backup", shop.location, "--to", bucket.store], "\(bucket.store) refuses the keys",
      hint: "AWS_SECRET_ACCESS_KEY", environment: bucket.environment)
  }
}
