import FoundationEssentials
import Glibc

/// All that a run gets from outside its command line: environment, streams, and time.
package struct Surroundings: Sendable {
  /// The environment variables.
  package let environment: [String: String]
  /// Standard output: results.
  package let output: Output
  /// Standard error: everything else.
  package let notes: Output
  /// Whether standard input is a terminal, so that a person can be asked.
  package let isInputTerminal: Bool
  /// Reads a line of standard input, without its end; `nil` at the end of input.
  package let readLine: @Sendable () -> String?
  /// The time since some fixed moment; never goes back.
  package let now: @Sendable () -> Duration

  /// Gathers them; a test passes its own.
  package init(
    environment: [String: String], output: Output, notes: Output, isInputTerminal: Bool,
    readLine: @escaping @Sendable () -> String?, now: @escaping @Sendable () -> Duration
  ) {
    self.environment = environment
    self.output = output
    self.notes = notes
    self.isInputTerminal = isInputTerminal
    self.readLine = readLine
    self.now = now
  }

  /// Returns those of this process, and ignores `SIGPIPE` from here on.
  ///
  /// A reader that goes away is then an error like any other, and what a run has started is still cleaned up.
  ///
  /// - Parameter waitForInput: returns when there is something to read on a descriptor, and false when the answer
  ///   is no longer wanted.
  package static func ofProcess(
    waitForInput: @escaping @Sendable (Int32) -> Bool = { _ in true }
  ) -> Surroundings {
    signal(SIGPIPE, SIG_IGN)
    let start = ContinuousClock.now
    return Surroundings(
      environment: ProcessInfo.processInfo.environment, output: Output(fileDescriptor: STDOUT_FILENO),
      notes: Output(fileDescriptor: STDERR_FILENO), isInputTerminal: isatty(STDIN_FILENO) == 1,
      readLine: { waitForInput(STDIN_FILENO) ? Swift.readLine() : nil }, now: { ContinuousClock.now - start })
  }
}
