/// The program as a whole: its commands, and the way from words to an exit code.
package struct Application: Sendable {
  /// The word it is started by; messages begin with it.
  package let name: String
  /// As `--version` prints it, such as `0.1.0`.
  package let version: String
  /// One sentence that says what the program is for.
  package let summary: String
  /// The command lines a newcomer should see first.
  package let examples: [Example]
  /// The last line of the overview: where to read more.
  package let closing: String
  private let ownCommands: [any Command]
  /// Turns the error that ended a run into the one a person is told.
  private let cause: @Sendable (any Error) -> any Error

  /// Describes a program; `help` and `version` are added to its commands.
  ///
  /// - Parameter cause: asked for what lies behind an error, such as that the user wanted the run to end.
  package init(
    name: String, version: String, summary: String, examples: [Example], closing: String,
    commands: [any Command], cause: @escaping @Sendable (any Error) -> any Error = { $0 }
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.examples = examples
    self.closing = closing
    ownCommands = commands
    self.cause = cause
  }

  /// Every command, in the order of the overview within its group.
  package var commands: [any Command] {
    ownCommands + [HelpCommand(application: self), VersionCommand(application: self)]
  }

  /// Carries out a command line, given without the program's own name.
  ///
  /// Whatever goes wrong is told on standard error; nothing is thrown and the process is not ended.
  package func run(_ words: [String], in surroundings: Surroundings) -> ExitCode {
    let line = SplitLine(words)
    // Until the options have been read, `--no-color` must already hold for the message that says they are wrong.
    var console = Console(surroundings, isColorRefused: words.contains("--no-color"), isQuiet: false)
    var manual = "\(name) --help"
    defer { console.clearStatus() }
    do {
      if line.asksForHelp {
        try console.print(help(on: line.command, for: console))
        return .success
      }
      let leading = try ParsedArguments(parsing: line.leading, as: LeadingOptions())
      if leading[LeadingOptions().version] {
        return try VersionCommand(application: self).run(leading, on: console)
      }
      guard let word = line.command else {
        try console.print(help(on: nil, for: console))
        return .success
      }
      let command = try command(named: word)
      manual = "\(name) \(command.name) --help"
      let arguments = try ParsedArguments(parsing: line.rest, as: command)
      let general = GeneralOptions()
      console = Console(
        surroundings, isColorRefused: leading[general.noColor] || arguments[general.noColor],
        isQuiet: leading[general.quiet] || arguments[general.quiet])
      return try command.run(arguments, on: console)
    } catch {
      return report(cause(error), on: console, manual: manual)
    }
  }

  /// Returns the command called `word`.
  ///
  /// - Throws: `UsageError.unknownCommand` with the nearest name.
  func command(named word: String) throws(UsageError) -> any Command {
    guard let command = commands.first(where: { $0.name == word }) else {
      throw .unknownCommand(word, nearest: Spelling.nearest(to: word, among: commands.map(\.name)))
    }
    return command
  }

  /// Returns the page of a command, or the overview.
  ///
  /// - Throws: `UsageError.unknownCommand` when there is no such command.
  func help(on word: String?, for console: Console) throws(UsageError) -> String {
    let help = HelpText(self, for: console)
    guard let word else { return help.overview }
    return help.page(of: try command(named: word))
  }

  private func report(_ error: any Error, on console: Console, manual: String) -> ExitCode {
    if let error = error as? OutputError, error == .readerGone { return .brokenPipe }
    var report = ErrorReport(error)
    if let error = error as? UsageError {
      switch error {
      case .refused: break
      case .unknownCommand, .unknownOption, .unexpectedArgument, .missingArgument, .missingValue,
        .unexpectedValue, .repeatedOption, .unsuitableValue:
        report.hint = [report.hint, "See '\(manual)'."].compactMap(\.self).joined(separator: " ")
      }
    }
    console.tell(report.text(program: name, style: console.noteStyle))
    return report.exitCode
  }
}

/// A command line cut at the command's name.
private struct SplitLine {
  /// The options before it.
  let leading: [String]
  let command: String?
  let rest: [String]

  init(_ words: [String]) {
    leading = Array(words.prefix { $0.hasPrefix("-") })
    command = words.dropFirst(leading.count).first
    rest = Array(words.dropFirst(leading.count + 1))
  }

  /// Whether help is asked for anywhere; looked up before parsing, so that a mistake does not hide it.
  var asksForHelp: Bool {
    (leading + rest).prefix { $0 != "--" }.contains { word in
      let letters = word.hasPrefix("-") ? word.dropFirst() : ""
      return word == "--help" || letters.contains("h") && letters.allSatisfy { "hq".contains($0) }
    }
  }
}
