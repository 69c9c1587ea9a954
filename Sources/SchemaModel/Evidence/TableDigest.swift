/// What a table held at one moment: how many rows, and a hash of them all that ignores their order.
package struct TableDigest: Hashable, Sendable, Codable {
  package var table: ObjectName
  /// The columns that were hashed, in order.
  package var columns: [String]
  package var rowCount: Int
  package var content: ContentHash

  package init(table: ObjectName, columns: [String], rowCount: Int, content: ContentHash) {
    self.table = table
    self.columns = columns
    self.rowCount = rowCount
    self.content = content
  }
}

/// An order-independent hash of rows: the sum, modulo 2^128, of the XXH3-128 hash of each row's text.
///
/// A sum and not an exclusive or, so that a row that stands twice does not cancel itself.
package struct ContentHash: Hashable, Sendable {
  package var sum: UInt128

  package init(sum: UInt128 = 0) { self.sum = sum }

  /// Adds one row's hash.
  package mutating func add(_ row: UInt128) { sum &+= row }

  /// Adds all rows of another part of the same table.
  package mutating func add(_ part: ContentHash) { sum &+= part.sum }

  /// 32 hexadecimal digits.
  package var hexadecimal: String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  package init?(hexadecimal: String) {
    guard hexadecimal.utf8.count == 32, let sum = UInt128(hexadecimal, radix: 16) else { return nil }
    self.sum = sum
  }
}

extension ContentHash: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let hash = ContentHash(hexadecimal: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a content hash is 32 hexadecimal digits")
    }
    self = hash
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hexadecimal)
  }
}
