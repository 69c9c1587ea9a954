import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb check`: counts violations in the data.
struct CheckCommand: Command {
  let name = "check"
  let summary =
    "Count the rows that violate each constraint, believing no catalog's word that there are none."
  let discussion = """
    Foreign keys (declared, NOT VALID, or drawn in the blueprint only), NULLs, checks, rules of domains, unique and \
    exclusion constraints. A key that the server calls valid is counted all the same. Sample keys are shown, never the \
    value of a column that is tagged @sensitive, and the query that shows all rows. Tables are read, up to four at a \
    time, and no index is believed. Only when foreign keys are all that is asked for (--kind foreign-key) do indexes \
    help to find orphans, and never those over text, whose order a new C library may have changed.
    """
  let examples = [
    Example(
      "plumb check postgres://localhost/shop", "Count everything the database and the blueprint demand."),
    Example("plumb check --kind foreign-key --only 'order*'", "Only the orphans of some tables."),
  ]
  let group = CommandGroup.look
  let exitMeanings: [ExitCode: String] = [
    .success: "no row violates anything, and everything was counted",
    .findings: "rows violate a constraint", .failure: "something could not be counted",
  ]

  let location = OptionalArgument<String>("location", "The live database; plumb.yaml's when left out.")
  let blueprint = OptionalOption<String>(
    "blueprint", value: "dir", "The blueprint; plumb.yaml's, else ./blueprint, when left out.")
  let kinds = RepeatedOption<CheckScope.Kind>(
    "kind", value: "kind",
    "Count only constraints of this kind; key stands for primary keys and all that is unique.")
  let only = RepeatedOption<String>(
    "only", value: "table", "Look only at these tables (* and ? allowed), with their partitions.")
  let except = RepeatedOption<String>("except", value: "table", "Leave these tables out.")
  let timeout = Option("timeout", value: "seconds", default: 3600, "How long one count may take.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")
  let sources = SourceOptions()

  /// To a server that others are at work on; however many cores this machine has.
  private static let mostConnections = 4

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let location = try project.database(arguments[location])
    let session = try LiveDatabase.open(location, statementSeconds: arguments[timeout])
    let drawn = try project.blueprint(arguments[blueprint], for: location.displayName).map { drawn in
      try sources.schema(at: drawn, arguments, besides: location, on: console)
    }
    let line = console.progress("counting violations", of: .things("constraints"))
    defer { line.finish() }
    let scope = CheckScope(
      kinds: Set(arguments[kinds]), only: arguments[only].map(NamePattern.init),
      except: arguments[except].map(NamePattern.init))
    let report: CheckReport
    do {
      report = try Check(
        session, blueprint: drawn, scope: scope, workers: min(Project.workers, Self.mostConnections)
      ) { _ in
        line.advance(by: 1)
      }.run()
    } catch let error as CheckScope.NothingFits {
      line.finish()
      throw UsageError.refused(
        "the database has no table \(error.pattern)",
        hint: "Its tables are \(SelectionOptions.some(error.tables)).")
    }
    line.finish()
    switch arguments[format] {
    case .json: try console.print(CheckText.json(report).withoutLastLineEnd)
    case .text:
      for line in CheckText.lines(report, of: location.displayName, style: console.style) {
        try console.print(line)
      }
    }
    return report.findings.isEmpty ? (report.unchecked.isEmpty ? .success : .failure) : .findings
  }
}

extension CheckScope.Kind: CommandLineValue {}
