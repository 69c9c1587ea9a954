import Analysis
import Engines
import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb watch`: holds a live database against its blueprint, and tells each change as it happens.
struct WatchCommand: Command {
  let name = "watch"
  let summary =
    "Stay connected, and tell drift within a second of the commit: what, who, with which statement."
  let discussion = """
    Looks every few seconds, at a cost to the server of milliseconds. With the event triggers that --install makes, it is \
    woken by each commit that changes the structure, and tells who made it. What it sees goes to the output, to the \
    webhook and the command of plumb.yaml, and to the ledger, which 'plumb history' and LOCATION@TIME read.

    --install puts a schema plumb_watch and two event triggers into the database, --remove takes exactly these away; both \
    need a superuser. Ctrl-C ends a watch.
    """
  let examples = [
    Example("plumb watch", "The database and the blueprint that plumb.yaml names, until Ctrl-C."),
    Example("plumb watch postgres://localhost/shop --install", "Make the event triggers there, once."),
    Example("plumb watch --once", "One look, kept in the ledger: for cron."),
    Example("plumb watch --for 10m --format json", "Ten minutes, one JSON object a line."),
  ]
  let group = CommandGroup.look
  let exitMeanings: [ExitCode: String] = [
    .success: "it ended as asked, and the database is in line with its blueprint",
    .findings: "it ended as asked, and the database differs",
    .failure: "the database could not be seen, or not everything was compared; or it could not be done",
    .interrupted: "ended by Ctrl-C, SIGTERM or SIGHUP",
  ]

  let location = OptionalArgument<String>("location", "The live database; plumb.yaml's when left out.")
  let blueprint = OptionalOption<String>(
    "blueprint", value: "location", "The blueprint; plumb.yaml's, else ./blueprint, when left out.")
  let environment = OptionalOption<String>(
    "environment", value: "name", "One of the environments of plumb.yaml: its database, overlay and rules.")
  let once = Flag("once", "Look once, and end.")
  let length = OptionalOption<WatchLength>(
    "for", value: "time", "End after that time, such as 30s, 10m or 2h.")
  let untilChange = Flag("until-change", "End when there is something to tell.")
  let install = Flag("install", "Make the event triggers in the database, and end.")
  let remove = Flag("remove", "Take the event triggers away, and end.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text,
    "Print it in this form; json is one object a line.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let environment = try project.environment(arguments[environment])
    let location = try project.database(arguments[location] ?? environment?.database)
    guard let live = location.live else {
      throw UsageError.refused(
        "\(location.displayName) is no live database", hint: "Name a PostgreSQL database or a SQLite file.")
    }
    let wishes = [
      arguments[once], arguments[length] != nil, arguments[untilChange], arguments[install],
      arguments[remove],
    ]
    guard wishes.count(where: { $0 }) <= 1 else {
      throw UsageError.refused(
        "--once, --for, --until-change, --install and --remove exclude each other", hint: "Name one of them.")
    }
    if arguments[install] || arguments[remove] {
      try console.print(try change(live, named: location.displayName, removing: arguments[remove]))
      return .success
    }
    let drawn = try blueprint(project, environment, of: location, arguments, on: console)
    let end: Watch.End =
      arguments[once]
      ? .once : arguments[untilChange] ? .atNews : arguments[length].map { .after($0.duration) } ?? .never
    let settings = project.configuration.watch
    let receivers = try AlertReceiver.all(of: settings, environment: console.environment)
    let record = try WatchRecord(try ledger(project), of: live.ledgerName, at: Date())
    let printer = WatchText(arguments[format], on: console)
    let watch = Watch(
      live, named: location.displayName, blueprint: drawn,
      ignoring: { project.ignoreRules(in: environment) },
      settings: settings, until: end, record: record,
      deliveries: receivers.map { AlertDelivery(to: $0, complain: { console.warn($0) }) },
      voice: Watch.Voice(tell: printer.print, warn: { console.warn($0) }))
    switch try watch.run() {
    case .interrupted: return .interrupted
    case .done(nil): return .failure
    case .done(let verdict?): return VerdictText.exitCode(verdict)
    }
  }

  private func blueprint(
    _ project: Project, _ environment: Configuration.Environment?, of location: SchemaLocation,
    _ arguments: ParsedArguments, on console: Console
  ) throws -> WatchedBlueprint {
    let drawn = try project.requiredBlueprint(
      arguments[blueprint] ?? environment?.blueprint, for: location.displayName, in: environment)
    let path = drawn.displayName
    let files =
      [path, "\(path)/schema.sql", "\(path)/schema.json"] + (environment?.overlay.map { [$0] } ?? [])
    return try WatchedBlueprint(path, files: files) {
      try sources.schema(at: drawn, overlaid: environment?.overlay, arguments, besides: location, on: console)
    }
  }

  private func ledger(_ project: Project) throws -> Ledger { try Ledger(path: project.ledgerPath) }

  /// What was done, as a sentence.
  private func change(_ database: LiveLocation, named name: String, removing: Bool) throws -> String {
    guard case .postgres(let place) = database else {
      throw OperationError(
        "SQLite has no event triggers", hint: "plumb watch looks at the file every few seconds without them.")
    }
    let parts =
      "the schema \(PostgresRecorder.schema) and the event triggers \(PostgresRecorder.triggers.joined(separator: " and "))"
    switch removing ? try PostgresRecorder.remove(at: place) : try PostgresRecorder.install(at: place) {
    case .installed: return "Made \(parts) in \(name). 'plumb watch --remove' takes them away."
    case .renewed: return "Made \(parts) anew in \(name); what was recorded is still there."
    case .removed: return "Took \(parts) out of \(name)."
    case .nothingToRemove: return "There is nothing of plumb watch in \(name)."
    }
  }
}

/// A length of time on the command line: `10m`.
struct WatchLength: CommandLineValue {
  let duration: Duration

  init(commandLine text: String) throws(UsageError) {
    guard let duration = DurationText.read(text) else {
      throw .unsuitableValue(text, expected: DurationText.form)
    }
    self.duration = duration
  }
}
