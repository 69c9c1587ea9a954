/// The table of contents of a `pg_dump` archive: what is in it, in which order, and the SQL of each entry.
///
/// The layout follows PostgreSQL's `pg_backup_archiver.c` (`ReadHead`, `ReadToc`), versions 1.12 to 1.16.
package struct ArchiveContents: Hashable, Sendable {
  /// The part of a restore an entry belongs to, from `teSection`.
  package enum Section: Int, Hashable, Sendable {
    case none = 1
    case preData = 2
    case data = 3
    case postData = 4
  }

  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// The archive's own number for it, by which `pg_restore -L` selects.
    package var id: Int
    /// The object's oid in the dumped database, as text.
    package var oid = "0"
    /// The name of the object, from `tag`.
    package var name: String
    /// What it is, in pg_dump's capitals: `TABLE DATA`, `FK CONSTRAINT`.
    package var kind: String
    package var section: Section
    /// The part it is restored in: comments and grants have no section and follow what stands before them.
    package var part: Section
    /// The statement that makes it; empty for data.
    package var definition: String
    /// The `COPY … FROM stdin;` statement of table data.
    package var copyStatement: String
    package var schema: String?
    /// The schema that its statements are to run in; `nil` when they name it themselves.
    package var runsInSchema: String?
    /// The tablespace it lived in; empty for the default.
    package var tablespace: String
    /// How the rows of a script's table are stored, as an SQL name, where that is not `heap`; `pg_restore` knows it by itself.
    package var accessMethod: String?
    package var owner: String
    package var dependencies: [Int]
    /// Where its data are; `nil` for an entry that has none.
    package var data: DataPlace?
    /// Where the entry itself stands in the table of contents, in bytes.
    package var range: Range<Int> = 0..<0
  }

  /// Where in the archive an entry's data are.
  package enum DataPlace: Hashable, Sendable {
    /// A file of the directory, or a member of the tar file, without the suffix of its compression.
    case file(String)
    /// A block of the custom file that begins so many bytes from the file's beginning.
    case block(offset: Int)
    /// A block somewhere in the custom file, which was written where nothing could be filled in later.
    case blockToFind
    /// Bytes of a plain script.
    case slice(Range<Int>)
    /// Parts of a script that is no dump, one after the other.
    case slices([Range<Int>])
  }

  /// The kind of an entry that holds whatever gives rows in a script that is no dump, and can only be run as a whole.
  package static let rowStatements = "SCRIPT DATA"

  /// How an archive is laid out, from `ArchiveFormat`.
  package enum Layout: Int, Hashable, Sendable {
    case custom = 1
    /// A directory's table of contents says that it is a tar file's.
    case directoryOrTar = 3
  }

  /// How the data are compressed, from `pg_compress_algorithm`.
  package enum Compression: Int, Hashable, Sendable {
    case none = 0
    case gzip = 1
    case lz4 = 2
    case zstd = 3
  }

  /// Such as `1.14`.
  package var formatVersion: String
  /// The dumped database's name.
  package var database: String
  /// Version of the server it came from.
  package var serverVersion: String
  /// Version of the pg_dump that wrote it.
  package var dumpVersion: String
  package var layout: Layout
  package var compression: Compression
  /// When it was begun, by the clock on the wall where pg_dump ran; `nil` when it does not say.
  package var createdAt: CreationTime?
  package var entries: [Entry]
  /// Bytes to the end of the table of contents, where a custom file's blocks begin.
  package var byteCount: Int
  /// Where the number of entries stands, in bytes.
  package var countRange: Range<Int>
  /// Bytes of the value of a number in the archive; a sign goes before it.
  package var integerByteCount: Int

  /// A moment without a time zone, as `struct tm` holds it.
  package struct CreationTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
  }

  /// Reads the `toc.dat` of a directory or tar archive, or the beginning of a custom file.
  ///
  /// - Throws: ``ArchiveDamage`` that says where the bytes end or stop making sense.
  package init(_ bytes: [UInt8]) throws(ArchiveDamage) {
    var reader = ArchiveReader(bytes: bytes)
    let version = try reader.readHeader()
    formatVersion = "\(version / 100).\(version % 100)"
    layout = reader.layout
    compression = try Self.compression(&reader, version: version)
    let (second, minute, hour) = (try reader.integer(), try reader.integer(), try reader.integer())
    let (day, month, year) = (try reader.integer(), try reader.integer(), try reader.integer())
    _ = try reader.integer()  // daylight saving
    createdAt = CreationTime(
      year: year + 1900, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    database = try reader.text() ?? ""
    serverVersion = try reader.text() ?? ""
    dumpVersion = try reader.text() ?? ""
    let countStart = reader.position
    let count = try reader.integer()
    countRange = countStart..<reader.position
    // An entry takes many bytes: a number that is out of all proportion must not reserve memory.
    guard (0...bytes.count).contains(count) else {
      throw ArchiveDamage(position: reader.position, reason: "it claims \(count) entries")
    }
    entries = []
    entries.reserveCapacity(count)
    var part = Section.preData
    for _ in 0..<count {
      let start = reader.position
      var entry = try Self.entry(&reader, version: version)
      entry.range = start..<reader.position
      if entry.section != .none { part = entry.section }
      entry.part = part
      if entry.kind == "ENCODING" { reader.encoding = ArchiveEncoding.name(in: entry.definition) }
      entries.append(entry)
    }
    // Since March 2018 statements name their schemas, and the archive has an entry that says so.
    if !entries.contains(where: { $0.kind == "SEARCHPATH" }) {
      for place in entries.indices { entries[place].runInOwnSchema() }
    }
    byteCount = reader.position
    integerByteCount = reader.integerByteCount
  }

  /// The encoding of all texts and rows, as PostgreSQL calls it; `nil` when the archive does not say.
  package var encoding: String? {
    entries.first { $0.kind == "ENCODING" }.flatMap { ArchiveEncoding.name(in: $0.definition) }
  }

  /// The encoding of the rows where it is another than the one we speak; bytes without one are sent as they are.
  package var foreignEncoding: String? {
    encoding.flatMap { ["UTF8", "UNICODE", "SQL_ASCII"].contains($0) ? nil : $0 }
  }

  /// Before version 1.15 only the level of gzip is written.
  private static func compression(
    _ reader: inout ArchiveReader, version: Int
  ) throws(ArchiveDamage) -> Compression {
    guard version >= 115 else { return try reader.integer() == 0 ? .none : .gzip }
    let number = Int(try reader.byte())
    guard let compression = Compression(rawValue: number) else {
      throw ArchiveDamage(position: reader.position, reason: "there is no compression \(number)")
    }
    return compression
  }

  private static func entry(_ reader: inout ArchiveReader, version: Int) throws(ArchiveDamage) -> Entry {
    let id = try reader.integer()
    _ = try reader.integer()  // whether the dumping process had a data dumper
    _ = try reader.text()  // oid of the catalog
    let oid = try reader.text() ?? "0"
    let name = try reader.text() ?? ""
    let kind = try reader.text() ?? ""
    let sectionNumber = try reader.integer()
    guard let section = Section(rawValue: sectionNumber) else {
      throw ArchiveDamage(position: reader.position, reason: "there is no section \(sectionNumber)")
    }
    let definition = try reader.text() ?? ""
    _ = try reader.text()  // the statement that drops it
    let copyStatement = try reader.text() ?? ""
    let schema = try reader.text()
    let tablespace = try reader.text() ?? ""
    if version >= 114 { _ = try reader.text() }  // table access method
    if version >= 116 { _ = try reader.integer() }  // pg_class.relkind
    let owner = try reader.text() ?? ""
    _ = try reader.text()  // whether the table has oids: always "false" since PostgreSQL 12
    var dependencies: [Int] = []
    while let dependency = try reader.text() {
      guard let number = Int(dependency) else {
        throw ArchiveDamage(position: reader.position, reason: "'\(dependency)' is no entry's number")
      }
      dependencies.append(number)
    }
    let data = try reader.dataPlace()
    return Entry(
      id: id, oid: oid, name: name, kind: kind, section: section, part: section, definition: definition,
      copyStatement: copyStatement,
      schema: schema?.isEmpty == true ? nil : schema, tablespace: tablespace, owner: owner,
      dependencies: dependencies, data: data)
  }
}

/// Why an archive's table of contents cannot be read.
package struct ArchiveDamage: Error, Hashable {
  /// Bytes from the beginning.
  package var position: Int
  /// A fact, in lower case.
  package var reason: String
  /// Whether nothing is wrong but that the archive is of a newer version.
  package var isNewer = false

  package init(position: Int, reason: String, isNewer: Bool = false) {
    self.position = position
    self.reason = reason
    self.isNewer = isNewer
  }
}
