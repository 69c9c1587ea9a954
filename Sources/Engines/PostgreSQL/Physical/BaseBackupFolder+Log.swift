import FoundationEssentials
import Glibc
import SchemaModel

/// The log a folder of pg_basebackup is recovered with: its own, and what is archived beside it.
extension BaseBackupFolder {
  package func archive() throws(EngineError) -> LogArchive? {
    guard let logFolder else { return nil }
    var archive = try logFolder.archive()
    let backup = try backups().first
    // What the backup has itself is no gap, even if the archive no longer reaches back that far.
    for segment in ownSegments(of: backup, byteCount: archive.segmentByteCount)
    where archive.segments[segment] == nil {
      archive.segments[segment] = backup?.finishedAt ?? .distantPast
    }
    return archive
  }

  package func restorePoints(
    named name: String, from start: LogPosition
  ) throws(EngineError) -> [RestorePoint] {
    guard let logFolder, let major = try backups().first?.serverMajorVersion else { return [] }
    let files = try logFolder.files()
    var archive = try logFolder.archive()
    archive.segments = archive.segments.filter { files[$0.key] != nil }
    return try RestorePointSearch(archive: archive, binaries: try ServerBinaries.exactly(major)) {
      (segment, destination) throws(EngineError) in
      guard let file = files[segment] else { return }
      try logFolder.fetch(file, to: destination)
    }.points(named: name, from: start)
  }

  package func restoreCommand(at place: DataPlace) -> String? { logFolder?.restoreCommand }

  /// With what the archive knows of it, and what follows from the size of a segment there.
  ///
  /// - Throws: `EngineError` of kind `refused` when the archive is another server's.
  func completed(_ backup: PhysicalBackup, timeline: UInt32) throws(EngineError) -> PhysicalBackup {
    var backup = backup
    let header = try logFolder?.header()
    if let logFolder, let other = header?.systemIdentifier, let own = backup.systemIdentifier, own != other {
      throw EngineError(
        .refused, "the archived log is of another server than the backup",
        detail: ["the backup is of server \(own)", "\(logFolder.path) is of server \(other)"],
        hint: "Name the folder that the archive_command of the backup's server copies to with --wal-archive.")
    }
    if let start = backup.start {
      backup.firstSegment = LogSegment(
        of: start, timeline: timeline, byteCount: header?.segmentByteCount ?? 16 << 20)
      if let end = try logFolder?.end(ofBackupAt: start) {
        backup.stop = backup.stop ?? end.position
        // A copied manifest is younger than the backup.
        backup.finishedAt = Self.time(end.time) ?? backup.finishedAt
      }
    }
    return backup
  }

  /// The segments in the `pg_wal` of a data directory.
  static func ownSegments(in folder: String) -> [LogSegment] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/pg_wal")) ?? [])
      .filter { $0.utf8.count == 24 }.compactMap { LogSegment(fileName: $0) }
  }

  private func ownSegments(of backup: PhysicalBackup?, byteCount: UInt64) -> [LogSegment] {
    switch form {
    case .plain: return Self.ownSegments(in: path)
    case .tar:
      guard Self.endings.contains(where: { access("\(path)/pg_wal.tar\($0)", F_OK) == 0 }),
        let stop = backup?.stop, var segment = backup?.firstSegment
      else { return [] }
      var segments: [LogSegment] = []
      while segment.start(byteCount: byteCount) < stop {
        segments.append(segment)
        segment = segment.next(byteCount: byteCount)
      }
      return segments
    }
  }
}
