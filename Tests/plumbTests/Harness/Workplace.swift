import Engines
import Foundation
import Glibc
import Synchronization
import Testing
import TestSupport

/// An empty folder to run the program in, and a folder of its own for what it makes temporarily.
///
/// After every run both are looked at: nothing half-done may be left, and no secret may have been printed.
struct Workplace {
  private let scratch: Scratch
  /// Where the program runs.
  let folder: String
  /// Where it puts what it makes temporarily: its `PLUMB_TMPDIR`.
  var temporary: String

  init() throws {
    scratch = try Scratch()
    folder = scratch.path("work")
    temporary = scratch.path("tmp")
    for path in [folder, temporary] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    // The account that runs throw-away servers has to get in.
    chmod(scratch.path, 0o755)
    chmod(temporary, 0o777)
  }

  /// The path of something in the folder.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Writes a file into the folder.
  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Runs the program to its end.
  func plumb(
    _ words: String..., environment: [String: String] = [:], as user: SystemUser? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    try run(words, environment: environment, as: user, sourceLocation: sourceLocation)
  }

  /// As ``plumb(_:environment:as:sourceLocation:)``.
  func run(
    _ words: [String], environment: [String: String] = [:], as user: SystemUser? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let run = Subprocess(
      Program.path, words, environment: self.environment(environment), user: user, directory: folder)
    let completion = try run.run(accepting: 0...255)
    let outcome = Outcome(
      exitCode: completion.exitCode, output: completion.outputText, errors: completion.diagnostics)
    expectDiscretion(outcome, sourceLocation: sourceLocation)
    return outcome
  }

  /// Starts the program and goes on.
  ///
  /// - Parameter terminal: a terminal that takes the place of standard input and standard error.
  func start(
    _ words: String..., environment added: [String: String] = [:], terminal: PseudoTerminal? = nil
  ) throws -> BackgroundRun {
    let terminalType = terminal == nil ? [:] : ["TERM": "xterm"]
    return try BackgroundRun(
      words, environment: environment(added.merging(terminalType) { $1 }), in: folder, terminal: terminal)
  }

  private func environment(_ added: [String: String]) -> Subprocess.Environment {
    Program.environment(["HOME": folder, "PLUMB_TMPDIR": temporary].merging(added) { $1 })
  }

  /// Runs the program, expects it to fail, and looks at all that a person and a machine see of that.
  ///
  /// - Parameters:
  ///   - headline: the first line, without the program's name.
  ///   - hint: what a hint has to hold.
  @discardableResult
  func expectFailure(
    _ words: [String], exit code: Int32 = 3, _ headline: String, hint: String,
    environment: [String: String] = [:], as user: SystemUser? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let before = try stored()
    let outcome = try run(words, environment: environment, as: user, sourceLocation: sourceLocation)
    #expect(outcome.exitCode == code, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.headline == "plumb: \(headline)", sourceLocation: sourceLocation)
    #expect(outcome.hints.contains { $0.contains(hint) }, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
    #expect(try stored() == before, sourceLocation: sourceLocation)
    try expectNothingLeft(sourceLocation: sourceLocation)
    return outcome
  }

  /// Expects that no secret was printed, and no colour where nobody can see it.
  func expectDiscretion(_ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    let all = outcome.output + outcome.errors
    for secret in Secret.all { #expect(!all.contains(secret), "\(all)", sourceLocation: sourceLocation) }
    #expect(!all.contains("\u{1B}"), sourceLocation: sourceLocation)
  }

  /// Expects that nothing temporary lies around and no program of ours runs any more.
  func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let left = try FileManager.default.contentsOfDirectory(atPath: temporary)
    #expect(left == [], sourceLocation: sourceLocation)
    #expect(processes() == [], sourceLocation: sourceLocation)
  }

  /// Everything in the default store, also what is hidden there.
  func stored() throws -> [String] {
    exists("backups") ? try FileManager.default.contentsOfDirectory(atPath: path("backups")).sorted() : []
  }

  /// The command lines of all processes that were started for this workplace and still run.
  func processes() -> [String] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.filter { Int32($0) != nil && $0 != "\(getpid())" }.compactMap { number in
      let arguments = Self.words("/proc/\(number)/cmdline")
      let variables = Self.words("/proc/\(number)/environ")
      let isOurs =
        variables.contains("PLUMB_TMPDIR=\(temporary)") || arguments.contains { $0.contains("\(temporary)/") }
      return isOurs ? arguments.joined(separator: " ") : nil
    }
  }

  private static func words(_ path: String) -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
