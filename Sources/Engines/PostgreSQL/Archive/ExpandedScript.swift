import Foundation
import Glibc
import SchemaText

/// A plain script of pg_dump, as a file whose ranges can be read: itself, or a copy of it that is not compressed.
package final class ExpandedScript: Sendable {
  /// Where it can be read.
  let path: String
  private let original: String
  private let folder: TemporaryDirectory?

  /// - Parameter compression: of the file; anything but `none` is expanded into a temporary file.
  init(_ original: String, compression: StreamCompression) throws(EngineError) {
    self.original = original
    guard compression != .none else {
      path = original
      folder = nil
      return
    }
    let folder = try translatingFailures(of: "a script was expanded") {
      try TemporaryDirectory(for: "script")
    }
    self.folder = folder
    path = "\(folder.path)/script.sql"
    try Self.expand(original, compression, to: path)
  }

  deinit { folder?.remove() }

  private static func expand(
    _ original: String, _ compression: StreamCompression, to path: String
  ) throws(EngineError) {
    try copy(try compression.expanding(try FileBytes(original), named: original), of: original, to: path)
  }

  /// Writes a part of the script to a file, behind a statement.
  func write(_ range: Range<Int>, after statement: String, to file: String) throws(EngineError) {
    try Self.copy(try FileBytes(path, range: range), of: original, to: file, after: Array(statement.utf8))
  }

  private static func copy(
    _ stream: any ByteStream, of original: String, to path: String, after beginning: [UInt8] = []
  ) throws(EngineError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(path, elseName: "name another place with PLUMB_TMPDIR") }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, beginning, beginning.count) == beginning.count else {
      throw .unwritable(path, elseName: "name another place with PLUMB_TMPDIR")
    }
    let block = RowBlock()
    while true {
      if Interruption.isRequested {
        throw EngineError(.interrupted, "interrupted while \(original) was read")
      }
      let count = try stream.read(into: block.storage)
      guard count > 0 else { return }
      var written = 0
      while written < count {
        let more = Glibc.write(descriptor, block.storage.baseAddress.map { $0 + written }, count - written)
        guard more > 0 else { throw .unwritable(path, elseName: "name another place with PLUMB_TMPDIR") }
        written += more
      }
    }
  }

  /// The parts of the script, read once from its beginning to its end.
  func contents() throws(EngineError) -> ArchiveContents {
    let stream = try FileBytes(path)
    var parser = ScriptContents()
    let block = RowBlock()
    var (held, position) = (0, 0)
    while true {
      if held == block.storage.count { block.grow(keeping: held) }
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: block.storage[held...]))
      held += count
      // The last line may lack its line feed.
      if count == 0, held > 0, block.storage[held - 1] != UInt8(ascii: "\n") {
        if held == block.storage.count { block.grow(keeping: held) }
        block.storage[held] = UInt8(ascii: "\n")
        held += 1
      }
      block.byteCount = held
      var taken = 0
      block.forEachRow { line in
        parser.add(line, at: position + taken, end: position + taken + line.count + 1)
        taken += line.count + 1
      }
      position += taken
      held -= taken
      if held > 0, let base = block.storage.baseAddress { memmove(base, base + taken, held) }
      if count == 0 { break }
    }
    do {
      if let contents = try parser.contents(byteCount: position) { return contents }
    } catch {
      throw EngineError(
        .damaged, "\(original) cannot be restored: \(error.reason)",
        hint: "Name the whole dump of one database, as pg_dump wrote it.")
    }
    throw EngineError(
      .unsupported, "\(original) is no dump of pg_dump",
      detail: ["it has none of the comments that pg_dump writes before each object"],
      hint: "Run other SQL texts with psql, or name an archive of pg_dump.")
  }
}
