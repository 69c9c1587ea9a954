/// A place in PostgreSQL's write-ahead log (LSN), counted in bytes from its beginning.
package struct LogPosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var byte: UInt64

  package init(byte: UInt64) { self.byte = byte }

  /// Reads `16/B374D848`; `nil` when the text is none.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...8).contains($0.utf8.count) }),
      parts.allSatisfy({ $0.allSatisfy { $0.isHexDigit && $0.isASCII } }),
      let high = UInt64(parts[0], radix: 16), let low = UInt64(parts[1], radix: 16)
    else { return nil }
    byte = high << 32 | low
  }

  package static func < (left: LogPosition, right: LogPosition) -> Bool { left.byte < right.byte }

  /// As PostgreSQL prints it: `16/B374D848`.
  package var description: String {
    String(byte >> 32, radix: 16, uppercase: true) + "/"
      + String(byte & 0xFFFF_FFFF, radix: 16, uppercase: true)
  }
}
