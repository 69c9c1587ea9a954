import Foundation
import SchemaModel

/// Which backup is restored for a target, and whether its log leads there.
package struct RecoveryPlan: Hashable, Sendable {
  package var backup: PhysicalBackup
  package var target: RecoveryTarget
  /// Where in the log the target lies, when that is known.
  package var targetPosition: LogPosition?
  /// What stands in the way of all that is archived, although the target does not need it or asks for what there is.
  package var warnings: [String] = []
  /// Why this backup, in one sentence.
  package var reason: String

  /// What the server is told: a restore point's place and not its name, because it would stop at an earlier one of that name.
  package var recoveryTarget: RecoveryTarget {
    switch target {
    case .latest, .time, .position: target
    case .name: targetPosition.map { .position($0) } ?? target
    }
  }

  /// Chooses a backup for a target.
  ///
  /// - Parameters:
  ///   - label: the backup that was asked for; `nil` leaves the choice to us.
  ///   - archive: the log beside the backups; `nil` when each has only its own.
  ///   - restorePoints: those in the log with the name of the target, in the order of the log.
  /// - Throws: ``UnreachableTarget`` when nothing there is leads to the target.
  package init(
    for target: RecoveryTarget, among backups: [PhysicalBackup], label: String? = nil, archive: LogArchive?,
    restorePoints: [RestorePoint] = []
  ) throws(UnreachableTarget) {
    let known = backups.sorted { ($0.finishedAt ?? .distantPast) < ($1.finishedAt ?? .distantPast) }
    let candidates = label.map { label in known.filter { $0.label == label } } ?? known
    guard let oldest = candidates.first, let newest = candidates.last else {
      throw UnreachableTarget(
        label.map { "there is no backup \($0)" } ?? "there is no backup",
        detail: known.isEmpty ? [] : ["there are \(known.map(\.label).joined(separator: ", "))"],
        hint: known.isEmpty ? "Take one first." : "Name one of those.")
    }
    self.target = target
    var warnings: [String] = []
    let chosen: PhysicalBackup
    switch target {
    case .latest:
      chosen = newest
      reason = label == nil ? "the newest backup" : "the backup that was named"
    case .time(let moment):
      if let last = archive?.lastArchivedAt, moment > last {
        throw UnreachableTarget(
          "nothing that late is archived", detail: ["the last log was archived at \(Self.text(last))"],
          hint: "Name an earlier time, or none: then everything that was archived is recovered.")
      }
      guard let fitting = candidates.last(where: { $0.finishedAt.map { $0 < moment } ?? false }) else {
        throw Self.tooEarly(oldest, target: "the time \(Self.text(moment))")
      }
      chosen = fitting
      reason = "the newest backup that ended before \(Self.text(moment))"
    case .position(let position):
      (chosen, reason) = try Self.backup(
        before: position, named: "LSN \(position)", among: candidates, archive: archive)
      targetPosition = position
    case .name(let name):
      guard let point = restorePoints.last else {
        throw UnreachableTarget(
          "the archived log holds no restore point \(name)",
          detail: ["from the oldest backup, \(oldest.label), on"]
            + (archive.flatMap { LogGap(in: $0, from: oldest)?.words }.map { [$0] } ?? []),
          hint: "Look for its spelling (names are compared letter by letter), or name a time or an LSN.")
      }
      (chosen, reason) = try Self.backup(
        before: point.position, named: "the restore point \(name) at LSN \(point.position)",
        among: candidates,
        archive: archive)
      targetPosition = point.position
      if restorePoints.count > 1 {
        warnings.append(
          "there are \(restorePoints.count) restore points \(name); recovery goes to the last, at LSN \(point.position)"
        )
      }
    }
    backup = chosen
    let route: LogRoute?
    if let archive { route = try LogRoute(in: archive, from: chosen) } else { route = nil }
    warnings += route?.warnings ?? []
    if let archive = route?.archive, let gap = LogGap(in: archive, from: chosen) {
      let isInTheWay: Bool
      switch target {
      case .latest: isInTheWay = false
      case .time(let moment): isInTheWay = gap.lastGoodAt.map { moment > $0 } ?? true
      case .position, .name: isInTheWay = targetPosition.map { $0 > gap.end } ?? true
      }
      if isInTheWay {
        throw UnreachableTarget(
          "the archived log has a gap before \(target)", detail: [gap.words],
          hint: "It can be recovered up to LSN \(gap.end): --to-lsn \(gap.end).")
      }
      warnings.append(gap.words)
    }
    self.warnings = warnings
  }

  private static func backup(
    before position: LogPosition, named name: String, among candidates: [PhysicalBackup], archive: LogArchive?
  ) throws(UnreachableTarget) -> (PhysicalBackup, String) {
    if let archive {
      let end = candidates.compactMap(\.firstSegment).compactMap { archive.end(ofTimeline: $0.timeline) }
        .max()
      let newer = archive.segments.keys.map { $0.next(byteCount: archive.segmentByteCount) }
        .map { $0.start(byteCount: archive.segmentByteCount) }.max()
      if let last = [end, newer].compactMap(\.self).max(), position > last {
        throw UnreachableTarget(
          "the archived log ends before \(name)", detail: ["it ends at LSN \(last)"],
          hint: "Name an earlier target, or none: then everything that was archived is recovered.")
      }
    }
    guard let fitting = candidates.last(where: { $0.stop.map { $0 <= position } ?? false }) else {
      guard let oldest = candidates.first else { throw UnreachableTarget("there is no backup") }
      throw tooEarly(oldest, target: name)
    }
    return (fitting, "the newest backup that ended before \(name)")
  }

  private static func tooEarly(_ oldest: PhysicalBackup, target: String) -> UnreachableTarget {
    var detail = ["\(oldest.label) is usable from its end on"]
    if let time = oldest.finishedAt { detail[0] += ", \(text(time))" }
    if let stop = oldest.stop { detail[0] += ", LSN \(stop)" }
    return UnreachableTarget(
      "no backup ended before \(target)", detail: detail,
      hint: "Name a later target, or fetch an older backup into the repository.")
  }

  private static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}

