import Analysis
import Foundation
import SchemaModel
import Testing

/// Which of the archived timelines recovery follows.
struct LogRouteTests {
  private static let size: UInt64 = 16 << 20

  private func position(_ number: Int, plus bytes: UInt64 = 0) -> LogPosition {
    LogPosition(byte: UInt64(number) * Self.size + bytes)
  }

  private func segment(_ number: Int, on timeline: UInt32) -> LogSegment {
    LogSegment(of: position(number), timeline: timeline, byteCount: Self.size)
  }

  /// A backup of a timeline that lies within one segment.
  private func backup(in number: Int, on timeline: UInt32 = 1) -> PhysicalBackup {
    var backup = PhysicalBackup(
      label: "base", kind: .full, serverMajorVersion: 15, byteCount: 1, storedByteCount: 1)
    backup.start = position(number)
    backup.stop = position(number, plus: 500)
    backup.firstSegment = segment(number, on: timeline)
    return backup
  }

  /// Segments by timeline, and where timelines were left.
  private func archive(
    _ segments: [UInt32: ClosedRange<Int>], histories: [UInt32: [(UInt32, LogPosition)]]
  ) -> LogArchive {
    var archive = LogArchive(segmentByteCount: Self.size, segments: [:])
    for (timeline, numbers) in segments {
      for number in numbers {
        archive.segments[segment(number, on: timeline)] = Date(timeIntervalSince1970: 0)
      }
    }
    archive.histories = histories.mapValues { $0.map { LogArchive.Branch(timeline: $0.0, end: $0.1) } }
    return archive
  }

  @Test func `a server that was promoted is followed onto its new timeline`() throws {
    let archive = archive([1: 2...6, 2: 6...9], histories: [2: [(1, position(6, plus: 100))]])
    let route = try LogRoute(in: archive, from: backup(in: 3))
    #expect(route.timeline == 2)
    #expect(route.warnings.isEmpty)
    #expect(LogGap(in: route.archive, from: backup(in: 3)) == nil)
  }

  @Test func `what the lost server wrote after the new one had begun bridges no gap`() throws {
    // The old server went on to 9, and the new one lost its 8: that of the old one is of another history.
    var archive = archive([1: 2...9, 2: 6...9], histories: [2: [(1, position(6, plus: 100))]])
    archive.segments[segment(8, on: 2)] = nil
    let plan = try RecoveryPlan(for: .latest, among: [backup(in: 3)], archive: archive)
    #expect(plan.warnings.count == 1)
    #expect(plan.warnings[0].contains("is missing"), "\(plan.warnings)")
    #expect(throws: UnreachableTarget.self) {
      try RecoveryPlan(for: .position(position(9)), among: [backup(in: 3)], archive: archive)
    }
  }

  @Test func `log behind a missing history is named, for PostgreSQL passes it over without a word`() throws {
    let archive = archive(
      [1: 2...6, 3: 7...9], histories: [3: [(1, position(6, plus: 100)), (2, position(7, plus: 100))]])
    let route = try LogRoute(in: archive, from: backup(in: 3))
    #expect(route.timeline == 1)
    #expect(
      route.warnings == [
        "log of timeline 00000003 is archived, and cannot be followed: the history file 00000002.history is missing"
      ])
  }

  @Test func `a backup that no longer leads to the newest timeline is refused`() throws {
    // It ended after the server had been taken back to an earlier point.
    let archive = archive([1: 2...6, 2: 4...9], histories: [2: [(1, position(4, plus: 100))]])
    let error = #expect(throws: UnreachableTarget.self) { try LogRoute(in: archive, from: backup(in: 5)) }
    #expect(error?.message == "the newest timeline, 2, does not come from the backup base")
    #expect(try LogRoute(in: archive, from: backup(in: 3)).timeline == 2)
  }

  @Test func `without histories every timeline counts as before`() throws {
    var archive = archive([1: 2...6, 2: 6...9], histories: [:])
    archive.histories = nil
    #expect(try LogRoute(in: archive, from: backup(in: 3)).archive == archive)
  }
}
