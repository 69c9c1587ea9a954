import Foundation
import Glibc
import Testing
import TestSupport

/// One list over all kinds of backups, what keeps them, and what removes them.
@Suite(.serialized) struct BackupCatalogTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// A backup of a SQLite shop, so old.
  private func makeBackup(daysAgo: Int, of backup: TakenBackup) throws -> String {
    let id = "shop-\(daysAgo)"
    try FileManager.default.copyItem(
      atPath: workplace.path(backup.folder), toPath: workplace.path("backups/\(id)"))
    let url = URL(fileURLWithPath: workplace.path("backups/\(id)/manifest.json"))
    var manifest = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    let time = Date(timeIntervalSinceNow: -86_400 * Double(daysAgo))
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    manifest["id"] = id
    manifest["startedAt"] = time
    manifest["finishedAt"] = time
    try JSONSerialization.data(withJSONObject: manifest).write(to: url)
    return id
  }

  @Test func `archives, folders and stanzas stand in one list`() throws {
    let server = try ArchivedServer.shared.get()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    _ = try FileManager.default.copyItem(atPath: server.packed, toPath: workplace.path("backups/packed"))
    try workplace.write(
      "plumb.yaml",
      "backups:\n  - backups\n  - location: pgbackrest:main\n    config: \(server.configuration)\n")
    let list = try workplace.plumb("backups", "--format", "json")
    #expect(list.exitCode == 0, "\(list)")
    let backups = try #require(try list.document()["backups"] as? [[String: Any]])
    let kinds = Dictionary(
      uniqueKeysWithValues: backups.map { ($0["id"] as? String ?? "", $0["kind"] as? String ?? "") })
    #expect(
      kinds == [
        backup.id: "rows", "packed": "files", "pgbackrest:main/\(server.labels[0])": "files, full",
        "pgbackrest:main/\(server.labels[1])": "files, incremental",
      ])
    #expect(try workplace.plumb("backups").output.contains("pgbackrest:main/\(server.labels[1])"))
  }

  @Test func `a stanza that cannot be read is told, and the rest is listed`() throws {
    _ = try TakenBackup(of: .sqlite, in: workplace)
    try workplace.write("plumb.yaml", "backups: [backups, pgbackrest:nowhere]\n")
    let list = try workplace.plumb("backups", "--pgbackrest-config", "/nowhere/pgbackrest.conf")
    #expect(list.exitCode == 1, "\(list)")
    #expect(list.output.contains("shop"))
    #expect(list.errors.contains("pgbackrest:nowhere"), "\(list)")
  }

  @Test func `an objective that is not kept is a finding`() throws {
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    try workplace.write("plumb.yaml", "objectives:\n  backup-age: 1d\n")
    #expect(try workplace.plumb("backups").exitCode == 0)
    _ = try makeBackup(daysAgo: 3, of: backup)
    try FileManager.default.removeItem(atPath: workplace.path(backup.folder))
    let late = try workplace.plumb("backups")
    #expect(late.exitCode == 1)
    #expect(late.output.contains("is 3 days old, and may be 24 h"), "\(late)")
    try workplace.write("plumb.yaml", "objectives:\n  drill-age: 1d\n")
    #expect(try workplace.plumb("backups").output.contains("no drill has proven a backup of"))
    #expect(try workplace.plumb("drill", "shop-3").exitCode == 0)
    #expect(try workplace.plumb("backups").exitCode == 0)
  }

  @Test func `prune keeps what a rule keeps, the newest, the last proven, the pinned and what is in use`()
    throws
  {
    let original = try TakenBackup(of: .sqlite, in: workplace)
    let ids = try (1...6).map { try makeBackup(daysAgo: $0, of: original) }
    try FileManager.default.removeItem(atPath: workplace.path(original.folder))
    try workplace.write("plumb.yaml", "retention:\n  keep-last: 2\n")
    #expect(try workplace.plumb("drill", ids[3]).exitCode == 0)
    #expect(try workplace.plumb("backups", "pin", ids[4], "--reason", "before the upgrade").exitCode == 0)
    // A run that reads it holds it so.
    let reader = open(workplace.path("backups/\(ids[5])"), O_RDONLY | O_CLOEXEC)
    defer { close(reader) }
    try #require(flock(reader, LOCK_SH) == 0)

    let plan = try workplace.plumb("backups", "prune", "--dry-run")
    #expect(plan.output.contains("1 backup would go"), "\(plan)")
    #expect(try workplace.stored().filter { !$0.hasPrefix(".") } == ids)
    let prune = try workplace.plumb("backups", "prune", "--format", "json")
    #expect(prune.exitCode == 0, "\(prune)")
    #expect(try workplace.stored().filter { !$0.hasPrefix(".") } == ids.filter { $0 != ids[2] })
    let list = try workplace.plumb("backups").output
    #expect(list.contains("pinned: before the upgrade") && list.contains("in use"), "\(list)")

    flock(reader, LOCK_UN)
    #expect(try workplace.plumb("backups", "unpin", ids[4]).exitCode == 0)
    #expect(try workplace.plumb("backups", "prune").exitCode == 0)
    #expect(try workplace.stored().filter { !$0.hasPrefix(".") } == [ids[0], ids[1], ids[3]])
  }

  @Test func `prune without rules does nothing and says what is missing`() throws {
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    let outcome = try workplace.plumb("backups", "prune")
    #expect(outcome.exitCode == 2)
    #expect(outcome.hints.contains { $0.contains("retention:") })
    #expect(try workplace.stored() == [backup.id])
  }

  @Test func `pgBackRest removes its own, and what another is built on stays`() throws {
    let server = try ArchivedServer.shared.get()
    let (repository, configuration) = try server.copyOfRepository(in: workplace)
    #expect(
      try workplace.plumb("backups", "pgbackrest:main", "--pgbackrest-config", configuration).exitCode == 0)
    try workplace.write(
      "plumb.yaml",
      "backups:\n  - location: pgbackrest:main\n    config: \(configuration)\nretention:\n  keep-last: 0\n")
    // The incremental one is the newest, and the full one is what it needs.
    let prune = try workplace.plumb("backups", "prune")
    #expect(prune.exitCode == 0, "\(prune)")
    #expect(prune.output.contains("Nothing goes."), "\(prune)")
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(repository)/backup/main")
    #expect(server.labels.allSatisfy { left.contains($0) })
  }
}
