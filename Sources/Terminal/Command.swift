/// One thing the program can be asked to do.
///
/// Its parameters are its `let` properties; what belongs to a run comes in through `run`.
package protocol Command: ParameterGroup {
  /// The word on the command line.
  var name: String { get }
  /// One sentence in the imperative, as the overview lists it.
  var summary: String { get }
  /// What a reader needs beyond the summary; paragraphs are separated by an empty line.
  var discussion: String { get }
  /// What help shows first.
  var examples: [Example] { get }
  /// Where the overview lists it.
  var group: CommandGroup { get }
  /// What this command's exit codes mean where the general words are too vague.
  var exitMeanings: [ExitCode: String] { get }

  /// Does it: results go to `console.print`, findings into the exit code.
  ///
  /// - Throws: Preferably a ``PresentableError``; the application prints it and ends with its exit code.
  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode
}

extension Command {
  package var discussion: String { "" }
  package var exitMeanings: [ExitCode: String] { [:] }
}

/// The task under which the overview lists a command, in the order of the cases.
package enum CommandGroup: String, Hashable, Sendable, CaseIterable {
  /// First steps: what a newcomer types.
  case start = "Start"
  /// Reads only, whatever it is pointed at.
  case look = "Look, changing nothing"
  /// Backups, and the proof that they can be restored.
  case protect = "Protect and rehearse"
  /// About the program itself.
  case help = "Help"
}

/// A command line to copy, and what it is good for.
package struct Example: Hashable, Sendable {
  /// The whole line, the program's name included.
  package let line: String
  /// A short sentence.
  package let comment: String

  /// Pairs a line with what it does.
  package init(_ line: String, _ comment: String) {
    self.line = line
    self.comment = comment
  }
}
