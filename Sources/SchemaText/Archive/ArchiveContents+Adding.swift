import SchemaModel

/// Table data that is added to an archive beside what pg_dump wrote into it.
package struct AddedRows: Hashable, Sendable {
  package var table: ObjectName
  /// Columns as the rows hold them.
  package var columns: [String]
  /// The data's file, without the suffix of its compression; unique in the archive.
  package var fileName: String

  package init(table: ObjectName, columns: [String], fileName: String) {
    self.table = table
    self.columns = columns
    self.fileName = fileName
  }
}

extension ArchiveContents {
  /// Numbers for entries that are added: none of them is taken.
  package var firstFreeID: Int { (entries.map(\.id).max() ?? 0) + 1 }

  /// The bytes of a directory archive's `toc.dat` with entries of table data added, as pg_dump would have written them.
  ///
  /// They stand where data stand: before the first entry that belongs behind the rows. Restoring in parallel, pg_restore
  /// waits for them with whatever depends on their table.
  /// - Parameters:
  ///   - bytes: what these contents were read from.
  ///   - rows: tables of which the archive has the definition and no rows.
  package func bytes(_ bytes: [UInt8], adding rows: [AddedRows]) -> [UInt8] {
    let tables = Dictionary(
      entries.filter { $0.kind == "TABLE" }.map { (ObjectName(schema: $0.schema, $0.name), $0) },
      uniquingKeysWith: { first, _ in first })
    var writer = ArchiveWriter(integerByteCount: integerByteCount)
    var count = entries.count
    for (number, added) in rows.enumerated() {
      guard let table = tables[added.table] else { continue }
      writer.writeRows(
        added, of: table, id: firstFreeID + number, hasAccessMethod: minorVersion >= 14,
        hasRelationKind: minorVersion >= 16)
      count += 1
    }
    let place = entries.first { $0.part == .postData }?.range.lowerBound ?? byteCount
    var counter = ArchiveWriter(integerByteCount: integerByteCount)
    counter.write(count)
    return Array(bytes[..<countRange.lowerBound]) + counter.bytes + bytes[countRange.upperBound..<place]
      + writer.bytes + bytes[place...]
  }

  private var minorVersion: Int { formatVersion.split(separator: ".").last.flatMap { Int($0) } ?? 0 }
}

/// Writes the primitive values of a table of contents (`WriteInt`, `WriteStr`).
private struct ArchiveWriter {
  let integerByteCount: Int
  private(set) var bytes: [UInt8] = []

  init(integerByteCount: Int) { self.integerByteCount = integerByteCount }

  mutating func write(_ number: Int) {
    bytes.append(number < 0 ? 1 : 0)
    for place in 0..<integerByteCount {
      bytes.append(UInt8(truncatingIfNeeded: number.magnitude >> (8 * UInt(place))))
    }
  }

  mutating func write(_ text: String?) {
    guard let text else { return write(-1) }
    write(text.utf8.count)
    bytes += text.utf8
  }

  /// One entry of kind `TABLE DATA`.
  mutating func writeRows(
    _ rows: AddedRows, of table: ArchiveContents.Entry, id: Int, hasAccessMethod: Bool, hasRelationKind: Bool
  ) {
    let dialect = SQLDialect.postgreSQL
    let columns = rows.columns.map(dialect.identifier).joined(separator: ", ")
    write(id)
    write(1)  // the dumping process had a data dumper
    write("0")
    write(table.oid)
    write(table.name)
    write("TABLE DATA")
    write(ArchiveContents.Section.data.rawValue)
    write("")
    write("")
    write("COPY \(dialect.name(rows.table)) (\(columns)) FROM stdin;\n")
    write(table.schema)
    write(nil)
    if hasAccessMethod { write(nil) }
    if hasRelationKind { write(0) }
    write(table.owner)
    write("false")
    write("\(table.id)")
    write(nil)
    write(rows.fileName)
  }
}
