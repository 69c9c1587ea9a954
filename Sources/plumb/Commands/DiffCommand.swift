import Analysis
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb diff`: compares two schemas.
struct DiffCommand: Command {
  let name = "diff"
  let summary = "Compare two schemas, fact by fact."
  let discussion = """
    Either side may be a live database, SQL text, migrations, a pg_dump archive, a blueprint, a schema.json, DBML \
    or a Mermaid diagram. "Same" is only said when everything was compared; what was seen and not compared is \
    listed. A source that says less is compared in what it can say, and the report opens with what that is.
    """
  let examples = [
    Example(
      "plumb diff blueprint postgres://localhost/shop", "What the database has that the blueprint has not."),
    Example("plumb diff wiki.md postgres://localhost/shop", "The diagram on a page against the database."),
    Example("plumb diff old.db new.db --format json", "Two files; the document plumb/diff."),
    Example(
      "plumb diff shop.db@2026-11-20T14:02 shop.db", "What has changed since, from what plumb watch saw."),
  ]
  let group = CommandGroup.look
  let exitMeanings = VerdictText.exitMeanings

  let from = Argument<String>("from", "The schema as expected.")
  let to = Argument<String>("to", "The schema as found.")
  let format = Option(
    "format", short: "f", value: "form", default: ComparisonFormat.text, "Print it in this form.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let from = try SchemaLocation(arguments[from])
    let to = try SchemaLocation(arguments[to])
    let first = try sources.schema(at: from, arguments, besides: to, on: console)
    let second = try sources.schema(at: to, arguments, besides: from, on: console)
    let comparison = Diff.compare(from: first, to: second)
    let flaws = try flaws(first, from, second, to)
    let report = ComparisonReport(
      comparison, flaws: flaws, from: from.displayName, to: to.displayName,
      objectCount: comparison.scope.isEmpty ? first.objectCount : min(first.objectCount, second.objectCount))
    try report.print(in: arguments[format], blueprint: from, on: console) {
      DiffDocument.value(
        of: comparison, flaws: flaws, from: ComparedSource(first, named: from.displayName),
        to: ComparedSource(second, named: to.displayName))
    }
    return VerdictText.exitCode(comparison.verdict)
  }
}

/// The classic flaws when one side is a drawing: counted where the other is a live database.
private func flaws(
  _ first: Schema, _ from: SchemaLocation, _ second: Schema, _ to: SchemaLocation
) throws -> [ClassicFlaw] {
  let (drawn, other, location): (Schema, Schema, SchemaLocation)
  if first.expressiveness != .everything {
    (drawn, other, location) = (first, second, to)
  } else if second.expressiveness != .everything {
    (drawn, other, location) = (second, first, from)
  } else {
    return []
  }
  guard location.isLive else { return ClassicFlaws.find(blueprint: drawn, live: other) }
  let session = try LiveDatabase.open(location, statementSeconds: countSeconds)
  return try Drift(blueprint: drawn, live: other, countingOn: session).report.flaws
}

/// How long one count may take; one that takes longer is left out.
private let countSeconds = 600

extension ComparedSource {
  /// A side of a comparison with its fingerprint.
  init(_ schema: Schema, named name: String) {
    self.init(name: name, engine: schema.engine, fingerprint: Fingerprint(of: schema).hexadecimal)
  }
}
