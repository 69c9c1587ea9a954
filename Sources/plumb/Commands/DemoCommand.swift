import Engines
import Foundation
import Operations
import SchemaModel
import Terminal

/// `plumb demo`: replays the founding incident with the commands a user types.
struct DemoCommand: Command {
  let name = "demo"
  let summary = "Replay the founding incident: a blueprint that lies, a backup, a drill that ends well."
  let discussion = """
    Builds the multi-tenant case study as a production database that has drifted from its blueprint in the \
    three classic ways, then runs and prints the very commands a user would run: init, drift, check, backup, \
    drill. Everything lives in a temporary folder and is gone at the end.
    """
  let examples = [
    Example("plumb demo", "On SQLite: needs no server."),
    Example(
      "plumb demo --engine postgres --rows 100000", "On a throw-away PostgreSQL server, with more rows."),
  ]
  let group = CommandGroup.start
  let exitMeanings: [ExitCode: String] = [.success: "the demo ran; its drill ends with findings, on purpose"]

  let engine = Option("engine", default: SourceOptions.EngineName.sqlite, "The engine to run it on.")
  let rows = Option(
    "rows", value: "n", default: 20_000, "How many tasks to generate; other tables in proportion.")
  let seed = Option("seed", value: "n", default: 42, "The same seed gives the same rows.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    guard arguments[rows] >= Incident.fewestTasks else {
      throw UsageError.refused(
        "--rows \(arguments[rows]) is too few",
        hint: "The incident needs \(Incident.fewestTasks) tasks or more.")
    }
    let engine: DatabaseEngine = arguments[engine] == .postgres ? .postgreSQL : .sqlite
    console.note("Building production with \(HumanText.count(arguments[rows])) tasks on \(engine.title) ...")
    let incident = try Incident.stage(on: engine, taskCount: arguments[rows], seed: arguments[seed])
    let before = FileManager.default.currentDirectoryPath
    guard FileManager.default.changeCurrentDirectoryPath(incident.folder) else {
      throw OperationError("cannot work in \(incident.folder)")
    }
    defer { _ = FileManager.default.changeCurrentDirectoryPath(before) }
    for step in steps(for: incident) {
      try console.print("")
      for line in step.story { try console.print(console.style(.dim, "# " + line)) }
      try console.print(
        console.style(.strong, "$ plumb " + step.words.map(\.quotedForShell).joined(separator: " ")))
      let code = Plumb.application.run(step.words, in: console.surroundings)
      if code == .interrupted { throw Interrupted() }
      guard step.expected.contains(code) else {
        throw OperationError(
          "this step of the demo ended with exit code \(code.rawValue)",
          hint: "Please report this with what was printed above.")
      }
    }
    try console.print("")
    try console.print(
      "That was the incident in one sitting. Next: plumb init LOCATION, with a database of yours.")
    return .success
  }

  /// A command of the demo, with what to say before it.
  private struct Step {
    var story: [String]
    var words: [String]
    /// Codes it may end with: drift, violations and what was set aside are findings.
    var expected: [ExitCode]
  }

  private func steps(for incident: Incident) -> [Step] {
    [
      Step(
        story: [
          "The diagram in the wiki, turned into a blueprint: this is what everybody believes production is."
        ],
        words: ["init", incident.wikiPath, "--engine", incident.engineName], expected: [.success]),
      Step(
        story: ["Is it? Hold production against it."],
        words: ["drift", incident.location], expected: [.findings]),
      Step(
        story: ["What do the rows themselves say? The catalog calls every key valid."],
        words: ["check", incident.location], expected: [.findings]),
      Step(
        story: ["Take a backup, with its proof."],
        words: ["backup", incident.location], expected: [.success]),
      Step(
        story: ["The rehearsal: restore it into a throw-away place, prove it, say how long it took."],
        words: ["drill", "latest"], expected: [.findings]),
      Step(
        story: ["The incident took three hours. Now it is a line in a table."],
        words: ["backups"], expected: [.success]),
    ]
  }
}

extension String {
  /// As it has to be typed in a shell.
  fileprivate var quotedForShell: String {
    let isPlain = allSatisfy { $0.isLetter || $0.isNumber || "-_./:@=".contains($0) }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
