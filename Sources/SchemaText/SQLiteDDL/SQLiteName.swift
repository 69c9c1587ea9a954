/// How SQLite compares names: the letters A to Z alone have no case.
package enum SQLiteName {
  /// The name with A to Z in lower case; two names are the same for SQLite when these are equal.
  package static func folded(_ name: String) -> String {
    String(
      decoding: name.utf8.map { byte in
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
      }, as: UTF8.self)
  }
}
