import Analysis
import Foundation
import SchemaModel
import Testing

/// Which backups may go.
struct RetentionTests {
  /// A Wednesday, at noon.
  private let now = Date(timeIntervalSince1970: 1_800_446_400)

  private func backup(
    _ id: String, daysAgo: Double, source: String = "shop", references: [String] = [],
    _ edit: (inout CatalogedBackup) -> Void = { _ in }
  ) -> CatalogedBackup {
    var backup = CatalogedBackup(
      id: id, kind: .logical, place: "backups", source: source, byteCount: 1, storedByteCount: 1)
    backup.startedAt = now.addingTimeInterval(-86_400 * daysAgo)
    backup.references = references
    edit(&backup)
    return backup
  }

  private func leaving(_ backups: [CatalogedBackup], _ edit: (inout RetentionRules) -> Void) -> [String] {
    var rules = RetentionRules()
    edit(&rules)
    return Retention(of: backups, by: rules, now: now).decisions.filter(\.mayGo).map(\.backup.id)
  }

  private func drill(_ verdict: DrillRecord.Verdict) -> DrillRecord {
    var record = DrillRecord(physical: "x", by: "test", byteCount: 1, startedAt: now)
    record.verdict = verdict
    return record
  }

  @Test func `the last ones stay, of each source its own`() {
    let backups =
      (0..<5).map { backup("a\($0)", daysAgo: Double($0)) } + [backup("b", daysAgo: 90, source: "other")]
    #expect(leaving(backups) { $0.last = 2 } == ["a2", "a3", "a4"])
  }

  @Test func `of a day, a week and a month the newest stays`() {
    let backups = (0..<120).map { backup("d\($0)", daysAgo: Double($0) / 2) }
    let kept = { (edit: (inout RetentionRules) -> Void) in
      backups.map(\.id).filter { !self.leaving(backups, edit).contains($0) }
    }
    #expect(kept { $0.daily = 3 } == ["d0", "d2", "d4"])
    // Weeks end on Sunday: 3 days before this Wednesday.
    #expect(kept { $0.weekly = 2 }.count == 2)
    #expect(kept { $0.monthly = 2 }.count == 2)
  }

  @Test func `what is too old is kept by no count, but the newest always is`() {
    let backups = [backup("old", daysAgo: 50), backup("older", daysAgo: 60)]
    #expect(
      leaving(backups) {
        $0.last = 5
        $0.greatestAge = .seconds(86_400 * 30)
      } == ["older"])
    #expect(leaving(backups) { $0.greatestAge = .seconds(86_400 * 55) } == ["older"])
  }

  @Test func `the last proven, the pinned, the used and what others need stay whatever the rules are`() {
    let backups = [
      backup("newest", daysAgo: 0, references: ["full"]),
      backup("failed", daysAgo: 1) { $0.lastDrill = drill(.failed) },
      backup("proven", daysAgo: 2) { $0.lastDrill = drill(.provenWithFindings) },
      backup("earlier", daysAgo: 3) { $0.lastDrill = drill(.proven) },
      backup("pinned", daysAgo: 4) { $0.pin = "" },
      backup("used", daysAgo: 5) { $0.isInUse = true }, backup("full", daysAgo: 6),
      backup("damaged", daysAgo: 7) { $0.damage = "torn" },
    ]
    #expect(leaving(backups) { $0.last = 0 } == ["failed", "earlier"])
  }

  @Test func `a newest backup that failed its drill does not take the place of a good one`() {
    let backups = [
      backup("failed", daysAgo: 0) { $0.lastDrill = drill(.failed) }, backup("good", daysAgo: 1),
      backup("old", daysAgo: 2),
    ]
    #expect(leaving(backups) { $0.last = 1 } == ["old"])
  }
}
