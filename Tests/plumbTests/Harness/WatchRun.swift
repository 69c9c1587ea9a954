import Engines
import Foundation
import Glibc
import Synchronization

/// A `plumb watch` that goes on while a test changes the database; its lines are read as they come.
final class WatchRun: Sendable {
  private struct State {
    var lines: [String] = []
    var errors: [String] = []
    var exitCode: Int32?
    var processIdentifier: pid_t?
  }

  private final class Box: Sendable {
    let state = Mutex(State())
  }

  private let box = Box()

  /// Starts it; returns when it says that it is watching.
  init(_ words: [String], in folder: String, environment: [String: String]) throws {
    // The shell says its number and then becomes the program.
    let run = Subprocess(
      "/bin/sh", ["-c", "echo $$; exec \"$@\"", "sh", Program.path, "watch"] + words,
      environment: Program.environment(environment), directory: folder)
    let box = box
    let thread = Thread {
      let completion = try? run.run(accepting: 0...255) { line in
        box.state.withLock { state in
          switch line {
          case .output(let text) where state.processIdentifier == nil: state.processIdentifier = pid_t(text)
          case .output(let text): state.lines.append(text)
          case .diagnostic(let text): state.errors.append(text)
          }
        }
      }
      box.state.withLock { $0.exitCode = completion?.exitCode ?? -1 }
    }
    thread.start()
    try waitForLine("watching ")
  }

  /// What it has printed so far.
  var lines: [String] { box.state.withLock { $0.lines } }
  /// What it has complained about so far.
  var errors: [String] { box.state.withLock { $0.errors } }

  /// Waits for a line that holds the text; the line.
  @discardableResult
  func waitForLine(_ text: String) throws -> String {
    try wait("the line '\(text)'") { $0.lines.first { $0.contains(text) } }
  }

  /// Waits for a complaint that holds the text.
  @discardableResult
  func waitForComplaint(_ text: String) throws -> String {
    try wait("the complaint '\(text)'") { $0.errors.first { $0.contains(text) } }
  }

  /// Asks it to end, as Ctrl-C does, and waits; the exit code.
  func end(by signal: Int32 = SIGINT) throws -> Int32 {
    if let number = box.state.withLock({ $0.processIdentifier }) { kill(number, signal) }
    return try waitForEnd()
  }

  /// Waits for its end; the exit code.
  func waitForEnd() throws -> Int32 { try wait("the end") { $0.exitCode } }

  /// Five minutes are far more than anything takes, on the busiest machine too.
  private func wait<Value>(_ what: String, _ found: (State) -> Value?) throws -> Value {
    let deadline = ContinuousClock.now + .seconds(300)
    while true {
      let (value, hasEnded) = box.state.withLock { (found($0), $0.exitCode != nil) }
      if let value { return value }
      guard .now < deadline, !hasEnded else {
        throw NeverCameTrue(description: "never came: \(what)\n\((lines + errors).joined(separator: "\n"))")
      }
      usleep(5_000)
    }
  }
}

extension Workplace {
  /// Starts `plumb watch` with these words.
  func watch(_ words: String..., environment: [String: String] = [:]) throws -> WatchRun {
    try WatchRun(
      words, in: folder,
      environment: ["HOME": folder, "PLUMB_TMPDIR": temporary].merging(environment) { $1 })
  }
}
