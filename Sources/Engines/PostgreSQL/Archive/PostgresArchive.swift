import Foundation
import SchemaModel
import SchemaText

/// A dump of `pg_dump` in any of its formats, opened: what is in it, and the rows of each table.
///
/// Custom file, directory, tar file or plain script; gzip, lz4, zstd or none; format versions 1.12 to 1.16. The statements
/// of 1.12 (pg_dump before 10.3 and its sisters of March 2018) do not name their schema: each runs in its entry's.
package struct PostgresArchive: Sendable {
  /// How its parts are found.
  package enum Layout: Sendable {
    /// Files beside `toc.dat`.
    case directory
    /// Blocks of one file, by the entry's number.
    case custom(blocks: [Int: Range<Int>])
    /// Members of one file.
    case tar(members: [String: Range<Int>])
    /// Ranges of a script, which lies expanded in the file of that path.
    case script(ExpandedScript)
  }

  package let path: String
  package private(set) var contents: ArchiveContents
  package let layout: Layout
  /// Entries that are left out, because what they need is not in the archive.
  package private(set) var leftOut: [ArchiveContents.Dangling]

  /// Reads the table of contents, and where the data are.
  ///
  /// - Throws: `EngineError` of kind `damaged` when what must be there is not, or makes no sense.
  package init(opening path: String) throws(EngineError) {
    self.path = path
    (contents, layout) = try Self.opened(path)
    leftOut = []
    leaveOut(contents.dangling)
    guard !contents.lacksStructure else {
      throw EngineError(
        .unsupported, "\(path) makes no table: it holds only a part of a dump, such as the rows alone",
        hint:
          "Name a dump with the structure in it, or run this one in a database that has the tables with pg_restore or psql."
      )
    }
    guard let table = contents.tablesWithObjectIdentifiers.first else { return }
    throw EngineError(
      .unsupported,
      "the rows of \(table) hold object identifiers, which no server has kept since PostgreSQL 12",
      detail: ["the table was made WITH OIDS"],
      hint: "Restore it with PostgreSQL 11, run ALTER TABLE … SET WITHOUT OIDS there, and dump that.")
  }

  /// Takes entries out.
  mutating func leaveOut(_ dangling: [ArchiveContents.Dangling]) {
    let gone = Set(dangling.map(\.entry.id))
    contents.entries.removeAll { gone.contains($0.id) }
    leftOut += dangling
  }

  /// What is worth knowing of it before it is restored, each in one line.
  package var notes: [String] {
    var remarks: [String] = []
    if case .script(let script) = layout { remarks = [script.remark].compactMap(\.self) }
    let alone =
      contents.holdsStructureAlone ? ["the archive holds no rows: it is a dump of the structure alone"] : []
    let gaps = leftOut.map { gap in
      "left out, for the archive does not hold \(gap.missing): \(gap.entry.kind.lowercased()) \(gap.entry.name)"
    }
    let schemas = contents.missingSchemas.map { "the archive does not make the schema \($0): it is made" }
    return remarks + alone + schemas + gaps
  }

  private static func opened(_ path: String) throws(EngineError) -> (ArchiveContents, Layout) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw EngineError(.notFound, "there is nothing at \(path)", hint: "Name an archive of pg_dump.")
    }
    if isFolder.boolValue { return (try directoryContents(of: path), .directory) }
    switch try FileBytes(path).prefix(16) {
    case let magic where magic.starts(with: customMagic):
      let contents = try customContents(of: path)
      return (contents, .custom(blocks: try blocks(of: contents, in: path)))
    case let magic where magic.starts(with: tarMagic):
      let members = try TarFile.members(of: path)
      return (try tarContents(of: path, members: members), .tar(members: members))
    case let magic where magic.starts(with: utf16Mark):
      throw EngineError(
        .unsupported, "\(path) is written in UTF-16, as PowerShell's > writes it",
        hint: "Take the dump with pg_dump --file, or convert it: iconv -f UTF-16 -t UTF-8 \(path).")
    case let magic:
      let script = try ExpandedScript(path, compression: StreamCompression(magic: magic))
      let inside = try FileBytes(script.path).prefix(TarContents.blockByteCount)
      let isTar = ((try? TarContents.member(inside, at: 0)) ?? nil) != nil
      guard !begins(inside), !isTar else {
        throw EngineError(
          .unsupported, "\(path) is an archive that was packed once more",
          hint: "Unpack it first, with gunzip, zstd or tar, and name what was inside.")
      }
      let (contents, source) = try script.contents()
      return (contents, .script(source))
    }
  }

  private static let customMagic = "PGDMP".utf8
  package static let utf16Mark: [UInt8] = [0xFF, 0xFE]
  /// A tar file begins with the name of its first member.
  private static let tarMagic = "toc.dat\0".utf8

  /// Whether a file that begins so is a custom or a tar archive; a plain script begins as any text does.
  package static func begins(_ head: [UInt8]) -> Bool {
    head.starts(with: customMagic) || head.starts(with: tarMagic)
  }

  private static func directoryContents(of folder: String) throws(EngineError) -> ArchiveContents {
    let path = folder + "/toc.dat"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EngineError(
        .damaged, "this is no pg_dump directory archive: \(folder)", detail: ["it has no readable toc.dat"],
        hint: "'plumb backups' lists the backups that can be restored.")
    }
    return try contents([UInt8](data), of: path)
  }

  private static func tarContents(
    of path: String, members: [String: Range<Int>]
  ) throws(EngineError) -> ArchiveContents {
    guard let range = members["toc.dat"] else {
      throw EngineError(
        .damaged, "this is no archive of pg_dump: \(path)", detail: ["it has no toc.dat"],
        hint: "Name what pg_dump --format=tar wrote.")
    }
    return try contents(try FileBytes(path, range: range).prefix(range.count), of: path)
  }

  /// The table of contents at the beginning of a custom file: no one knows how long it is before it was read.
  private static func customContents(of path: String) throws(EngineError) -> ArchiveContents {
    var byteCount = 1 << 20
    while true {
      let bytes = try FileBytes(path).prefix(byteCount)
      if bytes.count < byteCount { return try contents(bytes, of: path) }
      if let contents = try? ArchiveContents(bytes) { return contents }
      byteCount *= 4
    }
  }

  private static func contents(_ bytes: [UInt8], of path: String) throws(EngineError) -> ArchiveContents {
    do {
      return try ArchiveContents(bytes)
    } catch  where error.isNewer {
      throw EngineError(
        .unsupported, "\(path) is of a newer pg_dump than Plumbline reads", detail: [error.reason],
        hint: "Use a newer Plumbline, or restore it with the pg_restore of the version that wrote it.")
    } catch {
      throw EngineError(
        .damaged, "the archive's table of contents is damaged: \(path)",
        detail: ["at byte \(error.position): \(error.reason)"],
        hint: "Use another backup: 'plumb backups' lists them.")
    }
  }

  /// Where each entry's block is: as the table of contents says, else found by going from block to block.
  private static func blocks(
    of contents: ArchiveContents, in path: String
  ) throws(EngineError) -> [Int: Range<Int>] {
    var offsets: [Int: Int] = [:]
    var isComplete = true
    for entry in contents.entries {
      switch entry.data {
      case .block(let offset): offsets[entry.id] = offset
      case .blockToFind: isComplete = false
      case .file, .slice, .slices, nil: break
      }
    }
    if !isComplete { offsets = try ArchiveBlocks.offsets(in: path, contents: contents) }
    let inOrder = offsets.sorted { $0.value < $1.value }
    let ends = inOrder.dropFirst().map(\.value) + [max(byteCount(ofFile: path), inOrder.last?.value ?? 0)]
    return Dictionary(uniqueKeysWithValues: zip(inOrder, ends).map { ($0.key, $0.value..<$1) })
  }
}
