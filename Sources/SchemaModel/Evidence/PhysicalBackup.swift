import Foundation

/// A copy of a server's files, as the program that took it tells of it.
package struct PhysicalBackup: Hashable, Sendable {
  /// What it holds by itself.
  package enum Kind: String, Hashable, Sendable {
    case full
    /// What changed since the last full one.
    case differential
    /// What changed since the last one of any kind.
    case incremental
  }

  /// The name its program knows it by: a label of pgBackRest, a folder.
  package var label: String
  package var kind: Kind
  package var startedAt: Date?
  package var finishedAt: Date?
  /// Where in the log recovery begins.
  package var start: LogPosition?
  /// From where on the files are consistent.
  package var stop: LogPosition?
  /// The first segment of the log it needs.
  package var firstSegment: LogSegment?
  /// The major version of the server it was taken from.
  package var serverMajorVersion: Int
  /// `pg_control`'s system identifier.
  package var systemIdentifier: String?
  /// The size of the files it restores.
  package var byteCount: Int
  /// What it takes where it is stored, without the backups it builds on.
  package var storedByteCount: Int
  /// The backups it cannot be restored without.
  package var references: [String] = []
  /// The number of the repository that holds it, where its program keeps several; `nil` where there is only one place.
  package var repository: Int?
  /// Whether pages failed their checksum while it was taken.
  package var hasPageErrors = false

  package init(
    label: String, kind: Kind, serverMajorVersion: Int, byteCount: Int, storedByteCount: Int
  ) {
    self.label = label
    self.kind = kind
    self.serverMajorVersion = serverMajorVersion
    self.byteCount = byteCount
    self.storedByteCount = storedByteCount
  }
}

/// The segments of the log that are archived, each with when it came there.
package struct LogArchive: Hashable, Sendable {
  /// A timeline that was left for another.
  package struct Branch: Hashable, Sendable {
    package var timeline: UInt32
    /// Where it was left.
    package var end: LogPosition

    package init(timeline: UInt32, end: LogPosition) {
      self.timeline = timeline
      self.end = end
    }
  }

  package var segmentByteCount: UInt64
  package var segments: [LogSegment: Date]
  /// The ancestors of each timeline, the oldest first, by its number.
  ///
  /// `nil` when the histories were not read.
  package var histories: [UInt32: [Branch]]?

  package init(segmentByteCount: UInt64, segments: [LogSegment: Date]) {
    self.segmentByteCount = segmentByteCount
    self.segments = segments
  }

  /// When the last segment was archived: nothing later can be recovered.
  package var lastArchivedAt: Date? { segments.values.max() }

  /// The end of the last segment of a timeline.
  package func end(ofTimeline timeline: UInt32) -> LogPosition? {
    segments.keys.filter { $0.timeline == timeline }.max()?
      .next(byteCount: segmentByteCount).start(byteCount: segmentByteCount)
  }
}
