import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

/// A folder into which an `archive_command` puts the log, segment by segment, as it is or compressed.
package struct LogFolder: Hashable, Sendable {
  /// Its absolute path.
  package let path: String

  /// - Throws: `EngineError` of kind `notFound` when it is no folder.
  package init(_ path: String) throws(EngineError) {
    var status = stat()
    guard let resolved = ResolvedPath.of(path), stat(resolved, &status) == 0,
      status.st_mode & S_IFMT == S_IFDIR
    else {
      throw EngineError(
        .notFound, "the archive of the log is no folder: \(path)",
        hint: "Name the folder that archive_command copies to with --wal-archive.")
    }
    self.path = resolved
  }

  /// What a file may be compressed with, by its ending, and the program that undoes it.
  private static let programs: [(ending: String, program: String)] = [
    ("gz", "gzip"), ("zst", "zstd"), ("lz4", "lz4"), ("bz2", "bzip2"), ("xz", "xz"),
  ]

  /// The segments there are, with the files that hold them.
  func files() throws(EngineError) -> [LogSegment: String] {
    var files: [LogSegment: String] = [:]
    for name in try names() {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      // `.partial` is what a timeline ended with and nobody recovers from; `.backup` tells of a backup.
      guard parts[0].utf8.count == 24, let segment = LogSegment(fileName: parts[0]),
        parts.count == 1 || Self.programs.contains(where: { $0.ending == parts[1] })
      else { continue }
      if parts.count == 1 || files[segment] == nil { files[segment] = name }
    }
    return files
  }

  /// What is archived: segments, when they came, and histories.
  package func archive() throws(EngineError) -> LogArchive {
    let files = try files()
    var archive = LogArchive(segmentByteCount: 16 << 20, segments: [:])
    for (segment, name) in files {
      var status = stat()
      guard stat("\(path)/\(name)", &status) == 0 else { continue }
      archive.segments[segment] = Date(
        timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }
    if let size = try header()?.segmentByteCount { archive.segmentByteCount = size }
    archive.histories = try histories()
    return archive
  }

  private func histories() throws(EngineError) -> [UInt32: [LogArchive.Branch]] {
    var histories: [UInt32: [LogArchive.Branch]] = [:]
    for name in try names() {
      let plain =
        name.hasSuffix(".history") ? name : name.split(separator: ".").dropLast().joined(separator: ".")
      guard let timeline = TimelineHistory.timeline(ofFileNamed: plain) else { continue }
      guard
        let branches = TimelineHistory.read(
          String(decoding: try bytes(of: name, count: 1 << 20), as: UTF8.self))
      else {
        throw EngineError(
          .damaged, "the history of a timeline cannot be read: \(path)/\(name)",
          hint:
            "It is cut off or was altered: copy it again from the server's pg_wal, or from another archive.")
      }
      histories[timeline] = branches
    }
    return histories
  }

  /// When the backup that begins at a position ended, as the server noted in the archive; `nil` when it did not.
  func end(ofBackupAt start: LogPosition) throws(EngineError) -> (position: LogPosition, time: String)? {
    for name in try names() where name.contains(".backup") {
      let text = String(decoding: try bytes(of: name, count: 1 << 16), as: UTF8.self)
      func value(_ key: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("\(key): ") }.map {
          String($0.dropFirst(key.utf8.count + 2))
        }
      }
      guard let begin = value("START WAL LOCATION").flatMap({ LogPosition($0.prefix { $0 != " " }) }),
        begin == start,
        let end = value("STOP WAL LOCATION").flatMap({ LogPosition($0.prefix { $0 != " " }) }),
        let time = value("STOP TIME")
      else { continue }
      return (end, time)
    }
    return nil
  }

  /// What the first page of the log says of the server.
  struct Header: Hashable {
    var systemIdentifier: String
    var segmentByteCount: UInt64
  }

  /// Reads the header of one segment (`XLogLongPageHeaderData`); `nil` when none can be read.
  func header() throws(EngineError) -> Header? {
    let files = try files()
    try expectPrograms(for: files.values)
    guard let name = files.min(by: { $0.key < $1.key })?.value else { return nil }
    let bytes = try bytes(of: name, count: 40)
    guard bytes.count >= 40 else { return nil }
    func number(_ range: Range<Int>) -> UInt64 { bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    // Only a first page has the long header (XLP_LONG_HEADER).
    guard number(2..<4) & 2 != 0 else { return nil }
    let size = number(32..<36)
    guard size >= 1 << 20, size <= 1 << 30, size & (size - 1) == 0 else { return nil }
    return Header(systemIdentifier: "\(number(24..<32))", segmentByteCount: size)
  }

  /// Puts a segment where pg_waldump finds it, uncompressed.
  func fetch(_ name: String, to destination: String) throws(EngineError) {
    let program = program(of: name)
    try translatingFailures(of: "a segment of the log was read") {
      _ = try Subprocess(program ?? "cat", (program == nil ? [] : ["-dc"]) + ["--", "\(path)/\(name)"]).run(
        outputTo: destination)
    }
  }

  /// The shell command by which a server gets a file, whatever it is compressed with.
  var restoreCommand: String {
    let quoted = "'" + path.replacing("'", with: "'\\''").replacing("%", with: "%%") + "'/%f"
    let plain = "if [ -e \(quoted) ]; then cp \(quoted) \"%p\""
    let others = Self.programs.map { ending, program in
      "elif [ -e \(quoted).\(ending) ]; then \(program) -dc \(quoted).\(ending) > \"%p\""
    }
    return ([plain] + others + ["else exit 1; fi"]).joined(separator: "; ")
  }

  /// Makes sure that a user can read what is there: a server would take its end for the end of the log.
  func expectReadable(by user: SystemUser) throws(EngineError) {
    let files = try files()
    guard let any = files.min(by: { $0.key < $1.key })?.value else { return }
    let completion = try translatingFailures(of: "the archive of the log was looked at") {
      try Subprocess("test", ["-r", "\(path)/\(any)"], user: user, directory: "/").run(accepting: 0...255)
    }
    guard completion.exitCode == 0 else {
      throw EngineError(
        .permission, "\(user.name) cannot read the archive of the log",
        detail: ["\(path)/\(any)", "the server that recovers the backup runs as \(user.name)"],
        hint: "Let \(user.name) read that folder and the folders above it.")
    }
  }

  /// Makes sure that what it is compressed with can be undone.
  private func expectPrograms(for names: some Sequence<String>) throws(EngineError) {
    for program in Set(names.compactMap { self.program(of: $0) }).sorted()
    where ProgramSearch.path(of: program, in: "/usr/bin:/bin") == nil {
      throw EngineError(
        .unsupported, "the log is compressed with \(program), which is not installed here",
        hint: "Install \(program).")
    }
  }

  private func program(of name: String) -> String? {
    Self.programs.first { name.hasSuffix(".\($0.ending)") }?.program
  }

  private func names() throws(EngineError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw EngineError(
        .permission, "cannot look into the archive of the log: \(path)", detail: ["\(error)"],
        hint: "Run as a user who may read it.")
    }
  }

  /// The first bytes of a file, as they were before it was compressed.
  private func bytes(of name: String, count: Int) throws(EngineError) -> [UInt8] {
    let file = "\(path)/\(name)"
    return try translatingFailures(of: "\(file) was read") {
      // The program that is read from is not to be told that nobody listens any more.
      let command = program(of: name).map { "\($0) -dc -- \"$0\"" } ?? "cat -- \"$0\""
      return try Subprocess("sh", ["-c", "\(command) 2>/dev/null | head -c \(count); true", file]).run()
        .output
    }
  }
}
