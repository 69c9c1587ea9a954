import Engines
import Foundation
import Glibc
import Testing

/// Backups that are not what they were when they were taken.
@Suite struct DamagedBackupTests {
  /// What can happen to a file of an archive.
  enum Damage: CaseIterable, Sendable {
    case missing, truncated, flipped, additional

    func strike(_ backup: TakenBackup) throws -> String {
      let file = try #require(try backup.archiveFiles().first)
      let path = backup.path(file)
      let size = FileManager.default.contents(atPath: path)?.count ?? 0
      switch self {
      case .missing:
        try FileManager.default.removeItem(atPath: path)
        return "\(file) is missing"
      case .truncated:
        truncate(path, size / 2)
        return "\(file) has \(size / 2) bytes, the manifest says \(size)"
      case .flipped:
        try backup.flip(file)
        return "\(file) was altered: its SHA-256 is not the manifest's"
      case .additional:
        let other = backup.shop.engine == .postgres ? "archive/9999.dat" : "archive.db-journal"
        try Data("more".utf8).write(to: URL(fileURLWithPath: backup.path(other)))
        return "\(other) is not in the manifest"
      }
    }
  }

  @Test(arguments: Engine.allCases, Damage.allCases)
  func `a damaged archive is found before anything is made of it`(engine: Engine, damage: Damage) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    let reason = try damage.strike(backup)
    let source = try backup.shop.state()

    let drill = try workplace.plumb("drill")
    #expect(drill.exitCode == 1)
    #expect(drill.headline == "NOT GOOD \(backup.id): do not rely on this backup")
    #expect(drill.output.contains(reason), "\(drill)")
    // It was told from the files alone.
    #expect(!drill.output.contains("prepare staging"))
    try workplace.expectNothingLeft()

    let destination = try backup.newDestination()
    for place in [destination, backup.shop] {
      let outcome = try workplace.expectFailure(
        ["restore", "latest", "--into", place.location, "--confirm", place.name],
        "the archive of backup \(backup.id) is damaged", hint: "Do not restore from it")
      #expect(outcome.errors.contains(reason), "\(outcome)")
    }
    #expect(try !destination.exists())
    #expect(try backup.shop.state() == source)

