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
    Foreign keys (declared, NOT VALID, or drawn in the blueprint only), NULLs, checks, unique and exclusion \
    constraints. A key that the server calls valid is counted all the same. Sample keys are shown, never the \
    value of a column that is tagged @sensitive, and the query that shows all rows.
    """
  let examples = [
    Example(
      "plumb check postgres://localhost/shop", "Count everything the database and the blueprint demand.")
  ]
  let group = CommandGroup.look
  let exitMeanings: [ExitCode: String] = [
    .success: "no row violates anything, and everything was counted",
    .findings: "rows violate a constraint", .failure: "something could not be counted",
  ]

  let location = OptionalArgument<String>("location", "The live database; plumb.yaml's when left out.")
  let blueprint = OptionalOption<String>(
    "blueprint", value: "dir", "The blueprint; plumb.yaml's, else ./blueprint, when left out.")
  let timeout = Option("timeout", value: "seconds", default: 3600, "How long one count may take.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let location = try project.database(arguments[location])
    let session = try LiveDatabase.open(location, statementSeconds: arguments[timeout])
    let drawn = try project.blueprint(arguments[blueprint], for: location.displayName).map { drawn in
      try sources.schema(at: drawn, arguments, besides: location, on: console)
    }
    let line = console.progress("counting violations", of: .things("constraints"))
    defer { line.finish() }
    let report = try Check(session, blueprint: drawn) { _ in line.advance(by: 1) }.run()
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
