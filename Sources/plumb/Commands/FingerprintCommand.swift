import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb fingerprint`: names the version of a schema in one word.
struct FingerprintCommand: Command {
  let name = "fingerprint"
  let summary = "Print the fingerprint of a schema: equal schemas have equal ones, on any machine."
  let discussion = """
    64 hexadecimal digits over every fact that is compared, and nothing else: not the server's version, not rows, not \
    the order in which things were made. Put it on deployments and telemetry to know which schema served a request.
    """
  let examples = [
    Example("plumb fingerprint", "Of the database that plumb.yaml names."),
    Example("plumb fingerprint blueprint --short", "Of the blueprint: 12 digits, enough for people."),
  ]
  let group = CommandGroup.look
  let exitMeanings: [ExitCode: String] = [
    .success: "printed, and it covers everything the database holds",
    .failure: "it does not cover what was seen and is not compared; or it could not be done",
  ]

  let location = OptionalArgument<String>("location", "What to read; plumb.yaml's database when left out.")
  let short = Flag("short", "Print the first 12 digits only.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let location = try Project.current(console).database(arguments[location])
    let schema = try sources.schema(at: location, arguments, on: console)
    let fingerprint = Fingerprint(of: schema)
    let digits = arguments[short] ? fingerprint.short : fingerprint.hexadecimal
    switch arguments[format] {
    case .text: try console.print(digits)
    case .json:
      let document: FacetValue = .record([
        "format": .text("plumb/fingerprint"), "version": .number(1), "location": .text(location.displayName),
        "engine": .text(schema.engine.rawValue), "serverVersion": .text(schema.serverVersion),
        "fingerprint": .text(fingerprint.hexadecimal), "objects": .number(schema.objectCount),
        "notCompared": schema.notCompared.facetValue,
      ])
      try console.print(JSONWriter.text(of: document).withoutLastLineEnd)
    }
    guard schema.notCompared.isEmpty else {
      let kinds = schema.notCompared.map(\.kind).joined(separator: ", ")
      console.warn("the fingerprint does not cover what was seen and is not compared: \(kinds)")
      return .failure
    }
    return .success
  }
}
