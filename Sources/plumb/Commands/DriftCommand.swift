import Analysis
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb drift`: holds a live database against its blueprint.
struct DriftCommand: Command {
  let name = "drift"
  let summary =
    "Hold a live database against its blueprint, and tell each difference by what a restore meets."
  let discussion = """
    Reads the catalog in one snapshot and takes no lock on a table. Where the blueprint demands more than the \
    database does, the rows that would break the demand are counted. "Same" is only said when everything was \
    compared. --format sql prints a draft of the SQL that would make the database what the blueprint says; \
    statements that would lose data stand in it as comments.
    """
  let examples = [
    Example("plumb drift", "The database and the blueprint that plumb.yaml names."),
    Example("plumb drift postgres://localhost/shop --blueprint shop/blueprint", "Another pair."),
    Example("plumb drift --format sql", "A draft of the SQL that would undo the drift."),
  ]
  let group = CommandGroup.look
  let exitMeanings = VerdictText.exitMeanings

  let location = OptionalArgument<String>("location", "The live database; plumb.yaml's when left out.")
  let blueprint = OptionalOption<String>(
    "blueprint", value: "location", "The blueprint; plumb.yaml's, else ./blueprint, when left out.")
  let noCounts = Flag("no-counts", "Compare the structure only; count no rows.")
  let timeout = Option("timeout", value: "seconds", default: 600, "How long one count may take.")
  let format = Option(
    "format", short: "f", value: "form", default: ComparisonFormat.text, "Print it in this form.")
  let environment = OptionalOption<String>(
    "environment", value: "name", "One of the environments of plumb.yaml: its database, overlay and rules.")
  let noIgnore = Flag("no-ignore", "Tell also what plumb.yaml ignores.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let environment = try project.environment(arguments[environment])
    let location = try project.database(arguments[location] ?? environment?.database)
    let drawn = try project.requiredBlueprint(
      arguments[blueprint] ?? environment?.blueprint, for: location.displayName, in: environment)
    let sides = try DriftSides(
      blueprint: drawn, overlaid: environment?.overlay,
      by: try sources.reader(arguments, besides: location), live: location,
      statementSeconds: arguments[timeout], printable: arguments[format] == .sql)
    SourceOptions.warn(sides.blueprint, of: drawn, on: console)
    let expected = sides.blueprint.schema
    let drift = try Drift(
      blueprint: expected, live: sides.live, countingOn: arguments[noCounts] ? nil : sides.session,
      ignoring: arguments[noIgnore] ? project.ignoringNothing : project.ignoreRules(in: environment))
    let report = ComparisonReport(
      drift.report, blueprint: drawn.displayName, live: location.displayName,
      objectCount: expected.objectCount)
    let undo = ComparisonSQL.Sides(making: drift.live, into: expected)
    try report.print(in: arguments[format], blueprint: drawn, sides: undo, on: console) {
      DriftDocument.value(
        of: drift.report, blueprint: ComparedSource(expected, named: drawn.displayName),
        live: ComparedSource(drift.live, named: location.displayName))
    }
    KeptUntilExit.keep((sides.blueprint, drift))
    return VerdictText.exitCode(drift.report.verdict)
  }
}
