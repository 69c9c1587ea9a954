/// Reads the primitive values of a `pg_dump` archive's header and table of contents, one after the other.
struct ArchiveReader {
  private let bytes: [UInt8]
  private(set) var position = 0
  private var integerByteCount = 4

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads magic, version and sizes; the version as major * 100 + minor.
  mutating func readHeader() throws(ArchiveDamage) -> Int {
    guard bytes.starts(with: Array("PGDMP".utf8)) else {
      throw ArchiveDamage(position: 0, reason: "it does not begin with PGDMP")
    }
    position = 5
    let major = Int(try byte())
    let minor = Int(try byte())
    _ = try byte()  // revision
    let version = major * 100 + minor
    guard (112...116).contains(version) else {
      throw ArchiveDamage(
        position: position,
        reason: "its format is version \(major).\(minor); versions 1.12 to 1.16 can be read")
    }
    integerByteCount = Int(try byte())
    guard (1...8).contains(integerByteCount) else {
      throw ArchiveDamage(position: position, reason: "it claims integers of \(integerByteCount) bytes")
    }
    _ = try byte()  // size of file offsets, which a directory archive has none of
    _ = try byte()  // format: a directory archive's table of contents says tar
    return version
  }

  mutating func byte() throws(ArchiveDamage) -> UInt8 {
    guard position < bytes.count else { throw ArchiveDamage(position: position, reason: "it ends too early") }
    defer { position += 1 }
    return bytes[position]
  }

  /// A sign byte, then the value, lowest byte first (`ReadInt`).
  mutating func integer() throws(ArchiveDamage) -> Int {
    let isNegative = try byte() != 0
    var value: UInt64 = 0
    for place in 0..<integerByteCount { value |= UInt64(try byte()) << (8 * UInt64(place)) }
    guard value <= UInt64(Int32.max) else {
      throw ArchiveDamage(position: position, reason: "a number is out of range")
    }
    return isNegative ? -Int(value) : Int(value)
  }

  /// A length, then so many bytes; a length of -1 is no text at all (`ReadStr`).
  mutating func text() throws(ArchiveDamage) -> String? {
    let length = try integer()
    guard length >= 0 else { return nil }
    guard position + length <= bytes.count else {
      throw ArchiveDamage(position: position, reason: "a text of \(length) bytes goes beyond the end")
    }
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }
}
