import Operations
import SchemaModel
import SchemaText
import Terminal

/// What comparing a backup's files with their checksums has found.
enum VerificationText {
  /// - Parameter name: as the backup was named.
  static func lines(_ found: BackupStore.Verification, named name: String) -> [String] {
    let size =
      "\(HumanText.count(found.fileCount, "file")), \(HumanText.bytes(found.byteCount))"
      + (found.isEncrypted ? ", encrypted" : "")
    guard !found.problems.isEmpty else {
      return [
        "\(found.backup): \(size): all are what was written.",
        "Whether they can be restored only a drill tells. Next: plumb drill \(name)",
      ]
    }
    return ["\(found.backup) is damaged: \(size)"] + found.problems.map { "  \($0)" }
  }

  static func json(_ found: BackupStore.Verification) -> String {
    JSONWriter.text(
      of: .record([
        "format": .text("plumb/verification"), "version": .number(1), "backup": .text(found.backup),
        "fileCount": .number(found.fileCount), "byteCount": .number(found.byteCount),
        "isEncrypted": .flag(found.isEncrypted), "problems": .list(found.problems.map { .text($0) }),
      ]))
  }
}
