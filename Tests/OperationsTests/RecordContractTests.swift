import Foundation
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// Documentation/JSON.md names every key of the records, and none that they do not have.
@Suite struct RecordContractTests {
  @Test func `the manifest's keys are those of its contract`() throws {
    var manifest = Self.manifest
    manifest.databaseByteCount = 1
    manifest.walPosition = "0/16B3748"
    manifest.locale = DatabaseLocale(encoding: "UTF8", collate: "C", characterType: "C", icuLocale: "und")
    manifest.encryption = BackupManifest.Encryption(tool: "age 1.1.1", recipients: [], files: [])
    #expect(try Self.keys(of: manifest) == Self.documentedKeys(under: "## `plumb/backup`"))
  }

  @Test func `a drill record's keys are those of its contract`() throws {
    var record = DrillRecord(
      backup: Self.manifest, startedAt: Date(timeIntervalSince1970: 0), verdict: .proven, staging: "here",
      timeline: Timeline())
    record.blueprintDifferences = []
    record.handled = []
    record.leftOut = []
    record.provider = "pgBackRest"
    record.recoveredTo = "the end of the log"
    record.fingerprints = [:]
    record.smokeQueryCount = 0
    #expect(try Self.keys(of: record) == Self.documentedKeys(under: "## `plumb/drill`"))
  }

  @Test func `a plan's keys are those of its contract`() throws {
    var plan = RestorePlan(
      backup: "b", engine: .postgreSQL, destination: "here", state: "is empty", basis: "nothing")
    plan.neededByteCount = 1
    plan.freeByteCount = 1
    #expect(try Self.keys(of: plan) == Self.documentedKeys(under: "## `plumb/plan`"))
  }

  @Test func `times keep their milliseconds through a document`() throws {
    var manifest = Self.manifest
    manifest.startedAt = Date(timeIntervalSince1970: 1_795_258_923.456)
    let text = try RecordDocument.text(of: manifest)
    #expect(text.contains("2026-11-21T11:02:03.456Z"))
    let read = try RecordDocument.read(BackupManifest.self, from: text)
    #expect(abs(read.startedAt.timeIntervalSince(manifest.startedAt)) < 0.001)
  }

  @Test func `a record that does not fit says where`() throws {
    let text = try RecordDocument.text(of: Self.manifest).replacing(
      "\"rowCount\" : 2", with: "\"rowCount\" : \"two\"")
    #expect {
      try RecordDocument.read(BackupManifest.self, from: text)
    } throws: { error in
      (error as? DocumentError)?.detail.first?.hasPrefix("at tables.[0].rowCount") == true
    }
  }

  private static var manifest: BackupManifest {
    BackupManifest(
      id: "shop-1", engine: .postgreSQL, database: "shop", source: "postgresql:///shop",
      serverVersion: "15.20",
      archiveTool: "pg_dump 15.20", startedAt: Date(timeIntervalSince1970: 0),
      finishedAt: Date(timeIntervalSince1970: 1), schemaFingerprint: String(repeating: "0", count: 64),
      tables: [
        TableDigest(
          table: ObjectName(schema: "public", "orders"), columns: ["id"], rowCount: 2,
          content: ContentHash(sum: 7))
      ],
      files: [BackupManifest.File(path: "archive/toc.dat", byteCount: 1, sha256: "00")])
  }

  private static func keys(of record: some Encodable) throws -> Set<String> {
    let data = Data(try RecordDocument.text(of: record).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return Set(object.keys)
  }

  /// The words in backticks in the first column of the first table below a heading.
  static func documentedKeys(under heading: String) throws -> Set<String> {
    let text = try String(contentsOfFile: Repository.path("Documentation/JSON.md"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix(heading) })
    let rows = lines[start...].drop { !$0.hasPrefix("|---") }.dropFirst().prefix { $0.hasPrefix("|") }
    return Set(
      rows.flatMap { row in
        (row.split(separator: "|").first ?? "").matches(of: /`([^`]+)`/).map { String($0.1) }
      })
  }
}
