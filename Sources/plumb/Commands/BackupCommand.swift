import Engines
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

    In object storage (s3://BUCKET/PREFIX with the usual AWS_ variables, or rclone:REMOTE:PATH) it is there when its \
    manifest is, which is uploaded last; until then it lies in a temporary folder (PLUMB_TMPDIR). --encrypt-to, or \
    'encrypt:' in plumb.yaml, encrypts all but the manifest with age.
    """
  let examples = [
    Example(
      "plumb backup postgres://localhost/shop", "Into the store that plumb.yaml names, else ./backups."),
    Example("plumb backup shop.db --to /srv/backups", "Into another store."),
    Example(
      "plumb backup --to s3://backups/shop --encrypt-to age1qy...", "Encrypted, into a bucket."),
  ]
  let group = CommandGroup.protect

  let location = OptionalArgument<String>("location", "The database; plumb.yaml's when left out.")
  let to = OptionalOption<String>(
    "to", value: "store", "The folder that holds the backups, s3://BUCKET/PREFIX, or rclone:REMOTE:PATH.")
  let encryptTo = RepeatedOption<String>(
    "encrypt-to", value: "key", "Encrypt it to this public key: age1..., or a line ssh-ed25519 ....")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let location = try project.database(arguments[location])
    let store = project.store(arguments[to])
    let keys = arguments[encryptTo].isEmpty ? project.configuration.recipients : arguments[encryptTo]
    let recipients = keys.isEmpty ? nil : try AgeRecipients(keys)
    let line = console.progress("backing up \(location.displayName)", of: .things("rows"))
    let transfer = TransferProgressText(console)
    defer {
      line.finish()
      transfer.finish()
    }
    let backup = try Backup(
      location.requiredLive(), into: store, encryptedTo: recipients, workers: Project.workers,
      now: { Date() }
    ).run(
      progress: { line.advance(by: $0.rowCount) },
      uploading: { transfer.tell("uploading", done: $0, total: $1) })
    line.finish()
    transfer.finish()
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
      if let encryption = manifest.encryption {
        try console.print(
          "  encrypted to \(HumanText.count(encryption.recipients.count, "key")) with \(encryption.tool)")
      }
      try console.print(
        "A backup is proven by restoring it. Next: plumb drill \(drillWords(backup, arguments))")
    }
    return .success
  }

  /// What to type to drill this very backup.
  private func drillWords(_ backup: StoredBackup, _ arguments: ParsedArguments) -> String {
    (arguments[to] == nil ? backup.manifest.id : backup.folder)
      + (backup.manifest.encryption == nil ? "" : " --identity FILE")
  }
}
