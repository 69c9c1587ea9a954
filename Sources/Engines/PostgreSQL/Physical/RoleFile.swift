import FoundationEssentials

/// The file of a data directory that holds the roles (`pg_authid`), read without a server.
///
/// Who may do everything must be known before anybody can connect and ask. The file is as old as the backup, so what it tells
/// is a guess that a connection then proves.
enum RoleFile {
  /// Superusers that may log in, the one that made the cluster first.
  static func superusers(in data: String) -> [String] {
    guard let file = FileManager.default.contents(atPath: "\(data)/global/\(fileNumber(in: data))") else {
      return []
    }
    let bytes = [UInt8](file)
    var found: [(oid: UInt32, name: String)] = []
    for page in stride(from: 0, to: bytes.count - bytes.count % pageByteCount, by: pageByteCount) {
      found += roles(of: bytes[page..<page + pageByteCount])
    }
    var names: [String] = []
    for role in found.sorted(by: { $0.oid < $1.oid }) where !names.contains(role.name) {
      names.append(role.name)
    }
    return names
  }

  private static let pageByteCount = 8192
  private static let catalog: UInt32 = 1260

  /// The file's name; `pg_filenode.map` says when it is no longer the catalog's own number.
  private static func fileNumber(in data: String) -> UInt32 {
    guard let file = FileManager.default.contents(atPath: "\(data)/global/pg_filenode.map") else {
      return catalog
    }
    let map = [UInt8](file)
    // The magic number and the count, then pairs of catalog and file (`RelMapFile` in relmapper.c).
    guard map.count > 8 else { return catalog }
    for pair in 0..<min(Int(number(map[...], at: 4)), (map.count - 8) / 8) {
      let place = 8 + pair * 8
      if number(map[...], at: place) == catalog { return number(map[...], at: place + 4) }
    }
    return catalog
  }

  /// The superusers of a page: line pointers behind a header of 24 bytes, tuples at its end (bufpage.h).
  private static func roles(of page: ArraySlice<UInt8>) -> [(UInt32, String)] {
    let lower = Int(number(page, at: 12) & 0xFFFF)
    guard lower > 24, lower < pageByteCount else { return [] }
    return stride(from: 24, to: lower, by: 4).compactMap { pointer in
      let item = number(page, at: pointer)
      let (offset, state, length) = (Int(item & 0x7FFF), item >> 15 & 3, Int(item >> 17))
      // LP_NORMAL, and room for header, oid, name and the five flags that follow it.
      guard state == 1, length > 23, offset + length <= pageByteCount else { return nil }
      let header = Int(page[page.startIndex + offset + 22])
      let row = offset + header
      guard header + 73 <= length else { return nil }
      let start = page.startIndex + row
      let isSuperuser = page[start + 68] == 1
      let canLogIn = page[start + 72] == 1
      guard isSuperuser, canLogIn else { return nil }
      let name = String(decoding: page[(start + 4)..<(start + 68)].prefix { $0 != 0 }, as: UTF8.self)
      return (number(page, at: row), name)
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[bytes.startIndex + offset + $1]) << UInt32($1 * 8) }
  }
}
