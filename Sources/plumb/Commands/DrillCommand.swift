import Engines
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

    A physical backup (a folder of pg_basebackup, pgbackrest:STANZA or pgbackrest:STANZA/LABEL) is recovered on a copy, up to \
    a time, an LSN or a restore point when one is named; every row is counted, every constraint is asked of the \
    rows, and the inside of indexes is checked.

    --self-test damages copies of the backup on purpose and demands that each damage is noticed.
    """
  let examples = [
    Example("plumb drill latest", "The newest backup of the store."),
    Example("plumb drill backups/shop-20261121T020000Z --format json", "One backup; the record as JSON."),
    Example("plumb drill pgbackrest:main --to-time '2026-11-21 14:02'", "A server as it was at that time."),
  ]
  let group = CommandGroup.protect
  let exitMeanings: [ExitCode: String] = [
    .success: "proven: every row and every constraint is there again",
    .findings: "the backup is not good, rows were set aside, or the blueprint says something else",
  ]

  let backup = OptionalArgument<String>(
    "backup",
    "A backup's folder, id or place in object storage, a dump of pg_dump, a SQLite file or its .dump, or latest, the default."
  )
  let store = OptionalOption<String>(
    "store", value: "place", "The folder that holds the backups, s3://BUCKET/PREFIX, or rclone:REMOTE:PATH.")
  let identity = OptionalOption<String>(
    "identity", value: "file", "The file with the secret key of an encrypted backup, else PLUMB_AGE_IDENTITY."
  )
  let blueprint = OptionalOption<String>(
    "blueprint", value: "dir", "The blueprint to hold the result against.")
  let policies = PolicyOptions()
  let plan = Flag("plan", "Only say what would be done, how long it would take and what disk it needs.")
  let physical = PhysicalOptions()
  let databases = RepeatedOption<String>(
    "database", value: "name", "Of a physical backup, only look at this database.")
  let pages = Option(
    "amcheck", value: "how", default: Pages.indexes,
    "indexes: the order inside of a physical backup's indexes; full: also every row's place in them, and every page."
  )
  let noVerify = Flag("no-verify", "Do not compare a physical backup's checksums before it is recovered.")
  let selfTest = Flag("self-test", "Damage copies of the backup on purpose; each damage must be noticed.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  /// What amcheck looks at, as typed.
  enum Pages: String, CaseIterable, CommandLineValue {
    case none, indexes, full
  }

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    if let location = try physical.location(
      arguments[backup], store: arguments[store], arguments, in: project)
    {
      return try runPhysical(location, arguments, in: project, on: console)
    }
    let backup = try project.backup(
      arguments[backup], in: project.store(arguments[store]), identity: arguments[identity], console)
    if arguments[selfTest] {
      let progress = RestoreProgressText(console)
      let report = try SelfTest.run(backup, workers: Project.workers, now: { Date() }) { progress.tell($0) }
      progress.finish()
      return try tell(report, arguments, on: console)
    }
    if arguments[plan] {
      let planning = RestorePlanning(
        backup, selection: nil, workers: Project.workers, readsBack: true, isRehearsal: true,
        history: project.drills(of: backup, console))
      let plan = try planning.plan(
        into: "a throw-away \(backup.manifest.engine.title)", state: "is made and removed",
        on: TemporaryDirectory.defaultParent)
      try RestorePlanText.tell(plan, as: arguments[format], on: console)
      return .success
    }
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
      backup, blueprint: blueprint, smoke: project.configuration.drill.smoke,
      // Indexes that were built a moment ago are looked into only when that is asked for.
      pages: arguments[pages] == .full ? .full : .none, workers: Project.workers,
      policies: policies, now: { Date() }
    ).run { progress.tell($0) }
    progress.finish()
    return try tell(record, arguments, in: project, on: console)
  }

  /// Prints what a self-test found.
  func tell(_ report: SelfTest.Report, _ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    switch arguments[format] {
    case .json: try console.print(SelfTestText.json(report).withoutLastLineEnd)
    case .text: for line in SelfTestText.lines(report, style: console.style) { try console.print(line) }
    }
    return report.isPassed ? .success : .findings
  }

  /// Writes the record into the ledger and prints it.
  func tell(
    _ record: DrillRecord, _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
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
