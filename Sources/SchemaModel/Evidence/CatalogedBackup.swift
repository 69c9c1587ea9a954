import Foundation

/// A backup as the catalog lists it, whichever program took it and wherever it is.
package struct CatalogedBackup: Hashable, Sendable {
  /// What kind of backup it is.
  package enum Kind: Hashable, Sendable {
    /// An archive of rows with its manifest.
    case logical
    /// A folder of pg_basebackup.
    case baseBackup
    case pgBackRest(PhysicalBackup.Kind)

    /// In words.
    package var label: String {
      switch self {
      case .logical: "rows"
      case .baseBackup: "files"
      case .pgBackRest(let kind): "files, \(kind.rawValue)"
      }
    }
  }

  /// What the ledger knows it by.
  package var id: String
  package var kind: Kind
  /// The store or stanza it is in.
  package var place: String
  /// Its folder; `nil` when another program keeps it.
  package var folder: String?
  /// What it is a backup of: backups of the same source replace one another.
  package var source: String
  package var engine: DatabaseEngine = .postgreSQL
  package var database: String?
  package var startedAt: Date?
  package var finishedAt: Date?
  package var rowCount: Int?
  /// What it restores to.
  package var byteCount: Int
  /// What it takes where it is.
  package var storedByteCount: Int
  /// Of the structure, or of each database's structure once a drill has seen them.
  package var fingerprint: String?
  /// Its newest drill.
  package var lastDrill: DrillRecord?
  /// Backups it cannot be restored without.
  package var references: [String] = []
  /// Whether a drill or restore reads it now.
  package var isInUse = false
  /// Why somebody keeps it; `nil` when nobody does.
  package var pin: String?
  /// Why it cannot be used; `nil` when nothing is known against it.
  package var damage: String?

  package init(
    id: String, kind: Kind, place: String, source: String, byteCount: Int, storedByteCount: Int
  ) {
    self.id = id
    self.kind = kind
    self.place = place
    self.source = source
    self.byteCount = byteCount
    self.storedByteCount = storedByteCount
  }

  /// When it stands for: a backup is as old as the moment it holds.
  package var moment: Date? {
    switch kind {
    // Rows are of the moment the backup began, files of the moment it ended.
    case .logical: startedAt
    case .baseBackup, .pgBackRest: finishedAt ?? startedAt
    }
  }

  /// Whether its last drill brought everything back.
  package var isProven: Bool {
    switch lastDrill?.verdict {
    case .proven, .provenWithFindings: true
    case .failed, nil: false
    }
  }

  /// Whether it may be relied on as far as anybody knows.
  package var isUsable: Bool { damage == nil && lastDrill?.verdict != .failed }
}
