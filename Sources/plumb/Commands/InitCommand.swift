import Engines
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb init`: writes a database's blueprint.
struct InitCommand: Command {
  let name = "init"
  let summary = "Write a database's blueprint: schema.sql, schema.json, ERD.md and plumb.yaml."
  let discussion = """
    The blueprint is generated from the database and lives in git. Running it again changes only what has \
    changed, so a pull request shows the change of the database as a change of text. plumb.yaml is written \
    once and is yours from then on; a password is never written into it.
    """
  let examples = [
    Example("plumb init postgres://localhost/shop", "Write ./blueprint and ./plumb.yaml."),
    Example("plumb init sqlite:shop.db --into shop", "Write them into the folder shop."),
  ]
  let group = CommandGroup.start

  let location = Argument<String>("location", "The database, or any other source of a schema.")
  let into = Option("into", value: "dir", default: ".", "The folder to write into.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let location = try SchemaLocation(arguments[location])
    let schema = try sources.schema(at: location, arguments, on: console)
    try refuseTooLittle(schema, from: location)
    let folder = arguments[into]
    let files = try Init(schema, from: location, into: folder).run()
    var table = TextTable([.text(""), .text("")])
    for file in files {
      let path = folder == "." ? file.path : "\(folder)/\(file.path)"
      table.add([.init(path), .init(file.outcome.rawValue, file.outcome == .unchanged ? .dim : nil)])
    }
    try console.print(
      "Blueprint of \(location.displayName): \(HumanText.count(schema.tables.count, "table")), "
        + "\(HumanText.count(schema.objectCount, "object")), fingerprint \(Fingerprint(of: schema).short)")
    for line in table.lines(style: console.style, indent: 2) { try console.print(line) }
    for line in NotComparedText.lines(schema.notCompared, style: console.style) { try console.print(line) }
    return .success
  }
}

/// A blueprint claims to say everything, so one made of a source that does not would lie from then on.
private func refuseTooLittle(_ schema: Schema, from location: SchemaLocation) throws {
  switch schema.expressiveness {
  case .everything: return
  case .tables, .diagram:
    throw OperationError(
      "\(location.displayName) says too little for a blueprint",
      hint: "Write the blueprint from the database, and hold the drawing against it with 'plumb diff'.")
  }
}

/// Options of every command that may have to turn SQL text into a schema.
struct SourceOptions: ParameterGroup {
  /// The engines by the words users type.
  enum EngineName: String, CaseIterable, CommandLineValue {
    case postgres, sqlite
  }

  let engine = OptionalOption<EngineName>(
    "engine",
    "The engine of SQL text that does not say which it is for; postgres unless the other side tells.")
  let scratch = OptionalOption<String>(
    "scratch", value: "url", "A PostgreSQL server to apply SQL text on; a throw-away server otherwise.")

  /// The schema at a location; what its reader did not understand becomes warnings.
  ///
  /// - Parameters:
  ///   - overlay: SQL text that is applied after the location's.
  ///   - other: the location on the other side of a comparison, which tells the engine of a text.
  func schema(
    at location: SchemaLocation, overlaid overlay: String? = nil, _ arguments: ParsedArguments,
    besides other: SchemaLocation? = nil,
    on console: Console
  ) throws -> Schema {
    let reading = try reader(arguments, besides: other).reading(at: location, overlaid: overlay)
    Self.warn(reading, of: location, on: console)
    return reading.schema
  }

  /// Tells what the reader of a text did not understand.
  static func warn(_ reading: SchemaReader.Reading, of location: SchemaLocation, on console: Console) {
    for warning in reading.warnings.prefix(mostWarnings) { console.warn(warning) }
    let rest = reading.warnings.count - mostWarnings
    if rest > 0 { console.warn("\(location.displayName): and \(HumanText.count(rest, "more finding"))") }
  }

  /// More than these hide what matters.
  private static let mostWarnings = 20

  /// A reader of schemas.
  ///
  /// - Parameter other: the location on the other side of a comparison, which tells the engine of a text.
  func reader(
    _ arguments: ParsedArguments, besides other: SchemaLocation? = nil
  ) throws -> SchemaReader {
    let assumed: DatabaseEngine =
      switch arguments[engine] {
      case .postgres?: .postgreSQL
      case .sqlite?: .sqlite
      case nil: other?.engine ?? .postgreSQL
      }
    let server = try arguments[scratch].map { try PostgresConnectionString($0) }
    return SchemaReader(
      assumedEngine: assumed, scratch: server, ledgerPath: Project.ledgerPathOfCurrentFolder)
  }
}
