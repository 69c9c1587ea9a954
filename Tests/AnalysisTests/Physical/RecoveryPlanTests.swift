import Analysis
import Foundation
import SchemaModel
import Testing

/// Which backup is taken for a target, and when none leads there.
struct RecoveryPlanTests {
  private static let size: UInt64 = 16 << 20

  private func moment(_ minute: Int) -> Date {
    Date(timeIntervalSince1970: 1_800_000_000 + Double(minute) * 60)
  }

  /// A backup that ended in that minute, in the segment of the same number.
  private func backup(_ label: String, minute: Int, kind: PhysicalBackup.Kind = .full) -> PhysicalBackup {
    var backup = PhysicalBackup(
      label: label, kind: kind, serverMajorVersion: 15, byteCount: 1, storedByteCount: 1)
    backup.startedAt = moment(minute - 1)
    backup.finishedAt = moment(minute)
    backup.start = LogPosition(byte: UInt64(minute) * Self.size)
    backup.stop = LogPosition(byte: UInt64(minute) * Self.size + 100)
    backup.firstSegment = segment(minute)
    return backup
  }

  private func segment(_ number: Int) -> LogSegment {
    LogSegment(of: LogPosition(byte: UInt64(number) * Self.size), timeline: 1, byteCount: Self.size)
  }

  /// A segment for each minute; each is archived at the end of its own.
  private func archive(_ minutes: some Sequence<Int>) -> LogArchive {
    LogArchive(
      segmentByteCount: Self.size,
      segments: Dictionary(uniqueKeysWithValues: minutes.map { (segment($0), moment($0 + 1)) }))
  }

  private var backups: [PhysicalBackup] {
    [
      backup("first", minute: 10), backup("second", minute: 20, kind: .incremental),
      backup("third", minute: 30),
    ]
  }

  private func plan(
    _ target: RecoveryTarget, label: String? = nil, without lost: Set<Int> = [], points: [RestorePoint] = []
  ) throws -> RecoveryPlan {
    try RecoveryPlan(
      for: target, among: backups, label: label, archive: archive((5...40).filter { !lost.contains($0) }),
      restorePoints: points)
  }

  @Test func `without a target it is the newest`() throws {
    #expect(try plan(.latest).backup.label == "third")
    #expect(try plan(.latest, label: "first").backup.label == "first")
  }

  @Test func `a backup that was still being taken at that time does not lead there`() throws {
    #expect(try plan(.time(moment(25))).backup.label == "second")
    #expect(try plan(.time(moment(20).addingTimeInterval(-1))).backup.label == "first")
    #expect(try plan(.position(LogPosition(byte: 20 * Self.size + 99))).backup.label == "first")
    #expect(try plan(.position(LogPosition(byte: 20 * Self.size + 100))).backup.label == "second")
  }

  @Test func `of restore points with one name the last is meant, and that is said`() throws {
    let points = [12, 22].map {
      RestorePoint(name: "x", position: LogPosition(byte: UInt64($0) * Self.size), timeline: 1)
    }
    let plan = try plan(.name("x"), points: points)
    #expect(plan.backup.label == "second")
    #expect(plan.warnings.contains { $0.contains("2 restore points") })
    #expect(throws: UnreachableTarget.self) { try self.plan(.name("x")) }
  }

  @Test func `too early and too late are refused with what there is`() throws {
    let early = #expect(throws: UnreachableTarget.self) { try plan(.time(moment(9))) }
    #expect(early?.detail.first?.contains("first") == true)
    let late = #expect(throws: UnreachableTarget.self) { try plan(.time(moment(42))) }
    #expect(late?.message == "nothing that late is archived")
    #expect(throws: UnreachableTarget.self) { try plan(.position(LogPosition(byte: 42 * Self.size))) }
    #expect(throws: UnreachableTarget.self) { try plan(.latest, label: "fourth") }
  }

  @Test func `a gap stands in the way only of what lies behind it`() throws {
    #expect(try plan(.time(moment(24)), without: [25]).warnings.count == 1)
    let refused = #expect(throws: UnreachableTarget.self) { try plan(.time(moment(29)), without: [25]) }
    #expect(refused?.hint?.contains("--to-lsn 0/19000000") == true)
    // A newer backup does not need what an older one lacks.
    #expect(try plan(.latest, without: [25]).warnings == [])
    #expect(
      try plan(.latest, label: "second", without: [25, 26]).warnings.first?.contains("2 segments from")
        == true)
    #expect(throws: UnreachableTarget.self) {
      try plan(.position(LogPosition(byte: 26 * Self.size)), without: [25])
    }
  }

  @Test func `a segment follows the last of a log`() {
    let last = LogSegment(timeline: 1, log: 4, part: 255)
    #expect(last.next(byteCount: Self.size) == LogSegment(timeline: 1, log: 5, part: 0))
    #expect(last.description == "0000000100000004000000FF")
    #expect(LogSegment(fileName: "0000000100000004000000FF-0a1b.gz") == last)
    #expect(LogSegment(fileName: "0000000100000004000000FF.00000028.backup") == nil)
    #expect(LogSegment(fileName: "00000002.history") == nil)
    #expect(LogPosition("16/B374D848")?.description == "16/B374D848")
    #expect(LogPosition("16/B374D848/1") == nil && LogPosition("x/1") == nil && LogPosition("1") == nil)
  }

  @Test func `a target is told to the server so that it understands it before it knows any zone`() {
    let moment = Date(timeIntervalSince1970: 1_795_292_896.05)
    #expect(RecoveryTarget.text(moment) == "2026-11-21 20:28:16.050000+00")
    #expect(
      RecoveryTarget.text(Date(timeIntervalSince1970: 1_795_292_896)) == "2026-11-21 20:28:16.000000+00")
  }

  @Test func `a restore point is reached by its place, because an earlier one may bear its name`() throws {
    let point = RestorePoint(name: "x", position: LogPosition(byte: 22 * Self.size), timeline: 1)
    let plan = try plan(.name("x"), points: [point])
    #expect(plan.recoveryTarget == .position(point.position))
    #expect(plan.target == .name("x"))
  }
}
