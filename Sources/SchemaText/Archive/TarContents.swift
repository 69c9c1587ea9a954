/// The members of a tar file that pg_dump wrote, and where their bytes are.
///
/// The layout is that of POSIX `ustar`; pg_dump writes sizes beyond eleven octal digits in base 256, as GNU tar does.
package struct TarContents: Hashable, Sendable {
  /// One file in it.
  package struct Member: Hashable, Sendable {
    package var name: String
    /// From the beginning of the tar file, in bytes.
    package var range: Range<Int>
  }

  /// Bytes of a header, and what everything in a tar file is rounded up to.
  package static let blockByteCount = 512

  /// The member whose header these bytes are; `nil` for the zeros at the end.
  ///
  /// - Parameters:
  ///   - header: one block.
  ///   - position: where the block begins in the file.
  package static func member(_ header: [UInt8], at position: Int) throws(ArchiveDamage) -> Member? {
    guard header.contains(where: { $0 != 0 }) else { return nil }
    guard header.count == blockByteCount, checksum(of: header) == octal(header[148..<156]) else {
      throw ArchiveDamage(position: position, reason: "a member's header has a wrong checksum")
    }
    let name = String(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
    guard let size = size(header[124..<136]) else {
      throw ArchiveDamage(position: position, reason: "the size of \(name) makes no sense")
    }
    let start = position + blockByteCount
    return Member(name: name, range: start..<start + size)
  }

  /// Where the header after this member begins.
  package static func position(after member: Member) -> Int {
    (member.range.upperBound + blockByteCount - 1) / blockByteCount * blockByteCount
  }

  /// The sum of the header's bytes, its checksum taken for blanks.
  private static func checksum(of header: [UInt8]) -> Int {
    header.enumerated().reduce(0) { sum, byte in
      sum + ((148..<156).contains(byte.offset) ? 32 : Int(byte.element))
    }
  }

  private static func size(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
    let value = field.dropFirst().suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: field.prefix { $0 != 0 }.filter { $0 != 32 }, as: UTF8.self), radix: 8)
  }
}
