import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

/// Looks through archived log for a restore point: no catalog of backups lists them.
struct RestorePointSearch {
  let archive: LogArchive
  let binaries: ServerBinaries
  /// Puts a segment into a file, uncompressed.
  let fetch: (_ segment: LogSegment, _ destination: String) throws(EngineError) -> Void

  /// Reads the log with pg_waldump, newest first, until a stretch of it holds the name.
  func points(named name: String, from start: LogPosition) throws(EngineError) -> [RestorePoint] {
    let size = archive.segmentByteCount
    let segments = archive.segments.keys.filter { $0.next(byteCount: size).start(byteCount: size) > start }
      .sorted()
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "log")
    }
    chmod(folder.path, 0o755)
    var later: LogSegment?
    for segment in segments.reversed() {
      try fetch(segment, "\(folder.path)/\(segment)")
      let points = try read(segment, in: folder.path).filter { $0.name == name }
      if !points.isEmpty { return points }
      // A record may run over the end of its segment, so the one after it is kept until then.
      if let later { unlink("\(folder.path)/\(later)") }
      later = segment
    }
    return []
  }

  /// The restore points whose records begin in a segment.
  private func read(_ segment: LogSegment, in folder: String) throws(EngineError) -> [RestorePoint] {
    var points: [RestorePoint] = []
    _ = try translatingFailures(of: "pg_waldump ran") {
      // It ends with an error where the log does, which is no fault.
      try Subprocess(
        "\(binaries.directory)/pg_waldump", ["--rmgr=XLOG", "--path=\(folder)", "\(segment)"]
      ).run(accepting: 0...1) { line in
        guard case .output(let text) = line,
          let point = RestorePoint(dumpLine: text, timeline: segment.timeline)
        else { return }
        points.append(point)
      }
    }
    return points
  }
}
