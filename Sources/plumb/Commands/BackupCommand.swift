import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb backup`: takes a backup.
struct BackupCommand: Command {
  let name = "backup"
  let summary = "Take a backup: a standard archive with a manifest that can prove it."
  let discussion = """
    PostgreSQL: a pg_dump directory archive; SQLite: a database file. Beside it manifest.json with row counts \
    and a content hash of every table, read in the same snapshot, and a SHA-256 of every file. pg_restore or \
    sqlite3 read it without Plumbline. It is written aside and gets its name only when it is whole.
    """
  let examples = [
    Example(
      "plumb backup postgres://localhost/shop", "Into the store that plumb.yaml names, else ./backups."),
    Example("plumb backup shop.db --to /srv/backups", "Into another store."),
  ]
  let group = CommandGroup.protect

  let location = OptionalArgument<String>("location", "The database; plumb.yaml's when left out.")
  let to = OptionalOption<String>("to", value: "store", "The folder that holds the backups.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let location = try project.database(arguments[location])
    let store = project.store(arguments[to])
    let line = console.progress("backing up \(location.displayName)", of: .things("rows"))
    defer { line.finish() }
    let backup = try Backup(location.requiredLive(), into: store, workers: Project.workers, now: { Date() })
      .run { line.advance(by: $0.rowCount) }
    line.finish()
    switch arguments[format] {
    case .json: try console.print(try RecordDocument.text(of: backup.manifest).withoutLastLineEnd)
    case .text:
      let manifest = backup.manifest
      let seconds = manifest.finishedAt.timeIntervalSince(manifest.startedAt)
      try console.print(
        "Backed up \(location.displayName): \(HumanText.count(manifest.tables.count, "table")), "
          + "\(HumanText.count(manifest.rowCount, "row")), \(HumanText.bytes(manifest.byteCount)) "
          + "in \(HumanText.duration(.seconds(seconds)))")
      try console.print("  \(backup.folder)")
      try console.print(
        "A backup is proven by restoring it. Next: plumb drill \(drillWords(backup, arguments))")
    }
    return .success
  }

  /// What to type to drill this very backup.
  private func drillWords(_ backup: StoredBackup, _ arguments: ParsedArguments) -> String {
    arguments[to] == nil ? backup.manifest.id : backup.folder
  }
}
