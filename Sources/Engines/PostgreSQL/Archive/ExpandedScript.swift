import Foundation
import Glibc
import SchemaText

/// A plain script of pg_dump, as a file whose ranges can be read: itself, or a copy of it that is not compressed.
package final class ExpandedScript: Sendable {
  /// Where it can be read.
  let path: String
  private let original: String
  private let folder: TemporaryDirectory?
  /// What is worth knowing of how it came about.
  let remark: String?

  /// - Parameter compression: of the file; anything but `none` is expanded into a temporary file.
  init(_ original: String, compression: StreamCompression) throws(EngineError) {
    self.original = original
    remark = nil
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

  /// A dump in place of the script that it was made of.
  private init(dump path: String, in folder: TemporaryDirectory, of original: String, remark: String) {
    self.path = path
    self.original = original
    self.folder = folder
    self.remark = remark
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

  /// Writes parts of the script to a file, each on lines of its own.
  func write(_ ranges: [Range<Int>], after beginning: String = "", to file: String) throws(EngineError) {
    try withNewFile(file) { (write) throws(EngineError) in
      try write(Array(beginning.utf8)[...])
      for range in ranges {
        try copyBytes(of: range, by: write)
        try write(Self.lineFeed)
      }
    }
  }

  /// Writes the parts of the script to a file, and empty lines for what stands between them: all lines keep their numbers.
  func writeInPlace(_ ranges: [Range<Int>], to file: String) throws(EngineError) {
    try withNewFile(file) { (write) throws(EngineError) in
      var end = 0
      for range in ranges {
        try copyBytes(of: end..<range.lowerBound) { (bytes) throws(EngineError) in
          let count = bytes.count { $0 == UInt8(ascii: "\n") }
          try write([UInt8](repeating: UInt8(ascii: "\n"), count: count)[...])
        }
        try copyBytes(of: range, by: write)
        end = range.upperBound
      }
      try write(Self.lineFeed)
    }
  }

  private static let lineFeed: ArraySlice<UInt8> = [UInt8(ascii: "\n")]

  private typealias Write = (ArraySlice<UInt8>) throws(EngineError) -> Void

  private func copyBytes(of range: Range<Int>, by write: Write) throws(EngineError) {
    guard !range.isEmpty else { return }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .damagedFile(original, because: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var position = range.lowerBound
    var buffer = [UInt8](repeating: 0, count: min(range.count, 1 << 20))
    while position < range.upperBound {
      let count = pread(descriptor, &buffer, min(buffer.count, range.upperBound - position), off_t(position))
      guard count > 0 else { throw .cutOff(original) }
      try write(buffer[..<count])
      position += count
    }
  }

  private func withNewFile(_ file: String, _ body: (Write) throws(EngineError) -> Void) throws(EngineError) {
    guard let stream = fopen(file, "wxe") else {
      throw .unwritable(file, elseName: "name another place with PLUMB_TMPDIR")
    }
    var isClosed = false
    defer { if !isClosed { fclose(stream) } }
    try body { (bytes) throws(EngineError) in
      let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream) }
      guard written == bytes.count else {
        throw .unwritable(file, elseName: "name another place with PLUMB_TMPDIR")
      }
    }
    isClosed = true
    guard fclose(stream) == 0 else {
      throw .unwritable(file, elseName: "name another place with PLUMB_TMPDIR")
    }
  }

  /// Hands over each line without its line feed, where it begins, and where the next one does; how many bytes there are.
  private func forEachLine(
    _ body: (UnsafeRawBufferPointer, _ position: Int, _ end: Int) -> Void
  ) throws(EngineError) -> Int {
    let stream = try FileBytes(path)
    let block = RowBlock()
    var (held, position) = (0, 0)
    // Where the script itself ends.
    var byteCount = Int.max
    while true {
      if held == block.storage.count { block.grow(keeping: held) }
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: block.storage[held...]))
      held += count
      // The last line may lack its line feed.
      if count == 0, held > 0, block.storage[held - 1] != UInt8(ascii: "\n") {
        if held == block.storage.count { block.grow(keeping: held) }
        block.storage[held] = UInt8(ascii: "\n")
        byteCount = position + held
        held += 1
      }
      block.byteCount = held
      var taken = 0
      block.forEachRow { line in
        body(line, position + taken, min(position + taken + line.count + 1, byteCount))
        taken += line.count + 1
      }
      position += taken
      held -= taken
      if held > 0, let base = block.storage.baseAddress { memmove(base, base + taken, held) }
      if count == 0 { return min(position, byteCount) }
    }
  }

  /// The parts of the script: as pg_dump marked them, else as its statements tell.
  ///
  /// - Returns: them, and where their rows are: in this script or, when that had to be run, in a dump of what came of it.
  func contents() throws(EngineError) -> (ArchiveContents, ExpandedScript) {
    var parser = ScriptContents()
    let byteCount = try forEachLine { parser.add($0, at: $1, end: $2) }
    guard !parser.isOfWholeServer else {
      throw EngineError(
        .unsupported, "\(original) holds a whole server: pg_dumpall wrote it",
        hint: "Name the dump of one database, as pg_dump writes it.")
    }
    do throws(ArchiveDamage) {
      let contents = try parser.contents(byteCount: byteCount)
      guard !parser.isCutOff else {
        throw ArchiveDamage(position: byteCount, reason: "it ends before the line that ends a dump")
      }
      if let contents, parser.isDumpOfToday { return (contents, self) }
    } catch {
      throw EngineError(
        .damaged, "\(original) cannot be restored: \(error.reason)",
        hint: "Name the whole dump of one database, as pg_dump wrote it.")
    }
    let script = try taken(apart: byteCount)
    if let objection = script.objection { return try dump(of: script, because: objection) }
    let sorted = SortedScript(self, script: script)
    return (
      try sorted.contents(
        serverVersion: parser.serverVersion, dumpVersion: parser.dumpVersion, byteCount: byteCount), self
    )
  }

  /// Has psql run a script as it stands in a database of a throw-away server, and pg_dump write what came of it.
  private func dump(
    of script: ForeignScript, because objection: ScriptObjection
  ) throws(EngineError) -> (ArchiveContents, ExpandedScript) {
    let folder = try translatingFailures(of: "a script was run") { try TemporaryDirectory(for: "run") }
    let reason = "line \(objection.line): \(objection.reason)"
    let text = folder.path + "/whole.sql"
    let path = folder.path + "/dump.sql"
    do throws(EngineError) {
      try writeInPlace(script.whole, to: text)
      let schema = try PostgresScratch.dump(applying: [text], calling: [text: original], to: path)
      let dump = ExpandedScript(
        dump: path, in: folder, of: original,
        remark: "\(reason); so psql ran the script, and what came of it is restored")
      var contents = try dump.contents().0
      contents.entries = contents.entries.map { $0.withoutOwner(ofThrowawayIn: schema) }
      contents.dumpVersion = ""
      return (contents, dump)
    } catch {
      folder.remove()
      guard error.kind == .refused || error.kind == .notFound else { throw error }
      throw EngineError(
        .unsupported, error.message,
        detail: error.detail + ["the script could only be run as it stands: \(reason)"],
        hint: "psql must take the script without an error, where its rows cannot be loaded apart from it.")
    }
  }

  /// The statements of a script that is no dump, each put where it belongs.
  private func taken(apart byteCount: Int) throws(EngineError) -> ForeignScript {
    var statements = ScriptStatements()
    var script = ForeignScript()
    var objection: ScriptObjection?
    _ = try forEachLine { line, position, end in
      guard objection == nil else { return }
      for statement in statements.add(line, at: position, end: end) {
        do throws(ScriptObjection) {
          try script.take(statement)
        } catch {
          objection = error
          return
        }
      }
    }
    if let objection {
      throw EngineError(
        .unsupported, "\(name), line \(objection.line): \(objection.reason)", hint: objection.hint)
    }
    if let line = statements.openLine {
      throw EngineError(
        .damaged, "\(name) ends within what begins in line \(line)",
        hint: "Name the whole script; its last statement must end with a semicolon.")
    }
    guard !script.structure.isEmpty || !script.rows.isEmpty || script.objection != nil else {
      throw EngineError(
        .unsupported, "\(name) has no statement in it",
        hint: "Name an archive of pg_dump, or a script for psql.")
    }
    return script
  }

  /// What people call the script.
  var name: String { original }
}
