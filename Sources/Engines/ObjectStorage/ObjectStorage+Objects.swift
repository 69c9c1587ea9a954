import Foundation
import SchemaModel

extension ObjectStorage {
  /// How far a transfer has come, in bytes.
  package typealias Told = (_ done: Int, _ total: Int) throws -> Void

  /// Copies the objects below a name into a folder of this machine; what is not there is not copied.
  ///
  /// - Parameter patterns: what is wanted, from that name on (`/*/manifest.json`); empty for everything.
  package func fetch(
    _ name: String, matching patterns: [String] = [], into folder: String,
    told: Told = { _, _ in }
  ) throws(EngineError) {
    let filters = patterns.flatMap { ["--include", $0] }
    try run("copy", filters + ["--transfers=8", "--", path(name), folder], doing: "fetching", told: told)
  }

  /// Copies the files of a folder to below a name, several at a time; each is compared with its checksum on arrival.
  ///
  /// - Parameter excluded: files of the folder that stay where they are.
  package func put(
    _ folder: String, at name: String, except excluded: [String] = [], told: Told = { _, _ in }
  ) throws(EngineError) {
    let filters = excluded.flatMap { ["--exclude", "/\($0)"] }
    try run(
      "copy", filters + ["--no-traverse", "--", folder, path(name)], doing: "uploading", told: told)
  }

  /// Makes or replaces one object.
  package func put(file: String, at name: String) throws(EngineError) {
    try run("copyto", ["--no-traverse", "--ignore-times", "--", file, path(name)], doing: "uploading")
  }

  /// Gives an object another name; one that is not there fails.
  package func move(_ name: String, to other: String) throws(EngineError) {
    try run("moveto", ["--", path(name), path(other)], doing: "renaming \(name)")
  }

  /// Removes one object; that there is none is well.
  ///
  /// - Parameter isCleanup: whether it is done even when the process was asked to end, and given up soon.
  package func remove(_ name: String, isCleanup: Bool = false) throws(EngineError) {
    try run("deletefile", ["--", path(name)], doing: "removing \(name)", isCleanup: isCleanup)
  }

  /// Removes every object below a name; that there is none is well.
  ///
  /// - Parameter isCleanup: as ``remove(_:isCleanup:)``.
  package func remove(allBelow name: String, isCleanup: Bool = false) throws(EngineError) {
    try run("purge", ["--", path(name)], doing: "removing \(name)", isCleanup: isCleanup)
  }

  @discardableResult
  private func run(
    _ command: String, _ arguments: [String], doing: String, isCleanup: Bool = false,
    told: Told = { _, _ in }
  ) throws(EngineError) -> String {
    var words = [command, "--use-json-log", "--stats=1s", "--stats-log-level=NOTICE"]
    // A network that is gone is told within a minute or two, and a hiccup is not told at all.
    words +=
      isCleanup
      ? ["--contimeout=5s", "--timeout=15s", "--retries=1", "--low-level-retries=2"]
      : ["--contimeout=15s", "--timeout=60s", "--retries=2", "--low-level-retries=4"]
    if case .s3 = access { words.append("--config=") }
    let program = Subprocess(
      "rclone", words + arguments,
      environment: .only(environment(from: ProcessInfo.processInfo.environment)),
      whenInterrupted: isCleanup ? .finish : .terminate)
    var log = RcloneLog()
    let completion = try translatingFailures(of: "rclone \(command) ran") {
      do {
        return try program.run(accepting: 0...255) { line in
          guard case .diagnostic(let text) = line, let progress = log.read(text) else { return }
          try told(progress.done, progress.total)
        }
      } catch let error as SubprocessError where error.reason == .notFound {
        throw EngineError(
          .unsupported, "object storage needs rclone, which is not installed here",
          hint: "Install the package rclone.")
      }
    }
    guard completion.exitCode != 0 else { return completion.outputText }
    if Interruption.isRequested, !isCleanup { throw EngineError(.interrupted, "interrupted while \(doing)") }
    if let error = failure(of: doing, log: log, code: completion.exitCode) { throw error }
    return completion.outputText
  }
}
