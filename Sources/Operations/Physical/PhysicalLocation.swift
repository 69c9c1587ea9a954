import Analysis
import Engines
import Foundation
import SchemaModel

/// Where a physical backup is, as it is typed: `pgbackrest:STANZA`, `pgbackrest:STANZA/LABEL`, or a folder of pg_basebackup.
package struct PhysicalLocation: Sendable {
  package let provider: any PhysicalProvider
  /// The backup that was named; `nil` leaves the choice to the target.
  package let label: String?
  private let pins: BackupPins

  /// Whether a location speaks of a physical backup; a folder does when it holds a server's files.
  package static func isOne(_ text: String, in store: BackupStore) -> Bool {
    text.hasPrefix(prefix) || folder(text, in: store) != nil
  }

  /// Reads a location.
  ///
  /// - Parameters:
  ///   - configuration: the configuration file of pgBackRest; `nil` for its own default.
  ///   - logFolder: where the log of a folder's server is archived; `nil` when the backup has only its own.
  package init(
    _ text: String, in store: BackupStore, configuration: String?, logFolder: String? = nil
  ) throws {
    pins = BackupPins(of: store)
    if text.hasPrefix(Self.prefix) {
      let parts = text.dropFirst(Self.prefix.count).split(
        separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let stanza = parts.first, !stanza.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else {
        throw OperationError(
          "'\(text)' names no stanza",
          hint: "Write pgbackrest:STANZA, or pgbackrest:STANZA/LABEL for one backup.")
      }
      provider = PgBackRest(stanza: String(stanza), configuration: configuration)
      label = parts.count > 1 ? String(parts[1]) : nil
      return
    }
    guard let folder = Self.folder(text, in: store) else {
      throw OperationError(
        "there is no physical backup '\(text)'", hint: "Name a folder of pg_basebackup, or pgbackrest:STANZA."
      )
    }
    provider =
      try logFolder.map { path in
        BaseBackupFolder(folder.path, logFolder: try LogFolder(path)) ?? folder
      } ?? folder
    label = nil
  }

  /// The folder of pg_basebackup that a text names, with its absolute path; `nil` when it is something else.
  package static func path(ofFolder text: String, in store: BackupStore) -> String? {
    folder(text, in: store)?.path
  }

  /// Another place with the same programs and pins.
  init(_ provider: any PhysicalProvider, label: String?, like other: PhysicalLocation) {
    self.provider = provider
    self.label = label
    pins = other.pins
  }

  private static let prefix = "pgbackrest:"

  private static func folder(_ text: String, in store: BackupStore) -> BaseBackupFolder? {
    guard !text.contains(":") || FileManager.default.fileExists(atPath: text) else { return nil }
    return [text, "\(store.path)/\(text)"].lazy
      .filter { !StoredBackup.isOne($0) }.compactMap { BaseBackupFolder($0) }.first
  }

  /// Keeps the backup, and what it is built on, from being removed while it is read.
  func hold(_ backup: PhysicalBackup) throws -> BackupHold {
    if let folder = provider as? BaseBackupFolder { return try BackupHold(folder: folder.path) }
    var parts = [backup]
    parts += backup.references.map { label in
      var part = backup
      part.label = label
      return part
    }
    return try BackupHold(parts.map(provider.identifier), in: pins)
  }

  /// Decides what is restored for a target.
  ///
  /// - Throws: ``OperationError`` when nothing there is leads to the target.
  package func plan(for target: RecoveryTarget) throws -> RecoveryPlan {
    let backups = try provider.backups()
    let archive = try provider.archive()
    if archive == nil, target != .latest {
      throw OperationError(
        "\(provider.displayName) can only be recovered to its own end",
        detail: ["it has no archive of later log"],
        hint:
          "Name the folder that archive_command copies to with --wal-archive, use pgBackRest, or leave the target out."
      )
    }
    do {
      var points: [RestorePoint] = []
      if case .name(let name) = target, let start = backups.compactMap(\.start).min() {
        points = try provider.restorePoints(named: name, from: start)
      }
      return try RecoveryPlan(
        for: target, among: backups, label: label, archive: archive, restorePoints: points)
    } catch let error as UnreachableTarget {
      throw OperationError(error.message, detail: error.detail, hint: error.hint)
    }
  }
}
