import Foundation

/// Makes an archive of format version 1.12, as pg_dump wrote it before March 2018, of one that pg_dump 15 wrote.
///
/// Statements lose the schema of their own entry, the entry `SEARCHPATH` goes, `public` is made by an entry of its own, and
/// no entry says anything of a table's access method. No pg_dump that old can be installed any more.
package struct OldArchive {
  private let bytes: [UInt8]
  private var position = 0
  private var output: [UInt8] = []
  /// Where offsets of data stand in the output, in a custom file.
  private var offsets: [Int] = []
  private let isCustom: Bool

  /// Rewrites a custom file, or the table of contents of a directory archive, in place.
  package static func rewrite(_ path: String) throws {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let file = URL(fileURLWithPath: isFolder.boolValue ? path + "/toc.dat" : path)
    var archive = OldArchive([UInt8](try Data(contentsOf: file)))
    archive.rewrite()
    try Data(archive.output).write(to: file)
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isCustom = bytes[10] == 1
  }

  private mutating func rewrite() {
    precondition(bytes[5...9].elementsEqual([1, 14, 0, 4, 8]), "an archive of pg_dump 15 on this machine")
    output += [UInt8]("PGDMP".utf8) + [1, 12, 0, 4, 8, bytes[10]]
    position = 11
    for _ in 0..<8 { copyInteger() }
    for _ in 0..<3 { copyText() }
    let countPlace = output.count
    let count = integer()
    write(0)
    var written = 0
    for _ in 0..<count where rewriteEntry(isFirst: written == 3) { written += 1 }
    let entries = output
    output = Array(entries[..<countPlace])
    write(written + 1)
    output += entries[output.count...]
    let shift = output.count - position
    for place in offsets {
      let offset = (0..<8).reduce(0) { $0 | Int(output[place + $1]) << (8 * $1) } + shift
      for byte in 0..<8 { output[place + byte] = UInt8(truncatingIfNeeded: offset >> (8 * byte)) }
    }
    output += bytes[position...]
  }

  /// Writes an entry anew; false when it is left out.
  private mutating func rewriteEntry(isFirst: Bool) -> Bool {
    let start = output.count
    if isFirst { writePublicSchema() }
    copyInteger()
    copyInteger()
    copyText()
    copyText()
    copyText()
    let kind = text()
    write(kind)
    copyInteger()
    let statements = [text(), text(), text()]
    let schema = text()
    for statement in statements {
      guard let schema, !schema.isEmpty else {
        write(statement)
        continue
      }
      write(
        statement?.replacingOccurrences(of: "\"\(schema)\".", with: "")
          .replacingOccurrences(of: "\(schema).", with: ""))
    }
    write(schema)
    copyText()
    _ = text()
    copyText()
    copyText()
    while true {
      let dependency = text()
      write(dependency)
      if dependency == nil { break }
    }
    if isCustom {
      output.append(bytes[position])
      if bytes[position] == 2 { offsets.append(output.count) }
      output += bytes[position + 1...position + 8]
      position += 9
    } else {
      copyText()
    }
    guard kind == "SEARCHPATH" else { return true }
    output.removeSubrange(start...)
    return false
  }

  private mutating func writePublicSchema() {
    write(999_999)
    write(0)
    write("2615")
    write("2200")
    write("public")
    write("SCHEMA")
    write(2)
    write("CREATE SCHEMA public;\n")
    write("DROP SCHEMA public;\n")
    write("")
    write(nil)
    write("")
    write("postgres")
    write("false")
    write(nil)
    if isCustom { output += [3, 0, 0, 0, 0, 0, 0, 0, 0] } else { write("") }
  }

  private mutating func integer() -> Int {
    let value = (1...4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * ($1 - 1)) }
    defer { position += 5 }
    return bytes[position] == 0 ? value : -value
  }

  private mutating func text() -> String? {
    let length = integer()
    guard length >= 0 else { return nil }
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }

  private mutating func copyInteger() { write(integer()) }
  private mutating func copyText() { write(text()) }

  private mutating func write(_ number: Int) {
    output.append(number < 0 ? 1 : 0)
    for place in 0..<4 { output.append(UInt8(truncatingIfNeeded: number.magnitude >> (8 * UInt(place)))) }
  }

  private mutating func write(_ text: String?) {
    guard let text else { return write(-1) }
    write(text.utf8.count)
    output += text.utf8
  }
}
