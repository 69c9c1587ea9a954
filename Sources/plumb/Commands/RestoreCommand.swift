import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import Synchronization
import Terminal

/// `plumb restore`: restores for real.
struct RestoreCommand: Command {
  let name = "restore"
  let summary = "Restore a backup into a database, setting aside rows that no constraint allows."
  let discussion = """
    The same pipeline as a drill's. A database or file that holds anything is replaced only when its name is \
    confirmed; a database that does not exist is made. Rows that violate a constraint end up in \
    plumb_quarantine with the constraint, the reason and the time, and every constraint is enforced. When a restore into a \
    PostgreSQL database was interrupted, the same command goes on where it ended.

    A physical backup (a folder of pg_basebackup, pgbackrest:STANZA) is restored into a data directory, up to a time, an LSN \
    or a restore point when one is named; it is not started, and what to do next is said.
    """
  let examples = [
    Example("plumb restore latest --into postgres://localhost/shop_restored", "Into a new database."),
    Example(
      "plumb restore shop.dump --into postgres:///shop_restored --plan", "What a dump of pg_dump would take."),
    Example(
      "plumb restore latest --into postgres:///part --only 'order*'",
      "Some tables, and those their rows refer to."),
    Example(
      "plumb restore latest --into postgres:///part --only 'customers where id = 42'",
      "One customer, what belongs to it, and what that needs."),
    Example("plumb restore latest --into shop.db --confirm shop.db", "Over an existing one."),
    Example("plumb restore pgbackrest:main --into /srv/pg/main --to-lsn 16/B374D848", "A server's files."),
  ]
  let group = CommandGroup.protect
  let exitMeanings: [ExitCode: String] = [.findings: "restored, but rows were set aside or something differs"]

  let backup = Argument<String>(
    "backup",
    "A backup's folder, id or place in object storage, a dump of pg_dump, a SQLite file or its .dump, or latest."
  )
  let into = Option(
    "into", value: "location", default: "",
    "The database to restore into; for a physical backup, the data directory.")
  let store = OptionalOption<String>(
    "store", value: "place", "The folder that holds the backups, s3://BUCKET/PREFIX, or rclone:REMOTE:PATH.")
  let identity = OptionalOption<String>(
    "identity", value: "file", "The file with the secret key of an encrypted backup, else PLUMB_AGE_IDENTITY."
  )
  let noOwner = Flag("no-owner", "Leave owners and grants out: all belongs to whoever restores.")
  let verify = Option(
    "verify", value: "how", default: Verification.full,
    "full reads every row back; archive hashes rows only while they are loaded.")
  let policies = PolicyOptions()
  let selection = SelectionOptions()
  let plan = Flag("plan", "Only say what would be done, how long it would take and what disk it needs.")
  let physical = PhysicalOptions()
  let confirmation = Confirmation()
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  /// How the content is proven, as typed.
  enum Verification: String, CaseIterable, CommandLineValue {
    case full, archive
  }

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    guard !arguments[into].isEmpty else {
      throw UsageError.refused(
        "nothing says where to restore",
        hint: "Add --into LOCATION, for example --into postgres://localhost/restored.")
    }
    let project = try Project.current(console)
    if let location = try physical.location(
      arguments[backup], store: arguments[store], arguments, in: project)
    {
      return try runPhysical(location, arguments, on: console)
    }
    let destination = try SchemaLocation(arguments[into]).requiredLive()
    let confirmed = Mutex<RestoreInto.State?>(nil)
    let backup = try project.backup(
      arguments[backup], in: project.store(arguments[store]), identity: arguments[identity],
      announce: { manifest in
        guard !arguments[plan] else { return }
        // Nobody waits for a large backup to come, only to be told that a name is to be confirmed.
        let state = try RestoreInto.state(of: destination, for: manifest)
        // Whether that restore is this one is told once the backup is here.
        if case .incomplete = state { return }
        try confirm(state, for: manifest.id, arguments, on: console)
        confirmed.withLock { $0 = state }
      }, console)
    let policies = try policies.policies(
      arguments, for: backup, blueprint: blueprint(of: backup, project, console), project, console)
    let selection = try selection.selection(arguments, of: backup)
    let restore = RestoreInto(
      backup, destination: destination, workers: Project.workers,
      verification: arguments[verify] == .full ? .full : .archive, withoutOwners: arguments[noOwner],
      policies: policies, selection: selection)
    var state = try restore.state()
    if case .incomplete(let name, let count) = state, arguments[confirmation.confirm] != nil {
      // Who confirms that it goes wants to start over.
      state = .occupied(name: name, objectCount: count)
    }
    if arguments[plan] {
      let planning = RestorePlanning(
        backup, selection: selection, workers: Project.workers, readsBack: arguments[verify] == .full,
        history: project.drills(of: backup, console))
      let plan = try planning.plan(
        into: destination.displayName, state: state.words, on: destination.folder)
      try RestorePlanText.tell(plan, as: arguments[format], on: console)
      return .success
    }
    if confirmed.withLock({ $0 }) != state {
      try confirm(state, for: backup.manifest.id, arguments, on: console)
    }
    let progress = RestoreProgressText(console)
    let report = try restore.run(over: state) { progress.tell($0) }
    progress.finish()
    let record = DrillRecord(restored: backup, into: destination.displayName, report: report, at: Date())
    switch arguments[format] {
    case .json: try console.print(try RecordDocument.text(of: record).withoutLastLineEnd)
    case .text: for line in RestoreText.lines(record, style: console.style) { try console.print(line) }
    }
    return record.verdict == .proven ? .success : .findings
  }

  /// Asks for the name of what would be replaced.
  private func confirm(
    _ state: RestoreInto.State, for id: String, _ arguments: ParsedArguments, on console: Console
  ) throws {
    switch state {
    case .missing, .empty: break
    case .incomplete(let name, let count):
      console.note(
        "going on with the interrupted restore into '\(name)', which has the rows of \(HumanText.count(count, "table"))"
      )
    case .occupied(let name, let count):
      try confirmation.require(
        name,
        to: "replace \(HumanText.count(count, "object")) of '\(name)' with backup \(id)",
        arguments, on: console)
    case .unreadable(let name):
      try confirmation.require(
        name,
        to: "replace the file '\(name)', which is no readable database, with backup \(id)",
        arguments, on: console)
    }
  }

  /// The blueprint, for its tags; a restore goes on without one that cannot be read.
  private func blueprint(of backup: StoredBackup, _ project: Project, _ console: Console) -> Schema? {
    do {
      let drawn = try project.blueprint(nil, for: backup.manifest.source)
      return try drawn.map { try SchemaReader(assumedEngine: backup.manifest.engine).reading(at: $0).schema }
    } catch {
      console.warn("the blueprint cannot be read, so its tags say nothing: \(error)")
      return nil
    }
  }
}

extension RestoreInto.State {
  /// What lies there, in words.
  fileprivate var words: String {
    switch self {
    case .missing: "does not exist yet and is made"
    case .empty: "is empty"
    case .occupied(_, let count): "holds \(HumanText.count(count, "object")), which are replaced"
    case .incomplete(_, let count):
      "holds a part of this restore, with the rows of \(HumanText.count(count, "table")); it goes on from there"
    case .unreadable: "is no readable database, and is replaced"
    }
  }
}

extension LiveLocation {
  /// The folder that a file would be written into.
  fileprivate var folder: String? {
    switch self {
    case .postgres: return nil
    case .sqlite(let path):
      let folder = (path as NSString).deletingLastPathComponent
      return folder.isEmpty ? "." : folder
    }
  }
}
