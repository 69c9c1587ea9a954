import Analysis
import Engines
import Foundation
import SchemaModel

/// Removes the backups that no rule keeps.
package struct Prune {
  private let retention: Retention
  private let stanzas: [PgBackRest]
  private let stores: [BackupStore]
  private let pins: BackupPins
  private let now: @Sendable () -> Date

  /// - Parameter retention: from a catalog that was read just now.
  package init(
    _ retention: Retention, stores: [BackupStore], stanzas: [PgBackRest], pins: BackupPins,
    now: @escaping @Sendable () -> Date
  ) {
    self.retention = retention
    self.stores = stores
    self.stanzas = stanzas
    self.pins = pins
    self.now = now
  }

  /// What was done with one backup that was to go.
  package enum Outcome: Hashable, Sendable {
    case removed
    /// It stays for this reason after all.
    case kept(String)
  }

  /// Removes them, those of pgBackRest by its own `expire`; what came of each.
  package func run() throws -> [(backup: CatalogedBackup, outcome: Outcome)] {
    var outcomes: [(backup: CatalogedBackup, outcome: Outcome)] = []
    // Dependent backups first: pgBackRest would take them along without asking whether they are in use.
    let leaving = retention.decisions.filter(\.mayGo).map(\.backup).sorted {
      ($0.references.count, $0.moment ?? .distantPast) > ($1.references.count, $1.moment ?? .distantPast)
    }
    for backup in leaving {
      try Interruption.check()
      outcomes.append((backup, try remove(backup)))
    }
    return outcomes
  }

  /// Removes what killed runs have left in object storage; the places of what was removed.
  ///
  /// What they have left in a folder goes with the next backup into it.
  package func removeLeftovers() throws -> [String] {
    try stores.flatMap { store in
      try store.objects()?.removeLeftovers(at: now()).map { "\(store.path)/\($0)" } ?? []
    }
  }

  private func remove(_ backup: CatalogedBackup) throws -> Outcome {
    if backup.folder == nil, let store = stores.first(where: { $0.path == backup.place }),
      let objects = try store.objects()
    {
      do {
        return try objects.remove(backup.id, at: now()) ? .removed : .kept("it is in use now")
      } catch let error as EngineError where error.kind != .interrupted {
        return .kept(error.message)
      }
    }
    let lock = backup.folder ?? pins.lockFile(for: backup.id)
    guard let hold = BackupHold.exclusive(lock) else { return .kept("it is in use now") }
    return try withExtendedLifetime(hold) { _ in
      if let folder = backup.folder { return try remove(folder: folder) }
      guard let stanza = stanzas.first(where: { $0.displayName == backup.place }) else {
        return .kept("its program is not known here")
      }
      let label = String(backup.id.dropFirst(stanza.displayName.count + 1))
      do throws(EngineError) {
        try stanza.expire(label)
      } catch {
        guard error.kind != .interrupted else { throw error }
        return .kept(error.message)
      }
      return .removed
    }
  }

  /// Takes its name away first, so that nothing half removed looks like a backup; a later run removes what is left.
  private func remove(folder: String) throws -> Outcome {
    let parent = (folder as NSString).deletingLastPathComponent
    let aside = "\(parent)/.\((folder as NSString).lastPathComponent).partial"
    do {
      try DurableFile.rename(folder, to: aside)
    } catch let error as EngineError {
      return .kept(([error.message] + error.detail).joined(separator: ": "))
    }
    try? FileManager.default.removeItem(atPath: aside)
    return .removed
  }
}
