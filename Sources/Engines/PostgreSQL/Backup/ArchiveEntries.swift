import Foundation
import SchemaModel
import SchemaText

/// Enters tables that we wrote ourselves into a directory archive of pg_dump.
enum ArchiveEntries {
  /// Moves the files into the archive's folder and adds them to its table of contents.
  static func enter(
    _ dumps: [TableDump], into folder: String
  ) throws(EngineError) -> (digests: [TableDigest], files: [FileEvidence]) {
    guard !dumps.isEmpty else { return ([], []) }
    let path = "\(folder)/toc.dat"
    let bytes = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
    let contents: ArchiveContents
    do throws(ArchiveDamage) {
      contents = try ArchiveContents(bytes)
    } catch {
      throw EngineError(
        .unsupported, "pg_dump wrote a table of contents that Plumbline cannot read", detail: [error.reason],
        hint: "Use a newer Plumbline, or name an older pg_dump with PLUMB_PG_BIN.")
    }
    var digests: [TableDigest] = []
    var files: [FileEvidence] = []
    var added: [AddedRows] = []
    for (number, dump) in dumps.enumerated() {
      let written = try dump.finish()
      let name = "\(contents.firstFreeID + number).dat"
      guard rename(written.path, "\(folder)/\(name).gz") == 0 else { throw .unwritable(folder) }
      digests.append(written.rows)
      files.append(FileEvidence(name: "\(name).gz", byteCount: written.byteCount, sha256: written.sha256))
      added.append(AddedRows(table: dump.table.name, columns: written.rows.columns, fileName: name))
    }
    do {
      try Data(contents.bytes(bytes, adding: added)).write(to: URL(fileURLWithPath: path))
    } catch {
      throw .unwritable(path)
    }
    return (digests, files)
  }
}
