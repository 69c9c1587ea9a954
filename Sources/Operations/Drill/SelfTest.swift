import Engines
import Foundation
import SchemaModel

/// Damages copies of a backup on purpose and has each drilled: a rehearsal that never fails proves nothing.
package struct SelfTest {
  /// One damage and what became of it.
  package struct Trial: Hashable, Sendable {
    /// What was done to the copy, in words.
    package var damage: String
    package var outcome: Outcome
  }

  /// What the drill said of a damaged copy.
  package enum Outcome: Hashable, Sendable {
    /// It noticed, in this phase, and said this.
    case caught(phase: String, words: String)
    /// It called the copy good.
    case missed
    /// The damage could not be done to this backup, for this reason.
    case notTried(String)
  }

  /// What came of all trials.
  package struct Report: Hashable, Sendable {
    package var backup: String
    package var trials: [Trial] = []
    /// What the drill says of the backup without any damage.
    package var undamaged: DrillRecord.Verdict?

    /// Whether the drill can be relied on: it accepts the backup as it is, and notices each damage that could be done.
    package var isPassed: Bool {
      undamaged != .failed && trials.contains { if case .caught = $0.outcome { true } else { false } }
        && !trials.contains { $0.outcome == .missed }
    }

    package init(backup: String) { self.backup = backup }
  }

  /// A drill's record, and the phase that ran last.
  struct Run {
    var record: DrillRecord
    var lastPhase: String

    /// Whether files were found damaged, or could not be recovered.
    var failure: Outcome {
      guard record.verdict == .failed, let words = record.problems.first else { return .missed }
      return .caught(phase: lastPhase, words: words)
    }

    /// Whether all rows were set aside that were made orphans.
    func orphans(_ planted: PlantedFlaws.Orphans) -> Outcome {
      let found = record.setAside.filter { rows in
        rows.table == planted.key.table && rows.constraint == planted.key.name
          && (rows.database ?? planted.database) == planted.database
      }.reduce(0) { $0 + $1.rowCount }
      guard found >= planted.rowCount else { return .missed }
      let phase = record.timeline.phases.last { $0.name.contains("orphans") || $0.name.contains("aside") }
      return .caught(
        phase: phase?.name ?? lastPhase, words: "\(found) rows of \(planted.key.table) set aside")
    }

    /// Whether the blueprint was held against the loss of something.
    func loss(of name: String) -> Outcome {
      guard let line = record.blueprintDifferences?.first(where: { $0.contains(name) }) else {
        return .missed
      }
      return .caught(phase: "compare with the blueprint", words: line)
    }
  }

  /// Runs a drill and notes the phase it came to.
  static func rehearse(
    _ progress: @escaping @Sendable (RestoreProgress) -> Void,
    _ drill: (@escaping @Sendable (RestoreProgress) -> Void) throws -> DrillRecord
  ) throws -> Run {
    let last = LastPhase()
    let record = try drill { step in
      last.tell(step)
      progress(step)
    }
    return Run(record: record, lastPhase: last.name)
  }

  /// Copies a folder, or what it holds, into one that does not exist yet.
  static func copy(_ path: String, to copy: String) throws {
    try translatingFailures(of: "a copy was made") {
      _ = try Subprocess("cp", ["-a", "--reflink=auto", "-T", "--", path, copy]).run()
    }
  }

  /// Changes one byte in the middle of a file.
  static func flipByte(of path: String) throws {
    let file = open(path, O_RDWR | O_CLOEXEC)
    defer { close(file) }
    var status = stat()
    var byte: UInt8 = 0
    guard file >= 0, fstat(file, &status) == 0, status.st_size > 0,
      pread(file, &byte, 1, status.st_size / 2) == 1
    else {
      throw OperationError("cannot damage the copy \(path)", detail: [String(cString: strerror(errno))])
    }
    byte ^= 0xFF
    guard pwrite(file, &byte, 1, status.st_size / 2) == 1 else {
      throw OperationError("cannot damage the copy \(path)", detail: [String(cString: strerror(errno))])
    }
  }

  /// Files below a folder that hold something, the largest first; paths relative to it.
  static func files(in folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)
    var files: [(path: String, size: Int)] = []
    while let path = all?.nextObject() as? String {
      var status = stat()
      guard lstat("\(folder)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
      else { continue }
      files.append((path, Int(status.st_size)))
    }
    return files.sorted { ($0.size, $1.path) > ($1.size, $0.path) }.map(\.path)
  }
}
