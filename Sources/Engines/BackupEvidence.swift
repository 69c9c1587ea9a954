import SchemaModel

/// What an engine learnt of a database in the same snapshot its archive was written from.
package struct BackupEvidence: Sendable {
  package var schema: Schema
  /// Every table's rows, counted and hashed.
  package var tables: [TableDigest]
  /// The program or library that wrote the archive, with its version.
  package var archiveTool: String
  /// Files of the archive whose size and hash are known already.
  package var files: [FileEvidence] = []
  /// What the database takes on its disk, in bytes; `nil` for SQLite.
  package var databaseByteCount: Int?
  /// `nil` for SQLite.
  package var walPosition: String?
  /// `nil` for SQLite.
  package var locale: DatabaseLocale?
  /// Roles the archive names; PostgreSQL archives do not carry them.
  package var roles: [String] = []

  package init(schema: Schema, tables: [TableDigest], archiveTool: String) {
    self.schema = schema
    self.tables = tables
    self.archiveTool = archiveTool
  }
}

/// A file that was hashed while it was written.
package struct FileEvidence: Hashable, Sendable {
  /// Relative to the archive.
  package var name: String
  package var byteCount: Int
  /// 64 hexadecimal digits.
  package var sha256: String
}