    let list = try workplace.plumb("backups")
    #expect(list.exitCode == 1)
    #expect(list.output.contains("failed, "), "the drill is remembered: \(list)")
  }

  /// What can happen to the documents beside an archive, and what is said of it.
  enum Document: CaseIterable, Sendable {
    case manifestMissing, manifestNoJSON, manifestWithoutFields, manifestNewer, otherManifest, schemaMissing,
      schemaNoJSON, schemaEdited

    func strike(_ backup: TakenBackup) throws -> (headline: String, hint: String) {
      let manifest = backup.path("manifest.json")
      let schema = backup.path("schema.json")
      switch self {
      case .manifestMissing:
        unlink(manifest)
        return ("this is no whole backup: \(backup.folder)", "plumb backups")
      case .manifestNoJSON:
        truncate(manifest, 100)
        return ("the manifest cannot be read: \(backup.folder)/manifest.json", "use another backup")
      case .manifestWithoutFields:
        try Data("{}".utf8).write(to: URL(fileURLWithPath: manifest))
        return ("the manifest cannot be read: \(backup.folder)/manifest.json", "use another backup")
      case .manifestNewer:
        try backup.editManifest { $0["version"] = 99 }
        return (
          "this manifest is of a newer Plumbline: \(backup.folder)/manifest.json", "version that wrote it"
        )
      case .otherManifest:
        try backup.editManifest { $0["schemaFingerprint"] = String(repeating: "0", count: 64) }
        return ("the backup's manifest does not fit its schema document", "use another backup")
      case .schemaMissing:
        unlink(schema)
        return ("the backup is incomplete: \(backup.folder)/schema.json is missing", "Use another backup")
      case .schemaNoJSON:
        truncate(schema, 100)
        return ("the backup's schema document cannot be read: \(backup.folder)/schema.json", "another backup")
      case .schemaEdited:
        let text = try String(contentsOfFile: schema, encoding: .utf8)
        try Data(text.replacing("note", with: "nota").utf8).write(to: URL(fileURLWithPath: schema))
        return ("the backup's manifest does not fit its schema document", "use another backup")
      }
    }

    /// Whether the list of the store can tell, which reads manifests only.
    var isSeenInList: Bool {
      switch self {
      case .manifestMissing, .manifestNoJSON, .manifestWithoutFields, .manifestNewer: true
      case .otherManifest, .schemaMissing, .schemaNoJSON, .schemaEdited: false
      }
    }
  }

  @Test(arguments: Engine.allCases, Document.allCases)
  func `a backup whose documents do not fit is refused with the file's name`(
    engine: Engine, document: Document
  ) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    let (headline, hint) = try document.strike(backup)
    let source = try backup.shop.state()
    try workplace.expectFailure(["drill", backup.id], headline, hint: hint)
    try workplace.expectFailure(
      ["restore", backup.id, "--into", backup.shop.location, "--confirm", backup.shop.name], headline,
      hint: hint)
    #expect(try backup.shop.state() == source)

    let list = try workplace.plumb("backups")
    #expect(list.exitCode == (document.isSeenInList ? 1 : 0))
    #expect(list.output.contains("cannot be used: ") == document.isSeenInList, "\(list)")
    if document.isSeenInList {
      try workplace.expectFailure(
        ["drill"], "no backup in backups can be used", hint: "plumb backup LOCATION")
    }
  }

  @Test func `the newest backup is not passed over without a word`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    #expect(try workplace.plumb("backup", backup.shop.location).exitCode == 0)
    let newer = try #require(try workplace.stored().first { $0 != backup.id })
    unlink(workplace.path("backups/\(newer)/manifest.json"))
    let drill = try workplace.plumb("drill")
    #expect(drill.exitCode == 0)
    #expect(drill.output.hasPrefix("PROVEN \(backup.id)"))
    #expect(drill.errors.hasPrefix("warning: \(newer) is passed over: "))
  }

  @Test func `a renamed backup is found by its new name, and as the latest`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    try FileManager.default.moveItem(
      atPath: workplace.path(backup.folder), toPath: workplace.path("backups/monday"))
    #expect(try workplace.plumb("drill").exitCode == 0)
    #expect(try workplace.plumb("drill", "monday").exitCode == 0)
  }

  @Test(arguments: Engine.allCases)
  func `a manifest that promises other rows makes the drill fail with both numbers`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    try backup.editManifest { manifest in
      var tables = try #require(manifest["tables"] as? [[String: Any]])
      tables[1]["rowCount"] = 101
      manifest["tables"] = tables
    }
    let drill = try workplace.plumb("drill", "--format", "json")
    #expect(drill.exitCode == 1)
    let record = try drill.document()
    #expect(record["verdict"] as? String == "failed")
    let mismatches = try #require(record["contentMismatches"] as? [String])
    #expect(
      mismatches.contains { $0.contains("orders: 100 rows") && $0.contains("101 in the manifest") },
      "\(drill)")
    try workplace.expectNothingLeft()
  }

  @Test(arguments: Engine.allCases)
  func `damage that the manifest vouches for is found by reading`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    let source = try backup.shop.state()
    let reason: String
    switch engine {
    case .postgres:
      try backup.flip("archive/toc.dat", at: 40)
      reason = "the archive's table of contents is damaged"
    case .sqlite:
      try backup.flip("archive.db", at: 4096)
      reason = "the archive is a damaged SQLite database"
    }
    try backup.vouchForFiles()
    let drill = try workplace.plumb("drill")
    #expect(drill.exitCode == 1)
    #expect(drill.headline == "NOT GOOD \(backup.id): do not rely on this backup")
    #expect(drill.output.contains(reason), "\(drill)")
    try workplace.expectNothingLeft()
    // The database that works is not given up for an archive that does not.
    let restore = try workplace.plumb(
      "restore", "latest", "--into", backup.shop.location, "--confirm", backup.shop.name)
    #expect(restore.exitCode == 3)
    #expect(restore.headline.contains(reason), "\(restore)")
    #expect(try backup.shop.state() == source)
    try workplace.expectNothingLeft()
  }

  @Test func `a data file that the manifest vouches for and gzip does not is named`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .postgres, in: workplace)
    let file = try #require(try backup.archiveFiles().first)
    try backup.flip(file, at: 20)
    try backup.vouchForFiles()
    let drill = try workplace.plumb("drill")
    #expect(drill.exitCode == 1)
    #expect(drill.output.contains("a data file of the archive is damaged"), "\(drill)")
    #expect(drill.output.contains(file.dropLast(3)), "\(drill)")
    try workplace.expectNothingLeft()
    let destination = try backup.newDestination()
    let restore = try workplace.plumb("restore", "latest", "--into", destination.location)
    #expect(restore.exitCode == 3)
    #expect(try !destination.exists(), "what the restore itself made is gone again")
  }
}
