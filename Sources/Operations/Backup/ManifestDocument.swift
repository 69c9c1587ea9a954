import Foundation
import SchemaModel

/// `manifest.json`: the manifest as one JSON document with sorted keys and RFC 3339 times in UTC.
enum ManifestDocument {
  static func encode(_ manifest: BackupManifest) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(manifest) + Data("\n".utf8)
  }

  static func decode(_ data: Data) throws -> BackupManifest {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(BackupManifest.self, from: data)
  }

  /// Where and why a document could not be decoded, in one line.
  static func words(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    let context: DecodingError.Context
    switch error {
    case .dataCorrupted(let found), .keyNotFound(_, let found), .typeMismatch(_, let found),
      .valueNotFound(_, let found):
      context = found
    @unknown default: return "\(error)"
    }
    let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    return place.isEmpty ? context.debugDescription : "at \(place): \(context.debugDescription)"
  }
}
