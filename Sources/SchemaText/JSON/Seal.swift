/// A document's SHA-256 of itself: whole as long as nobody edited it.
enum Seal {
  /// The key its line has.
  static let key = "seal"

  private static let opening = Array("\n  \"\(key)\": \"".utf8)
  private static let closing = Array("\",".utf8)

  /// The document with the seal as its second line.
  static func sealed(_ text: String) -> String {
    guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return text }
    let line = "\n  \"\(key)\": \"\(SHA256.hexadecimal(of: text.utf8))\","
    return String(text[..<end]) + line + String(text[end...])
  }

  /// Whether the document has a seal that fits the rest of it.
  static func isWhole(_ document: [UInt8]) -> Bool {
    var bytes = document
    guard let start = bytes.firstIndex(of: UInt8(ascii: "\n")), bytes[start...].starts(with: opening) else {
      return false
    }
    let digits = start + opening.count
    let end = digits + 64
    guard bytes.count > end + closing.count, bytes[end...].starts(with: closing) else { return false }
    let seal = String(decoding: bytes[digits..<end], as: UTF8.self)
    bytes.removeSubrange(start..<(end + closing.count))
    return SHA256.hexadecimal(of: bytes) == seal
  }
}
