import Foundation

/// What a backup says of itself: enough to restore and prove it without any other record.
///
/// Stored as `manifest.json` beside the archive; fields are only ever added.
package struct BackupManifest: Hashable, Sendable, Codable {
  /// One file of the archive.
  package struct File: Hashable, Sendable, Codable {
    /// Relative to the backup's folder.
    package var path: String
    package var byteCount: Int
    /// 64 hexadecimal digits.
    package var sha256: String

    package init(path: String, byteCount: Int, sha256: String) {
      self.path = path
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  /// What is stored in the place of the files themselves.
  package struct Encryption: Hashable, Sendable, Codable {
    /// The program and its version, such as `age 1.1.1`.
    package var tool: String
    /// The public keys it was encrypted to.
    package var recipients: [String]
    /// The encrypted files: those of the archive and the schema document, each with `.age` behind its path.
    package var files: [File]

    package init(tool: String, recipients: [String], files: [File]) {
      self.tool = tool
      self.recipients = recipients
      self.files = files
    }
  }

  /// Always `plumb/backup`.
  package var format = "plumb/backup"
  /// The version of this document's layout: 1, or 2 when the files are encrypted.
  package var version = 1
  /// The backup's name, and that of its folder: database and time.
  package var id: String
  package var engine: DatabaseEngine
  /// The database's own name.
  package var database: String
  /// Where it was taken from, as people name it; never a password.
  package var source: String
  package var serverVersion: String
  /// The program that wrote the archive and its version, such as `pg_dump 15.20`.
  package var archiveTool: String
  package var startedAt: Date
  package var finishedAt: Date
  /// `pg_current_wal_lsn()` (or the standby's replay position) when the snapshot was taken; `nil` for SQLite.
  package var walPosition: String?
  /// What the database took on its disk (`pg_database_size`); `nil` for SQLite, and in older manifests.
  package var databaseByteCount: Int?
  /// Encoding and locale the restored database must have; `nil` for SQLite.
  package var locale: DatabaseLocale?
  /// Roles the archive names as owners or grantees; PostgreSQL archives do not carry roles.
  package var roles: [String] = []
  /// The fingerprint of the schema document beside this manifest.
  package var schemaFingerprint: String
  /// Every table's rows, counted and hashed in the snapshot the archive was written from.
  package var tables: [TableDigest]
  /// The archive's files as they are restored from: of an encrypted backup, what they are once decrypted.
  package var files: [File]
  /// `nil` when the files are stored as they are.
  package var encryption: Encryption?

  package init(
    id: String, engine: DatabaseEngine, database: String, source: String, serverVersion: String,
    archiveTool: String, startedAt: Date, finishedAt: Date, schemaFingerprint: String,
    tables: [TableDigest], files: [File]
  ) {
    self.id = id
    self.engine = engine
    self.database = database
    self.source = source
    self.serverVersion = serverVersion
    self.archiveTool = archiveTool
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.schemaFingerprint = schemaFingerprint
    self.tables = tables
    self.files = files
  }

  /// The archive's size.
  package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
  /// What the backup takes where it is stored.
  package var storedByteCount: Int { (encryption?.files ?? files).reduce(0) { $0 + $1.byteCount } }
  /// All rows of all tables.
  package var rowCount: Int { tables.reduce(0) { $0 + $1.rowCount } }
}

/// A PostgreSQL database's encoding and locale, from `pg_database`.
package struct DatabaseLocale: Hashable, Sendable, Codable {
  /// Such as `UTF8`.
  package var encoding: String
  /// `datcollate`.
  package var collate: String
  /// `datctype`.
  package var characterType: String
  /// `daticulocale` when the database uses ICU.
  package var icuLocale: String?

  package init(encoding: String, collate: String, characterType: String, icuLocale: String? = nil) {
    self.encoding = encoding
    self.collate = collate
    self.characterType = characterType
    self.icuLocale = icuLocale
  }
}
