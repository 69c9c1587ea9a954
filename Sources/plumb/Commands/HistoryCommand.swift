import Engines
import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb history`: what changed in a database, when, and by whom, from the ledger.
struct HistoryCommand: Command {
  let name = "history"
  let summary = "Tell how a database's structure changed over time: what, when, who, and when nobody watched."
  let discussion = """
    Reads the ledger, in which 'plumb watch' keeps what it sees; the database is not asked. The structure at any of these \
    moments is LOCATION@TIME: 'plumb diff LOCATION@2026-11-20T14:02 LOCATION' tells what has changed since.
    """
  let examples = [
    Example("plumb history", "Of the database that plumb.yaml names, newest last."),
    Example("plumb history --environment staging", "Of an environment of plumb.yaml."),
    Example("plumb history postgres://localhost/shop --since 2026-11-01", "Of another one, since a day."),
  ]
  let group = CommandGroup.look

  let location = OptionalArgument<String>("location", "The database; plumb.yaml's when left out.")
  let since = OptionalOption<Moment>(
    "since", value: "time", "Leave out what was earlier: 2026-11-20 or 2026-11-20T14:02.")
  let limit = Option("limit", value: "count", default: 50, "Tell so many events at most, the newest ones.")
  let environment = OptionalOption<String>(
    "environment", value: "name", "One of the environments of plumb.yaml: its database.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let environment = try project.environment(arguments[environment])
    let location = try project.database(arguments[location] ?? environment?.database)
    guard let name = location.live?.ledgerName else {
      throw UsageError.refused(
        "\(location.displayName) is no live database", hint: "Name a PostgreSQL database or a SQLite file.")
    }
    guard FileManager.default.fileExists(atPath: project.ledgerPath) else {
      throw OperationError(
        "there is no ledger here", detail: ["looked for \(project.ledgerPath)"],
        hint: "'plumb watch' makes it; run this in the folder where it runs.")
    }
    let ledger = try Ledger(path: project.ledgerPath)
    let since = arguments[since]?.date
    let history = WatchHistory(
      database: location.displayName, spans: try ledger.spans(of: name),
      events: try ledger.watchEvents(of: name, since: since, limit: max(0, arguments[limit])), since: since)
    guard !history.spans.isEmpty else {
      throw OperationError(
        "\(location.displayName) was never watched",
        hint: "'plumb watch --once' or 'plumb watch' begins its history.")
    }
    switch arguments[format] {
    case .json: try console.print(try HistoryText.json(history).withoutLastLineEnd)
    case .text: for line in HistoryText.lines(history, style: console.style) { try console.print(line) }
    }
    return .success
  }
}

/// A moment on the command line.
struct Moment: CommandLineValue {
  let date: Date

  init(commandLine text: String) throws(UsageError) {
    guard let date = MomentText.read(text) else {
      throw .unsuitableValue(text, expected: "a moment such as 2026-11-20 or 2026-11-20T14:02")
    }
    self.date = date
  }
}
