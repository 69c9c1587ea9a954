import Foundation
import SchemaModel

/// Which backups may go, and why the others stay.
package struct Retention: Hashable, Sendable {
  /// What is decided of one backup.
  package struct Decision: Hashable, Sendable {
    package var backup: CatalogedBackup
    /// Why it stays, each in a few words; empty when it may go.
    package var reasons: [String]

    package var mayGo: Bool { reasons.isEmpty }
  }

  /// In the order the backups were given in.
  package let decisions: [Decision]

  /// Judges backups by rules; whatever the rules are, of each source the newest and the last proven one stay, and all that is in use,
  /// pinned, needed by another, or that nobody can judge.
  package init(of backups: [CatalogedBackup], by rules: RetentionRules, now: Date) {
    var reasons: [String: [String]] = [:]
    for source in Set(backups.map(\.source)) {
      let own = backups.filter { $0.source == source }
      let newestFirst = own.filter { $0.damage == nil && $0.moment != nil }
        .sorted { ($0.moment ?? .distantPast, $0.id) > ($1.moment ?? .distantPast, $1.id) }
      let judged = newestFirst.filter(\.isUsable)
      if let newest = newestFirst.first { reasons[newest.id, default: []].append("the newest") }
      // A failed drill may have failed for a reason of its own, but what replaces that backup must be a good one.
      if let newest = judged.first, newest.id != newestFirst.first?.id {
        reasons[newest.id, default: []].append("the newest that did not fail its drill")
      }
      if let proven = judged.first(where: \.isProven) {
        reasons[proven.id, default: []].append("the last proven")
      }
      for (backup, why) in Self.kept(judged, by: rules, now: now) {
        reasons[backup.id, default: []].append(why)
      }
      for backup in own {
        if backup.isInUse { reasons[backup.id, default: []].append("in use") }
        if let pin = backup.pin {
          reasons[backup.id, default: []].append(pin.isEmpty ? "pinned" : "pinned: \(pin)")
        }
        if backup.damage != nil {
          reasons[backup.id, default: []].append("damaged: look at it, and remove it by hand")
        }
        if backup.moment == nil, backup.damage == nil {
          reasons[backup.id, default: []].append("its age is not known")
        }
      }
    }
    // What stays keeps what it builds on; and what builds on something goes with it, so a full backup waits for its last.
    let byID = Dictionary(backups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for backup in backups where reasons[backup.id] != nil {
      for needed in backup.references where byID[needed] != nil {
        if reasons[needed]?.contains(where: { $0.hasPrefix("needed by") }) != true {
          reasons[needed, default: []].append("needed by \(backup.id)")
        }
      }
    }
    decisions = backups.map { Decision(backup: $0, reasons: reasons[$0.id] ?? []) }
  }

  /// Those that a rule keeps, and which.
  private static func kept(
    _ newestFirst: [CatalogedBackup], by rules: RetentionRules, now: Date
  ) -> [(CatalogedBackup, String)] {
    let young = newestFirst.filter { backup in
      guard let greatest = rules.greatestAge, let moment = backup.moment else { return true }
      return now.timeIntervalSince(moment) <= Double(greatest.components.seconds)
    }
    var kept: [(CatalogedBackup, String)] = []
    if let last = rules.last { kept += young.prefix(last).map { ($0, "one of the last \(last)") } }
    let periods: [(count: Int?, name: String, parts: Set<Calendar.Component>)] = [
      (rules.daily, "daily", [.year, .month, .day]),
      (rules.weekly, "weekly", [.yearForWeekOfYear, .weekOfYear]),
      (rules.monthly, "monthly", [.year, .month]),
    ]
    for period in periods {
      guard let count = period.count else { continue }
      var seen: [DateComponents] = []
      for backup in young {
        guard let moment = backup.moment else { continue }
        let key = calendar.dateComponents(period.parts, from: moment)
        guard !seen.contains(key) else { continue }
        guard seen.count < count else { break }
        seen.append(key)
        kept.append((backup, period.name))
      }
    }
    let counts = [rules.last, rules.daily, rules.weekly, rules.monthly]
    if counts.allSatisfy({ $0 == nil }) { kept += young.map { ($0, "young enough") } }
    return kept
  }

  /// UTC, so that the same backups are judged alike wherever that is done; weeks begin on Monday.
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()
}
