import Foundation

/// Records of ours as JSON documents: sorted keys, times as RFC 3339 in UTC with milliseconds.
package enum RecordDocument {
  /// The document, ending in a line feed when it is laid out for people and git.
  package static func text(of record: some Encodable, isPretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isPretty
      ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(time(date))
    }
    return String(decoding: try encoder.encode(record), as: UTF8.self) + (isPretty ? "\n" : "")
  }

  /// Reads a record back.
  ///
  /// - Throws: ``DocumentError`` that says where and why.
  package static func read<Record: Decodable>(
    _ type: Record.Type, from text: String
  ) throws(DocumentError) -> Record {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let date = date(text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'\(text)' is no RFC 3339 time")
      }
      return date
    }
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw DocumentError("the document cannot be read", detail: [words(of: error)])
    }
  }

  /// `2026-11-21T11:02:03.456Z`.
  package static func time(_ date: Date) -> String { date.formatted(format) }

  /// The moment that such a text says; `nil` when it is none.
  package static func date(_ text: String) -> Date? {
    (try? Date(text, strategy: format)) ?? (try? Date(text, strategy: .iso8601))
  }

  private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// Where and why a document could not be decoded, in one line.
  private static func words(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    let context: DecodingError.Context
    switch error {
    case .dataCorrupted(let found), .keyNotFound(_, let found), .typeMismatch(_, let found),
      .valueNotFound(_, let found):
      context = found
    @unknown default: return "\(error)"
    }
    let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(
      separator: ".")
    return place.isEmpty ? context.debugDescription : "at \(place): \(context.debugDescription)"
  }
}
