import Dispatch
import Engines
import Foundation
import Glibc
import Synchronization

/// A run of the program that goes on while a test does something else.
final class BackgroundRun: Sendable {
  /// The program's process.
  let processIdentifier: pid_t

  private let end: RunEnd

  fileprivate final class RunEnd: Sendable {
    let outcome = Mutex<Result<Outcome, any Error>?>(nil)
    let group = DispatchGroup()
  }

  /// Starts it; returns when its process exists.
  init(
    _ words: [String], environment: Subprocess.Environment, in folder: String, terminal: PseudoTerminal?
  ) throws {
    let note = "\(folder)/../pid-\(UInt32.random(in: 0...UInt32.max))"
    let streams = terminal.map { " <\($0.path) 2>\($0.path)" } ?? ""
    // The shell writes down its number and then becomes the program.
    let script = "echo $$ >\"$0\".new && mv \"$0\".new \"$0\" && exec \"$@\"\(streams)"
    let run = Subprocess(
      "/bin/sh", ["-c", script, note, Program.path] + words, environment: environment, directory: folder)
    let end = RunEnd()
    // A thread of its own: the program is told to end when the thread that started it does.
    let thread = Thread {
      let result = Result { try Self.finish(run) }
      end.outcome.withLock { $0 = result }
      end.group.leave()
    }
    end.group.enter()
    thread.start()
    var number: pid_t?
    try eventually("the program has started") {
      number = (try? String(contentsOfFile: note, encoding: .utf8)).flatMap { pid_t($0.dropLast()) }
      return number != nil
    }
    processIdentifier = number ?? 0
    self.end = end
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { end.outcome.withLock { $0 == nil } }

  func signal(_ number: Int32) { kill(processIdentifier, number) }

  /// Waits for its end.
  func wait() throws -> Outcome {
    end.group.wait()
    guard let result = end.outcome.withLock({ $0 }) else { throw NeverCameTrue(description: "the run ended") }
    return try result.get()
  }

  private static func finish(_ run: Subprocess) throws -> Outcome {
    do {
      let completion = try run.run(accepting: 0...255)
      return Outcome(
        exitCode: completion.exitCode, output: completion.outputText, errors: completion.diagnostics)
    } catch let error as SubprocessError {
      guard case .killed(let signal) = error.reason else { throw error }
      return Outcome(exitCode: 128 + signal, output: "", errors: error.diagnostics)
    }
  }
}
