/// Reads the primitive values of a `pg_dump` archive's header and table of contents, one after the other.
struct ArchiveReader {
  private let bytes: [UInt8]
  private(set) var position = 0
  private(set) var integerByteCount = 4
  /// The encoding of texts, once it is known.
  var encoding: String?
  private var offsetByteCount = 8
  private(set) var layout = ArchiveContents.Layout.directoryOrTar

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
        reason: "its format is version \(major).\(minor); versions 1.12 to 1.16 can be read",
        isNewer: version > 116)
    }
    integerByteCount = Int(try byte())
    guard (1...8).contains(integerByteCount) else {
      throw ArchiveDamage(position: position, reason: "it claims integers of \(integerByteCount) bytes")
    }
    offsetByteCount = Int(try byte())
    guard (1...8).contains(offsetByteCount) else {
      throw ArchiveDamage(position: position, reason: "it claims offsets of \(offsetByteCount) bytes")
    }
    let format = Int(try byte())
    guard let layout = ArchiveContents.Layout(rawValue: format) else {
      throw ArchiveDamage(position: position, reason: "there is no format \(format)")
    }
    self.layout = layout
    return version
  }

  /// Where an entry's data are: a file's name, or in a custom file a mark and an offset (`ReadOffset`).
  mutating func dataPlace() throws(ArchiveDamage) -> ArchiveContents.DataPlace? {
    switch layout {
    case .directoryOrTar:
      let name = try text() ?? ""
      return name.isEmpty ? nil : .file(name)
    case .custom:
      let mark = try byte()
      var offset: UInt64 = 0
      for place in 0..<offsetByteCount { offset |= UInt64(try byte()) << (8 * UInt64(place)) }
      switch mark {
      case 1: return .blockToFind
      case 2:
        guard let offset = Int(exactly: offset) else {
          throw ArchiveDamage(position: position, reason: "an offset is out of range")
        }
        return .block(offset: offset)
      case 3: return nil
      case _: throw ArchiveDamage(position: position, reason: "there is no state of data \(mark)")
      }
    }
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
    return ArchiveEncoding.text(of: bytes[position..<position + length], in: encoding)
  }
}
