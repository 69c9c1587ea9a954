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
    /// The tablespace it lived in; empty for the default.
    package var tablespace: String
    package var owner: String
    package var dependencies: [Int]
    /// The data's file inside a directory archive, without the suffix of its compression.
    package var fileName: String?
  }

  /// Such as `1.14`.
  package var formatVersion: String
  /// The dumped database's name.
  package var database: String
  /// Version of the server it came from.
  package var serverVersion: String
  /// Version of the pg_dump that wrote it.
  package var dumpVersion: String
  package var entries: [Entry]

  /// Reads the `toc.dat` of a directory archive.
  ///
  /// - Throws: ``ArchiveDamage`` that says where the bytes end or stop making sense.
  package init(directoryContents bytes: [UInt8]) throws(ArchiveDamage) {
    var reader = ArchiveReader(bytes: bytes)
    let version = try reader.readHeader()
    formatVersion = "\(version / 100).\(version % 100)"
    if version >= 115 {
      _ = try reader.byte()
    } else {
      _ = try reader.integer()
    }
    // Creation time: seconds to daylight saving, as struct tm has them.
    for _ in 0..<7 { _ = try reader.integer() }
    database = try reader.text() ?? ""
    serverVersion = try reader.text() ?? ""
    dumpVersion = try reader.text() ?? ""
    let count = try reader.integer()
    // An entry takes many bytes: a number that is out of all proportion must not reserve memory.
    guard (0...bytes.count).contains(count) else {
      throw ArchiveDamage(position: reader.position, reason: "it claims \(count) entries")
    }
    entries = []
    entries.reserveCapacity(count)
    var part = Section.preData
    for _ in 0..<count {
      var entry = try Self.entry(&reader, version: version)
      if entry.section != .none { part = entry.section }
      entry.part = part
      entries.append(entry)
    }
  }

  private static func entry(_ reader: inout ArchiveReader, version: Int) throws(ArchiveDamage) -> Entry {
    let id = try reader.integer()
    _ = try reader.integer()  // whether the dumping process had a data dumper
    _ = try reader.text()  // oid of the catalog
    _ = try reader.text()  // oid of the object
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
    let fileName = try reader.text()
    return Entry(
      id: id, name: name, kind: kind, section: section, part: section, definition: definition,
      copyStatement: copyStatement,
      schema: schema?.isEmpty == true ? nil : schema, tablespace: tablespace, owner: owner,
      dependencies: dependencies, fileName: fileName?.isEmpty == true ? nil : fileName)
  }
}

/// Why an archive's table of contents cannot be read.
package struct ArchiveDamage: Error, Hashable {
  /// Bytes from the beginning.
  package var position: Int
  /// A fact, in lower case.
  package var reason: String
}
