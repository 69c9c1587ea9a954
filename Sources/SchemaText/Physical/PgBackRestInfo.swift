import Foundation
import SchemaModel

/// What `pgbackrest info --output=json` says of one stanza.
package struct PgBackRestInfo: Hashable, Sendable {
  package var stanza: String
  /// Whether the repository is well, in pgBackRest's words; `ok` when it is.
  package var status: String
  /// Oldest first.
  package var backups: [PhysicalBackup] = []
  /// The folder of the newest archive in each repository: `15-1`.
  ///
  /// Of the newest version of the server; what an upgrade left behind leads nowhere.
  package var archiveIDs: [Int: String] = [:]

  /// Reads the document's stanza of that name; `nil` when it has none.
  ///
  /// - Throws: ``DocumentError`` when it is no such document.
  package static func read(_ text: String, stanza: String) throws(DocumentError) -> PgBackRestInfo? {
    let stanzas = try RecordDocument.read([Stanza].self, from: text)
    guard let found = stanzas.first(where: { $0.name == stanza }) else { return nil }
    var info = PgBackRestInfo(stanza: stanza, status: found.status.message)
    // Code 1 is a stanza that is configured and was never made.
    if found.status.code == 1 { return nil }
    let databases = Dictionary(
      (found.db ?? []).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    for archive in found.archive ?? [] { info.archiveIDs[archive.database?.repoKey ?? 1] = archive.id }
    info.backups = (found.backup ?? []).map { backup in
      let database = databases[backup.database.key]
      return backup.value(of: database)
    }
    return info
  }

  private struct Stanza: Decodable {
    var name: String
    var status: Status
    var backup: [Backup]?
    var archive: [Archive]?
    var db: [Database]?
  }

  private struct Status: Decodable {
    var code: Int
    var message: String
  }

  private struct Archive: Decodable {
    var id: String
    var database: Reference?
  }

  private struct Database: Decodable {
    var id: Int
    var repoKey: Int?
    var systemID: UInt64
    var version: String
    var key: [Int] { [id, repoKey ?? 1] }

    enum CodingKeys: String, CodingKey {
      case id, version
      case repoKey = "repo-key"
      case systemID = "system-id"
    }
  }

  private struct Reference: Decodable {
    var id: Int
    var repoKey: Int?
    var key: [Int] { [id, repoKey ?? 1] }

    enum CodingKeys: String, CodingKey {
      case id
      case repoKey = "repo-key"
    }
  }

  private struct Backup: Decodable {
    struct Span<Value: Decodable>: Decodable {
      var start: Value?
      var stop: Value?
    }
    struct Sizes: Decodable {
      struct Repository: Decodable {
        var delta: Int?
        var size: Int?
      }
      var size: Int
      var repository: Repository
    }
    var label: String
    var type: String
    var archive: Span<String>?
    var lsn: Span<String>?
    var timestamp: Span<Int>
    var info: Sizes
    var database: Reference
    var reference: [String]?
    var error: Bool?

    func value(of database: Database?) -> PhysicalBackup {
      let kind: PhysicalBackup.Kind =
        switch type {
        case "diff": .differential
        case "incr": .incremental
        case _: .full
        }
      let major = database.flatMap { Int($0.version.prefix { $0.isNumber }) } ?? 0
      var backup = PhysicalBackup(
        label: label, kind: kind, serverMajorVersion: major, byteCount: info.size,
        storedByteCount: info.repository.delta ?? info.repository.size ?? 0)
      backup.startedAt = timestamp.start.map { Date(timeIntervalSince1970: Double($0)) }
      backup.finishedAt = timestamp.stop.map { Date(timeIntervalSince1970: Double($0)) }
      backup.start = lsn?.start.flatMap { LogPosition($0) }
      backup.stop = lsn?.stop.flatMap { LogPosition($0) }
      backup.firstSegment = archive?.start.flatMap { LogSegment(fileName: $0) }
      backup.systemIdentifier = database.map { String($0.systemID) }
      backup.references = reference ?? []
      backup.repository = self.database.repoKey
      backup.hasPageErrors = error ?? false
      return backup
    }
  }
}

/// What `pgbackrest repo-ls --output=json --recurse` says of a stanza's archive.
package enum PgBackRestListing {
  /// The segments and their files, by path below the folder that was listed.
  package static func segments(
    in text: String
  ) throws(DocumentError) -> [LogSegment: (path: String, time: Date)] {
    let entries = try RecordDocument.read([String: Entry].self, from: text)
    var segments: [LogSegment: (path: String, time: Date)] = [:]
    for (path, entry) in entries {
      guard let name = path.split(separator: "/").last, let segment = LogSegment(fileName: name) else {
        continue
      }
      // The folder of a log has 16 digits, so only files are left; one of 24 digits alone is not archived yet.
      guard entry.type == "file", name.contains("-") else { continue }
      // Told in whole seconds: it came there before the next one began.
      segments[segment] = (path, Date(timeIntervalSince1970: Double(entry.time ?? 0) + 1))
    }
    return segments
  }

  private struct Entry: Decodable {
    var type: String
    var time: Int?
  }
}
