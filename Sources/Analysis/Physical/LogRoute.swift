import SchemaModel

/// The timelines that recovery follows from a backup on, as PostgreSQL chooses them (`recovery_target_timeline = 'latest'`).
package struct LogRoute: Hashable, Sendable {
  /// The timeline at its end.
  package var timeline: UInt32
  /// The segments of the archive that are on the way.
  package var archive: LogArchive
  /// What is archived and cannot be reached.
  package var warnings: [String] = []

  /// - Throws: ``UnreachableTarget`` when the newest timeline does not come from the backup.
  package init(in archive: LogArchive, from backup: PhysicalBackup) throws(UnreachableTarget) {
    guard let first = backup.firstSegment, let histories = archive.histories else {
      timeline = backup.firstSegment?.timeline ?? 1
      self.archive = archive
      return
    }
    // It looks for one history after the other, and takes the last before the first that is missing.
    var newest = first.timeline
    while histories[newest + 1] != nil { newest += 1 }
    timeline = newest
    let branches = newest == first.timeline ? [] : histories[newest] ?? []
    if newest != first.timeline {
      let left = branches.first { $0.timeline == first.timeline }
      guard let left, left.end >= backup.stop ?? backup.start ?? left.end else {
        throw UnreachableTarget(
          "the newest timeline, \(newest), does not come from the backup \(backup.label)",
          detail: [
            left.map { "it left timeline \(first.timeline) at LSN \($0.end), before the backup ended" }
              ?? "timeline \(first.timeline), of the backup, is none of its ancestors"
          ],
          hint:
            "Use a backup of the newer timeline, or keep newer histories out of the folder it is recovered from."
        )
      }
    }
    let size = archive.segmentByteCount
    func segment(of position: LogPosition) -> LogSegment {
      LogSegment(of: position, timeline: 0, byteCount: size)
    }
    func number(_ segment: LogSegment) -> LogSegment {
      LogSegment(timeline: 0, log: segment.log, part: segment.part)
    }
    var spans: [UInt32: ClosedRange<LogSegment>] = [:]
    let end = LogSegment(timeline: 0, log: .max, part: .max)
    var begin = LogSegment(timeline: 0, log: 0, part: 0)
    for branch in branches {
      let last = segment(of: branch.end)
      spans[branch.timeline] = begin...max(begin, last)
      begin = max(begin, last)
    }
    spans[newest] = begin...end
    self.archive = archive
    self.archive.segments = archive.segments.filter {
      spans[$0.key.timeline]?.contains(number($0.key)) == true
    }
    let lost = Set(archive.segments.keys.map(\.timeline)).filter { $0 > newest }.sorted()
    warnings = lost.map { timeline in
      let name = LogSegment(timeline: timeline, log: 0, part: 0).description.prefix(8)
      let missing = (newest + 1...timeline).first { histories[$0] == nil } ?? timeline
      let history = LogSegment(timeline: missing, log: 0, part: 0).description.prefix(8)
      return
        "log of timeline \(name) is archived, and cannot be followed: the history file \(history).history is missing"
    }
  }
}
