/// How a run ended, as the number the shell sees.
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
  /// Done; nothing to act on.
  case success = 0
  /// Done, and something was found that someone should look at.
  case findings = 1
  /// The command line could not be understood, or was not confirmed; nothing was done.
  case usage = 2
  /// It could not be done: connection, permission, a failing statement, a damaged backup.
  case failure = 3
  /// The shell's own number for a run ended by Ctrl-C.
  case interrupted = 130
  /// The shell's own number for a run whose reader went away, as in `plumb help | head -1`.
  case brokenPipe = 141

  /// What the help says about it, unless a command says it better.
  package var meaning: String {
    switch self {
    case .success: "done, and nothing to act on"
    case .findings: "done, with findings"
    case .usage: "the command line was not understood; nothing was done"
    case .failure: "it could not be done"
    case .interrupted: "interrupted"
    case .brokenPipe: "the reader of the output went away"
    }
  }
}
