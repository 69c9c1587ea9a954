import Glibc

/// What a file is that SQLite refused, told by its first bytes.
enum SQLiteFileSignature: CaseIterable {
  case emptyFile
  case sqliteWithoutHeader
  case sqlite2
  case gzip
  case zip
  case postgreSQLArchive
  case sqlText

  /// - Returns: `nil` when the file cannot be read, or is a SQLite 3 database by its header.
  init?(ofFile path: String) {
    guard let head = Self.head(ofFile: path) else { return nil }
    self.init(head)
  }

  init?(_ head: [UInt8]) {
    if head.starts(with: "SQLite format 3\0".utf8) { return nil }
    self = Self.allCases.first { $0.matches(head) } ?? .sqliteWithoutHeader
  }

  private func matches(_ head: [UInt8]) -> Bool {
    switch self {
    case .emptyFile: head.isEmpty
    case .sqliteWithoutHeader: false
    case .sqlite2: head.starts(with: "** This file contains an SQLite 2".utf8)
    case .gzip: head.starts(with: [0x1F, 0x8B])
    case .zip: head.starts(with: "PK\u{3}\u{4}".utf8)
    case .postgreSQLArchive: head.starts(with: "PGDMP".utf8)
    case .sqlText: Self.isSQL(head)
    }
  }

  var description: String {
    switch self {
    case .emptyFile: "an empty file"
    case .sqliteWithoutHeader: "some other file: its first bytes are not \"SQLite format 3\""
    case .sqlite2: "a database of SQLite 2"
    case .gzip: "a gzip archive"
    case .zip: "a zip archive"
    case .postgreSQLArchive: "an archive of pg_dump"
    case .sqlText: "SQL text"
    }
  }

  var hint: String {
    switch self {
    case .emptyFile, .sqliteWithoutHeader:
      "Check the path; if the file was a database it is damaged or encrypted: restore it from a backup."
    case .sqlite2: "Turn it into a database of SQLite 3 with: sqlite old.db .dump | sqlite3 new.db"
    case .gzip, .zip: "Unpack it and give the path of the database inside."
    case .postgreSQLArchive: "Give it where a PostgreSQL archive is expected."
    case .sqlText: "Give it a name that ends in .sql, so that it is read as text."
    }
  }

  /// The first bytes of a file, none for an empty one.
  private static func head(ofFile path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return count < 0 ? nil : Array(bytes.prefix(count))
  }

  private static func isSQL(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self).drop(while: \.isWhitespace).uppercased()
    return ["--", "/*", "CREATE ", "BEGIN", "PRAGMA ", "INSERT ", "DROP ", "SET "].contains(
      where: text.hasPrefix)
  }
}
