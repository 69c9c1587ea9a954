import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

extension PgBackRest {
  /// Reads the archived log with pg_waldump, newest first, until a stretch of it holds the name.
  ///
  /// A restore point is only known to the log: no catalog of backups lists them, and pgBackRest does not look for them.
  package func restorePoints(
    named name: String, from start: LogPosition
  ) throws(EngineError) -> [RestorePoint] {
    let info = try info()
    guard let major = info.backups.last?.serverMajorVersion, let archive = try archive() else { return [] }
    let binaries = try ServerBinaries.exactly(major)
    let files = try files(of: info)
    let segments = files.keys.filter {
      $0.next(byteCount: archive.segmentByteCount).start(byteCount: archive.segmentByteCount) > start
    }
    .sorted()
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "log")
    }
    chmod(folder.path, 0o755)
    var later: LogSegment?
    for segment in segments.reversed() {
      guard let file = files[segment] else { continue }
      try fetch(file.path, to: "\(folder.path)/\(segment)")
      let points = try read(segment, in: folder.path, binaries: binaries).filter { $0.name == name }
      if !points.isEmpty { return points }
      // A record may run over the end of its segment, so the one after it is kept until then.
      if let later { unlink("\(folder.path)/\(later)") }
      later = segment
    }
    return []
  }

  /// The restore points whose records begin in a segment.
  private func read(
    _ segment: LogSegment, in folder: String, binaries: ServerBinaries
  ) throws(EngineError) -> [RestorePoint] {
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

  /// Gets a file out of the repository and undoes its compression.
  private func fetch(_ path: String, to destination: String) throws(EngineError) {
    let programs = ["gz": "gzip", "lz4": "lz4", "zst": "zstd", "bz2": "bzip2"]
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    let program = path.contains(".") ? programs[ending] : nil
    let stored = program == nil ? destination : "\(destination).\(ending)"
    let words = command("repo-get", [path], takesStanza: true)
    try translatingFailures(of: "pgbackrest repo-get ran") {
      _ = try Subprocess(words[0], Array(words.dropFirst()), user: .forServers, directory: "/").run(
        outputTo: stored)
      guard let program else { return }
      _ = try Subprocess(program, ["-dc", "--", stored]).run(outputTo: destination)
    }
    if program != nil { unlink(stored) }
  }
}
