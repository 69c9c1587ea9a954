import Foundation
import SchemaModel

/// The `backup_manifest` that pg_basebackup writes beside its files.
package struct BaseBackupManifest: Hashable, Sendable {
  /// Bytes of all files it lists.
  package var byteCount: Int
  package var fileCount: Int
  /// Of the log it needs, where that begins and from where on the files are consistent.
  package var start: LogPosition?
  package var stop: LogPosition?
  package var timeline: UInt32?
  package var systemIdentifier: String?

  /// Reads the document.
  ///
  /// - Throws: ``DocumentError`` when it is none.
  package static func read(_ text: String) throws(DocumentError) -> BaseBackupManifest {
    let document = try RecordDocument.read(Document.self, from: text)
    let range = document.ranges?.first
    return BaseBackupManifest(
      byteCount: document.files.reduce(0) { $0 + $1.size }, fileCount: document.files.count,
      start: range.flatMap { LogPosition($0.start) }, stop: range.flatMap { LogPosition($0.end) },
      timeline: range?.timeline, systemIdentifier: document.systemIdentifier.map { String($0) })
  }

  private struct Document: Decodable {
    struct File: Decodable {
      var size: Int

      enum CodingKeys: String, CodingKey {
        case size = "Size"
      }
    }
    struct Range: Decodable {
      var timeline: UInt32
      var start: String
      var end: String

      enum CodingKeys: String, CodingKey {
        case timeline = "Timeline"
        case start = "Start-LSN"
        case end = "End-LSN"
      }
    }
    var files: [File]
    var ranges: [Range]?
    var systemIdentifier: UInt64?

    enum CodingKeys: String, CodingKey {
      case files = "Files"
      case ranges = "WAL-Ranges"
      case systemIdentifier = "System-Identifier"
    }
  }
}
