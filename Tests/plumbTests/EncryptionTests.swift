import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// Backups that only the owner of a key can read.
@Suite struct EncryptionTests {
  let workplace: Workplace
  /// A file with a secret key, and its public key.
  let identity: String
  let recipient: String

  init() throws {
    workplace = try Workplace()
    (identity, recipient) = try Self.makeKey(in: workplace, "key")
  }

  private static func makeKey(in workplace: Workplace, _ name: String) throws -> (String, String) {
    let path = workplace.path(name)
    _ = try Subprocess("age-keygen", ["-o", path]).run()
    let text = try Subprocess("age-keygen", ["-y", path]).run().outputText
    return (path, text.filter { !$0.isNewline })
  }

  /// An encrypted backup in the workplace's store; its id.
  private func makeBackup(of shop: Shop) throws -> String {
    let backup = try workplace.plumb("backup", shop.location, "--encrypt-to", recipient)
    #expect(backup.exitCode == 0, "\(backup)")
    return try #require(try workplace.stored().first)
  }

  @Test(arguments: Engine.allCases)
  func `an encrypted backup is restored with its key and with no other`(engine: Engine) throws {
    let shop = try Shop(engine, in: workplace)
    let rows = try shop.rows()
    let id = try makeBackup(of: shop)
    // Whatever lies in the store is the manifest, or begins as age's files do.
    let all = FileManager.default.enumerator(atPath: workplace.path("backups/\(id)"))
    while let name = all?.nextObject() as? String {
      guard let data = FileManager.default.contents(atPath: workplace.path("backups/\(id)/\(name)")),
        name != "manifest.json"
      else { continue }
      #expect(name.hasSuffix(".age") && data.starts(with: Data("age-encryption.org/v1\n".utf8)), "\(name)")
    }
    try workplace.expectNothingLeft()
    #expect(try workplace.plumb("backups").output.contains(id))

    try workplace.expectFailure(
      ["drill"], "the backup \(id) is encrypted, and no key is named", hint: "--identity")
    let (other, _) = try Self.makeKey(in: workplace, "other")
    try workplace.expectFailure(
      ["drill", "--identity", other], "the backup was not encrypted to the key in \(other)",
      hint: "the manifest names the public keys")
    try workplace.expectFailure(
      ["drill", "--identity", workplace.path("none")],
      "cannot read the identity file \(workplace.path("none"))", hint: "PLUMB_AGE_IDENTITY")
    try workplace.expectFailure(
      ["drill", "--identity", workplace.path("backups/\(id)/manifest.json")],
      "the identity file cannot be used: \(workplace.path("backups/\(id)/manifest.json"))",
      hint: "AGE-SECRET-KEY")

    let drill = try workplace.plumb("drill", "--identity", identity)
    #expect(drill.exitCode == 0 && drill.output.contains("decrypt backup"), "\(drill)")
    let destination = try Shop(missing: engine, in: workplace)
    let restore = try workplace.plumb(
      "restore", id, "--into", destination.location, environment: ["PLUMB_AGE_IDENTITY": identity])
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(try destination.rows() == rows)
    try workplace.expectNothingLeft()
  }