/// A target that nothing there is leads to.
package struct UnreachableTarget: Error, Hashable {
  /// One line, lower case.
  package var message: String
  package var detail: [String]
  /// A sentence.
  package var hint: String?

  package init(_ message: String, detail: [String] = [], hint: String? = nil) {
    self.message = message
    self.detail = detail
    self.hint = hint
  }
}

/// A piece of archived log that is missing although later ones are there.
package struct LogGap: Hashable, Sendable {
  package var firstMissing: LogSegment
  package var missingCount: Int
  /// How far the log is whole.
  package var end: LogPosition
  /// When the last segment before it was archived.
  package var lastGoodAt: Date?

  /// The first gap in the log a backup needs; `nil` when all that was archived follows without one.
  ///
  /// A number counts as there when it is there on any timeline from the backup's on: which of them recovery follows is
  /// PostgreSQL's to decide.
  package init?(in archive: LogArchive, from backup: PhysicalBackup) {
    guard let first = backup.firstSegment else { return nil }
    let size = archive.segmentByteCount
    let there = Dictionary(
      archive.segments.filter { $0.key.timeline >= first.timeline }
        .map { (LogSegment(timeline: 0, log: $0.key.log, part: $0.key.part), $0.value) },
      uniquingKeysWith: max)
    guard let last = there.keys.max() else { return nil }
    var next = LogSegment(timeline: 0, log: first.log, part: first.part)
    var before: LogSegment?
    while there[next] != nil {
      before = next
      next = next.next(byteCount: size)
    }
    guard next < last else { return nil }
    var missing = 0
    var walk = next
    while walk < last, there[walk] == nil {
      missing += 1
      walk = walk.next(byteCount: size)
    }
    firstMissing = LogSegment(timeline: first.timeline, log: next.log, part: next.part)
    missingCount = missing
    end = next.start(byteCount: size)
    lastGoodAt = before.flatMap { there[$0] }
  }

  /// The gap in one line.
  package var words: String {
    "of the log after the backup, \(missingCount == 1 ? "the segment" : "\(missingCount) segments from") "
      + "\(firstMissing)\(missingCount == 1 ? "" : " on") \(missingCount == 1 ? "is" : "are") missing: "
      + "nothing after LSN \(end) can be recovered"
  }
}
