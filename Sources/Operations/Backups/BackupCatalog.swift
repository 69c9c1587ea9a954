import Engines
import Foundation
import SchemaModel
import SchemaText

/// Every backup of every place: archives of rows and folders of pg_basebackup in a store, and stanzas of pgBackRest.
package struct BackupCatalog {
  private let stores: [BackupStore]
  private let stanzas: [PgBackRest]
  private let drills: [String: DrillRecord]
  private let now: @Sendable () -> Date
  /// Where pins are.
  private let pins: BackupPins

  /// - Parameters:
  ///   - stores: the folders, that of new backups first.
  ///   - drills: the newest drill of each backup, by its id.
  package init(
    stores: [BackupStore], stanzas: [PgBackRest], drills: [String: DrillRecord],
    now: @escaping @Sendable () -> Date
  ) {
    self.now = now
    self.stores = stores
    self.stanzas = stanzas
    self.drills = drills
    pins = BackupPins(of: stores.first ?? BackupStore(path: "backups"))
  }

  /// Everything, place by place, oldest first; and places that could not be looked into.
  package func entries() throws -> (backups: [CatalogedBackup], troubles: [EngineError]) {
    var backups: [CatalogedBackup] = []
    var troubles: [EngineError] = []
    for (place, store) in stores.enumerated() {
      do {
        backups += try entries(of: store)
      } catch let error as EngineError where place > 0 && error.kind != .interrupted {
        // The first also holds the pins: without them nothing is said at all.
        troubles.append(error)
      }
    }
    for stanza in stanzas {
      do throws(EngineError) {
        backups += try entries(of: stanza)
      } catch {
        if error.kind == .interrupted { throw error }
        troubles.append(error.during(stanza.displayName))
      }
    }
    let pins = try pins.reasons()
    return (backups.map { completed($0, pins: pins) }, troubles)
  }

  private func entries(of store: BackupStore) throws -> [CatalogedBackup] {
    if let objects = try store.objects() { return try entries(of: objects, in: store) }
    let logical = try store.folders().map { path, entry in
      switch entry {
      case .damaged(let id, let reason):
        var backup = CatalogedBackup(
          id: id, kind: .logical, place: store.path, source: "", byteCount: 0, storedByteCount: 0)
        backup.damage = reason
        backup.folder = path
        return backup
      case .backup(let manifest): return Self.entry(manifest, path: path, in: store)
      }
    }
    return (logical + baseBackups(of: store)).inOrder
  }

  /// Those in object storage, and which of them somebody fetches now.
  private func entries(of objects: ObjectBackups, in store: BackupStore) throws -> [CatalogedBackup] {
    let look = try objects.look()
    let time = now()
    let readers = Set(look.readers.filter { !$0.isStale(at: time) }.map(\.backup))
    return look.ids.map { id in
      var backup: CatalogedBackup
      switch BackupStore.entry(of: look.folder(of: id), named: id) {
      case .damaged(_, let reason):
        backup = CatalogedBackup(
          id: id, kind: .logical, place: store.path, source: "", byteCount: 0, storedByteCount: 0)
        backup.damage = reason
      case .backup(let manifest): backup = Self.entry(manifest, path: nil, in: store)
      }
      backup.isInUse = readers.contains(id)
      return backup
    }.inOrder
  }

  private static func entry(
    _ manifest: BackupManifest, path: String?, in store: BackupStore
  ) -> CatalogedBackup {
    var backup = CatalogedBackup(
      id: manifest.id, kind: .logical, place: store.path, source: "\(manifest.source) \(manifest.database)",
      byteCount: manifest.byteCount, storedByteCount: manifest.storedByteCount)
    backup.folder = path
    backup.engine = manifest.engine
    backup.database = manifest.database
    backup.startedAt = manifest.startedAt
    backup.finishedAt = manifest.finishedAt
    backup.rowCount = manifest.rowCount
    backup.fingerprint = manifest.schemaFingerprint
    return backup
  }

  private func baseBackups(of store: BackupStore) -> [CatalogedBackup] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: store.path)) ?? []
    return names.filter { !$0.hasPrefix(".") && !StoredBackup.isOne("\(store.path)/\($0)") }.compactMap {
      name in
      guard let folder = BaseBackupFolder("\(store.path)/\(name)") else { return nil }
      var backup = CatalogedBackup(
        id: name, kind: .baseBackup, place: store.path, source: "files", byteCount: 0, storedByteCount: 0)
      do throws(EngineError) {
        if let found = try folder.backups().first {
          backup.take(found)
          // One whose server is not known stands for itself: nothing may be taken for its successor.
          backup.source = found.systemIdentifier.map { "files of server \($0)" } ?? "files in \(name)"
        }
      } catch {
        backup.damage = error.message
      }
      backup.folder = "\(store.path)/\(name)"
      return backup
    }
  }

  private func entries(of stanza: PgBackRest) throws(EngineError) -> [CatalogedBackup] {
    try stanza.backups().map { found in
      var backup = CatalogedBackup(
        id: stanza.identifier(of: found), kind: .pgBackRest(found.kind), place: stanza.displayName,
        source: stanza.displayName, byteCount: found.byteCount, storedByteCount: found.storedByteCount)
      backup.take(found)
      backup.references = found.references.map { "\(stanza.displayName)/\($0)" }
      if found.hasPageErrors { backup.damage = "pages failed their checksum while it was taken" }
      return backup
    }
  }

  /// With what is known of it elsewhere: drills, pins, locks.
  private func completed(_ backup: CatalogedBackup, pins reasons: [String: String]) -> CatalogedBackup {
    var backup = backup
    backup.lastDrill = drills[backup.id]
    if backup.fingerprint == nil, let found = backup.lastDrill?.fingerprints, found.count == 1 {
      backup.fingerprint = found.values.first
    }
    if let database = backup.lastDrill?.database, backup.database == nil { backup.database = database }
    backup.pin = reasons[BackupPins.fileName(of: backup.id)]
    switch backup.kind {
    // In object storage there are notes, which have been read.
    case .logical where backup.folder == nil: break
    case .logical, .baseBackup, .pgBackRest:
      backup.isInUse = BackupHold.exclusive(backup.folder ?? pins.lockFile(for: backup.id)) == nil
    }
    return backup
  }
}

extension [CatalogedBackup] {
  /// Those that can be used first, the oldest of them first.
  fileprivate var inOrder: [CatalogedBackup] {
    sorted {
      ($0.damage == nil ? 0 : 1, $0.startedAt ?? .distantPast, $0.id)
        < ($1.damage == nil ? 0 : 1, $1.startedAt ?? .distantPast, $1.id)
    }
  }
}

extension CatalogedBackup {
  /// Takes over what the program that took it tells.
  fileprivate mutating func take(_ found: PhysicalBackup) {
    startedAt = found.startedAt
    finishedAt = found.finishedAt
    byteCount = found.byteCount
    storedByteCount = found.storedByteCount
  }
}