  @Test(arguments: Engine.allCases)
  func `an encrypted backup in a bucket is drilled with its key`(engine: Engine) throws {
    let bucket = try ObjectServer.shared.get().makeBucket()
    let shop = try Shop(engine, in: workplace)
    try workplace.write(
      "plumb.yaml", "database: \(shop.location)\nbackups: \(bucket.store)\nencrypt: [\(recipient)]\n")
    func plumb(_ words: String...) throws -> Outcome {
      try workplace.run(words, environment: bucket.environment)
    }
    let backup = try plumb("backup")
    #expect(backup.exitCode == 0 && backup.output.contains("encrypted to 1 key with age"), "\(backup)")
    #expect(try bucket.keys().allSatisfy { $0.hasSuffix(".age") || $0.hasSuffix("/manifest.json") })
    let id = try #require(try bucket.ids().first)
    let (other, _) = try Self.makeKey(in: workplace, "other")
    let refused = try plumb("drill", "--identity", other)
    #expect(refused.exitCode == 3, "\(refused)")
    // Told from the first few bytes: the rest was not fetched for it.
    #expect(!refused.errors.contains("fetch backup: 100%"), "\(refused)")
    #expect(try plumb("backups", "verify", id).exitCode == 0)
    let drill = try plumb("drill", "--identity", identity)
    #expect(drill.exitCode == 0, "\(drill)")
    try bucket.flip(try #require(try bucket.keys().last { $0.contains("/archive") }))
    let damaged = try plumb("drill", "--identity", identity)
    #expect(damaged.exitCode == 1 && damaged.output.contains(".age was altered"), "\(damaged)")
    try workplace.expectNothingLeft()
  }

  @Test(arguments: Engine.allCases)
  func `damage is found without the key, and by a drill with it`(engine: Engine) throws {
    let shop = try Shop(engine, in: workplace)
    let id = try makeBackup(of: shop)
    #expect(try workplace.plumb("backups", "verify", id).exitCode == 0)
    let name = engine == .sqlite ? "archive.db.age" : "archive/toc.dat.age"
    let path = workplace.path("backups/\(id)/\(name)")
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    data[data.count / 2] ^= 1
    try data.write(to: URL(fileURLWithPath: path))
    let reason = "\(name) was altered: its SHA-256 is not the manifest's"
    let verify = try workplace.plumb("backups", "verify", id)
    #expect(verify.exitCode == 1 && verify.output.contains(reason), "\(verify)")
    let drill = try workplace.plumb("drill", "--identity", identity)
    #expect(drill.exitCode == 1 && drill.output.contains(reason), "\(drill)")
    unlink(path)
    let lost = try workplace.plumb("drill", "--identity", identity)
    #expect(lost.exitCode == 1 && lost.output.contains("\(name) is missing"), "\(lost)")
    try workplace.expectNothingLeft()
  }

  @Test func `age alone opens what was written, and it is what the manifest says`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    let id = try makeBackup(of: shop)
    let plain = workplace.path("plain.db")
    _ = try Subprocess(
      "age", ["-d", "-i", identity, "-o", plain, workplace.path("backups/\(id)/archive.db.age")]
    ).run()
    let manifest = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: workplace.path("backups/\(id)/manifest.json"))))
        as? [String: Any])
    let files = try #require(manifest["files"] as? [[String: Any]])
    #expect(files.map { $0["path"] as? String } == ["archive.db"])
    #expect(files.first?["sha256"] as? String == (try FileDigest.sha256(ofFile: plain).sha256))
    #expect(manifest["version"] as? Int == 2)
    let check = try Subprocess("sqlite3", [plain, "PRAGMA integrity_check; SELECT count(*) FROM orders"])
      .run()
    #expect(check.outputText == "ok\n100\n")
  }

  @Test func `a key that is none, and one that is secret, are refused before any work`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.expectFailure(
      ["backup", shop.location, "--encrypt-to", "age1nonsense"],
      "this is no recipient for age: age1nonsense", hint: "age-keygen")
    let secret = try #require(
      try String(contentsOfFile: identity, encoding: .utf8).split(separator: "\n").last)
    let outcome = try workplace.expectFailure(
      ["backup", shop.location, "--encrypt-to", String(secret)], "a recipient is a secret key",
      hint: "public key")
    #expect(!outcome.errors.contains(secret))
    try workplace.write("plumb.yaml", "encrypt: \(secret)\n")
    let configured = try workplace.expectFailure(
      ["backups"], "plumb.yaml holds a secret key", hint: "public key")
    #expect(!configured.errors.contains(secret))
  }

  @Test func `a backup is opened by any of its keys`() throws {
    let (second, secondKey) = try Self.makeKey(in: workplace, "second")
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.write("plumb.yaml", "encrypt:\n  - \(recipient)\n  - \(secondKey)\n")
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
    for key in [identity, second] { #expect(try workplace.plumb("drill", "--identity", key).exitCode == 0) }
  }
}
