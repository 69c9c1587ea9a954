/// The words of `--help`: examples first, wrapped to the terminal's width.
struct HelpText {
  private let application: Application
  private let style: Style
  /// In terminal cells; lines beyond a hundred are hard to read however wide the terminal is.
  private let width: Int

  init(_ application: Application, for console: Console) {
    self.application = application
    style = console.style
    width = min(max(console.width, 40), 100)
  }

  /// All commands by task, with the general options and exit codes.
  var overview: String {
    let column = application.commands.map(\.name.cellWidth).max() ?? 0
    let groups = CommandGroup.allCases.map { group in
      let commands = application.commands.filter { $0.group == group }
      return section(group.rawValue, commands.map { Row($0.name, $0.summary) }, column: column)
    }
    let pointer = "Run '\(application.name) help <command>' to read about a command."
    return joined(
      [paragraph(application.summary), examples(application.examples)] + groups + [
        section("Options", rows(GeneralOptions()) + rows(LeadingOptions())),
        exitCodes([:]),
        paragraph(pointer + " " + application.closing),
      ])
  }

  /// Everything about one command.
  func page(of command: any Command) -> String {
    let declarations = command.parameters.map(\.declaration)
    let arguments = declarations.filter(\.isArgument)
    let places = arguments.map { $0.kind == .argument(isRequired: true) ? $0.label : "[\($0.label)]" }
    let usage = [application.name, command.name] + places + ["[options]"]
    return joined([
      paragraph(command.summary),
      examples(command.examples),
      style(.strong, "Usage:") + "\n  " + usage.joined(separator: " "),
      command.discussion.isEmpty ? nil : discussion(command.discussion),
      section("Arguments", arguments.map { Row($0.label, $0.explanation) }),
      section("Options", rows(command)),
      section("Options of every command", rows(GeneralOptions())),
      exitCodes(command.exitMeanings),
    ])
  }

  private func joined(_ sections: [String?]) -> String {
    sections.compactMap(\.self).joined(separator: "\n\n")
  }

  private func examples(_ examples: [Example]) -> String? {
    section("Examples", examples.map { Row($0.line, $0.comment) }, termLimit: width / 2)
  }

  private func exitCodes(_ meanings: [ExitCode: String]) -> String? {
    let told: [ExitCode] = [.success, .findings, .usage, .failure, .interrupted]
    return section("Exit codes", told.map { Row("\($0.rawValue)", meanings[$0] ?? $0.meaning) })
  }

  private func rows(_ group: some ParameterGroup) -> [Row] {
    group.parameters.map(\.declaration).filter { !$0.isArgument }
      .map { Row($0.form, $0.explanation) }
  }

  private func paragraph(_ text: String) -> String {
    text.wrapped(toCells: width).joined(separator: "\n")
  }

  /// Wraps paragraph by paragraph; one that begins with two spaces is kept as it is.
  private func discussion(_ text: String) -> String {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
    }
    return paragraphs.map { lines in
      let isKept = lines.first?.hasPrefix("  ") == true
      return isKept ? lines.joined(separator: "\n") : paragraph(lines.joined(separator: " "))
    }.joined(separator: "\n\n")
  }

  /// Sets terms and their explanations in two columns; a term over the limit has a line to itself.
  ///
  /// `column` is the width of the first; by default that of the widest term within the limit.
  private func section(
    _ title: String, _ rows: [Row], termLimit: Int = 28, column: Int? = nil
  ) -> String? {
    guard !rows.isEmpty else { return nil }
    let column = column ?? rows.map(\.term.cellWidth).filter { $0 <= termLimit }.max() ?? 4
    let gap = String(repeating: " ", count: column + 4)
    let lines = rows.flatMap { row -> [String] in
      var explanation = row.explanation.wrapped(toCells: width - column - 4).map { gap + $0 }
      let term = "  " + row.term.padded(toCells: column, .left)
      if row.term.cellWidth <= column, !explanation.isEmpty {
        explanation[0] = term + explanation[0].dropFirst(column + 2)
        return explanation
      }
      return [term] + explanation
    }
    return ([style(.strong, title + ":")] + lines).joined(separator: "\n")
  }
}

/// A line of a section: the thing to type, and what it does.
private struct Row {
  let term: String
  let explanation: String

  init(_ term: String, _ explanation: String) {
    self.term = term
    self.explanation = explanation
  }
}

extension Declaration {
  /// An option as help lists it: `-f, --format text|json`.
  fileprivate var form: String {
    let name = (short.map { "-\($0), " } ?? "    ") + label
    return placeholder.isEmpty ? name : name + " " + placeholder
  }

  /// The summary, and what follows from the declaration.
  fileprivate var explanation: String {
    var sentences = [summary]
    if isArgument, !choices.isEmpty { sentences.append("One of: \(choices.joined(separator: ", ")).") }
    if case .option(_, _, isRepeatable: true) = kind { sentences.append("May be repeated.") }
    if let defaultText, !defaultText.isEmpty { sentences.append("Default: \(defaultText).") }
    return sentences.joined(separator: " ")
  }
}
