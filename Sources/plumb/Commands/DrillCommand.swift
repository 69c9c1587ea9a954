import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb drill`: rehearses a restore.
struct DrillCommand: Command {
  let name = "drill"
  let summary = "Restore a backup into a throw-away place, prove it row for row, and say how long it took."
  let discussion = """
    Starts a PostgreSQL server of its own (or makes a SQLite file), restores with constraints relaxed, reads \
    every row back and compares it with the manifest, sets violating rows aside in plumb_quarantine, enforces \
    every constraint, compares the structure with the source's and with the blueprint, writes the drill into \
    the ledger, and removes everything it made, also when interrupted. The source is never touched.
    """
  let examples = [
    Example("plumb drill latest", "The newest backup of the store."),
    Example("plumb drill backups/shop-20261121T020000Z --format json", "One backup; the record as JSON."),
  ]
  let group = CommandGroup.protect
  let exitMeanings: [ExitCode: String] = [
    .success: "proven: every row and every constraint is there again",
    .findings: "the backup is not good, rows were set aside, or the blueprint says something else",
  ]

  let backup = OptionalArgument<String>("backup", "A backup's folder or id, or latest, the default.")
  let store = OptionalOption<String>("store", value: "dir", "The folder that holds the backups.")
  let blueprint = OptionalOption<String>(
    "blueprint", value: "dir", "The blueprint to hold the result against.")
  let policies = PolicyOptions()
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let backup = try project.backup(arguments[backup], in: project.store(arguments[store]), console)
    let drawn = try project.blueprint(arguments[blueprint], for: backup.manifest.source)
    let reader = SchemaReader(assumedEngine: backup.manifest.engine)
    let blueprint = try drawn.map { location in
      let reading = try reader.reading(at: location)
      SourceOptions.warn(reading, of: location, on: console)
      return reading.schema
    }
    let policies = try policies.policies(arguments, for: backup, blueprint: blueprint, project, console)
    let progress = RestoreProgressText(console)
    let record = try Drill(
      backup, blueprint: blueprint, workers: Project.workers, policies: policies, now: { Date() }
    )
    .run { progress.tell($0) }
    progress.finish()
    do {
      try Ledger(path: project.ledgerPath).add(record)
    } catch {
      console.warn("the drill is not in the ledger: \(error.summary)")
    }
    switch arguments[format] {
    case .json: try console.print(try RecordDocument.text(of: record).withoutLastLineEnd)
    case .text: for line in DrillText.lines(record, style: console.style) { try console.print(line) }
    }
    return record.verdict == .proven ? .success : .findings
  }
}
