import Foundation
import SchemaModel

/// Promises about backups, and which of them are not kept.
package struct BackupObjectives: Hashable, Sendable {
  /// How old the newest backup of each source may be.
  package var backupAge: Duration?
  /// How long ago a drill may have proven one of them last.
  package var drillAge: Duration?

  package init(backupAge: Duration?, drillAge: Duration?) {
    self.backupAge = backupAge
    self.drillAge = drillAge
  }

  /// What is not kept, each in one line.
  package func breaches(of backups: [CatalogedBackup], now: Date) -> [String] {
    guard !backups.isEmpty else {
      return backupAge == nil ? [] : ["there is no backup at all"]
    }
    return Set(backups.filter { $0.damage == nil }.map(\.source)).sorted().flatMap { source in
      let own = backups.filter { $0.source == source && $0.isUsable }
      return [age(own, of: source, now: now), proof(own, of: source, now: now)].compactMap(\.self)
    }
  }

  private func age(_ own: [CatalogedBackup], of source: String, now: Date) -> String? {
    guard let limit = backupAge else { return nil }
    guard let newest = own.compactMap(\.moment).max() else { return "no backup of \(source) can be used" }
    let age = now.timeIntervalSince(newest)
    guard age > Double(limit.components.seconds) else { return nil }
    return
      "the newest backup of \(source) is \(Self.words(age)) old, and may be \(Self.words(Double(limit.components.seconds)))"
  }

  private func proof(_ own: [CatalogedBackup], of source: String, now: Date) -> String? {
    guard let limit = drillAge else { return nil }
    guard let last = own.filter(\.isProven).compactMap({ $0.lastDrill?.startedAt }).max() else {
      return "no drill has proven a backup of \(source)"
    }
    let age = now.timeIntervalSince(last)
    guard age > Double(limit.components.seconds) else { return nil }
    return
      "the last proof of a backup of \(source) is \(Self.words(age)) old, and may be \(Self.words(Double(limit.components.seconds)))"
  }

  private static func words(_ seconds: Double) -> String {
    let hours = Int(seconds / 3600)
    switch hours {
    case 48...: return "\(hours / 24) days"
    case 1...: return "\(hours) h"
    case _: return "\(Int(seconds / 60)) min"
    }
  }
}
