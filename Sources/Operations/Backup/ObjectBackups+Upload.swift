import Engines
import Foundation
import SchemaModel

extension ObjectBackups {
  /// Finds an id that no other backup has or is being given, and leaves a note that it is taken.
  ///
  /// Of two runs that want one id at one moment, both see the other's note, and both take another id.
  func claim(_ stem: String, at time: Date) throws -> StoreClaim {
    var name = stem
    while true {
      try Interruption.check()
      let claim = StoreClaim(on: name, at: time)
      try write(claim, as: .uploads)
      let look = try look(at: name)
      let others = look.uploads.filter { $0.backup == name && $0.token != claim.token }
      if others.isEmpty, !look.ids.contains(name), !look.removedIDs.contains(name) { return claim }
      try storage.remove(Notes.uploads.path(of: claim.name))
      name = "\(stem)-\(claim.token.prefix(4))"
    }
  }

  /// Uploads a folder as the backup of that claim, its manifest last.
  func upload(
    _ folder: String, as claim: StoreClaim, now: @escaping @Sendable () -> Date,
    told: @escaping (_ done: Int, _ total: Int) -> Void
  ) throws {
    func undo() throws { try storage.remove(allBelow: claim.backup, isCleanup: true) }
    try holding(claim, as: .uploads, now: now, undo: undo) { renew in
      try storage.put(folder, at: claim.backup, except: [StoredBackup.manifestName]) { done, total in
        told(done, total)
        try renew()
      }
      try storage.put(
        file: "\(folder)/\(StoredBackup.manifestName)", at: "\(claim.backup)/\(StoredBackup.manifestName)")
    }
  }

  /// Removes what killed runs have left: uploads without a manifest, removals that were begun, notes of nobody.
  ///
  /// - Returns: the ids of what was removed, sorted.
  func removeLeftovers(at time: Date) throws -> [String] {
    let look = try look()
    var removed: [String] = []
    for id in look.removedIDs
    where !look.readers.contains(where: { $0.backup == id && !$0.isStale(at: time) }) {
      try storage.remove(allBelow: id)
      removed.append(id)
    }
    for claim in look.uploads where claim.isStale(at: time) {
      let isShared = look.uploads.contains { $0.backup == claim.backup && !$0.isStale(at: time) }
      if !look.ids.contains(claim.backup), !isShared, !removed.contains(claim.backup) {
        try storage.remove(allBelow: claim.backup)
        removed.append(claim.backup)
      }
      try storage.remove(Notes.uploads.path(of: claim.name))
    }
    for claim in look.readers where claim.isStale(at: time) {
      try storage.remove(Notes.readers.path(of: claim.name))
    }
    return removed.sorted()
  }

  /// Removes a backup; false while anybody fetches it.
  ///
  /// It loses its manifest first, so that nothing half removed looks like a backup; then notes of readers are looked for, who write
  /// theirs before they look for the manifest.
  func remove(_ id: String, at time: Date) throws -> Bool {
    let manifest = "\(id)/\(StoredBackup.manifestName)"
    let aside = "\(id)/\(Self.removedName)"
    try storage.move(manifest, to: aside)
    let look = try look(at: id)
    guard !look.readers.contains(where: { $0.backup == id && !$0.isStale(at: time) }) else {
      try storage.move(aside, to: manifest)
      return false
    }
    try storage.remove(allBelow: id)
    return true
  }
}
