import SchemaModel

/// Moments as a dump prints them, gathered from some of its rows.
///
/// A dump prints moments in the time zone its source was set to, and does not say in which: rows can only be compared
/// with it byte for byte once that is known.
package struct PrintedMoments: Hashable, Sendable {
  /// Positions, in a row, of columns whose type holds moments.
  private let fields: [Int]
  /// Such as `2020-01-31 23:15:00.5+01`.
  package private(set) var samples: Set<String> = []

  private static let mostSamples = 200

  package init(in table: Table) {
    fields = table.storedColumns.enumerated().filter { Self.mayHoldMoments($0.element.type) }.map(\.offset)
  }

  private static func mayHoldMoments(_ type: String) -> Bool {
    type.contains("timestamp") && type.contains("with time zone") || type.contains("tstz")
  }

  /// Whether to look into the row of that number of a block: some of each block, spread over it.
  package func wants(row number: Int) -> Bool {
    !fields.isEmpty && number % 251 == 0 && samples.count < Self.mostSamples
  }

  /// Takes the moments out of a row as `COPY` prints it.
  package mutating func look(into row: UnsafeRawBufferPointer) {
    let texts = row.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    for field in fields where texts.indices.contains(field) {
      let moments = String(decoding: texts[field], as: UTF8.self)
        .matches(of: #/\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d){0,2}( BC)?/#)
      for moment in moments { samples.insert(String(moment.output.0)) }
    }
  }

  /// Takes over what was gathered before.
  package mutating func add(samples earlier: [String]) { samples.formUnion(earlier) }

  package mutating func add(_ other: PrintedMoments) { samples.formUnion(other.samples) }
}
