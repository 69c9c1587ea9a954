/// Whether a database location carries a password, which no file in a repository and no message may.
package enum SecretInLocation {
  /// True for `postgresql://user:secret@host`, a `password` among the parameters of a URI, and
  /// `password=` among the words of a connection string.
  package static func isIn(_ location: String) -> Bool {
    guard let scheme = location.firstRange(of: "://") else {
      return isInParameters(location)
    }
    let rest = location[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
      // A user and a colon with nothing behind it is no secret.
      if authority.index(after: colon) < at { return true }
    }
    let parameters = rest.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    return parameters.split(separator: "&").contains { isInParameters(decoded($0)) }
  }

  /// Looks for the parameters of libpq that hold a secret itself, as `passfile` does not.
  private static func isInParameters(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.ranges(of: "password").contains { range in
      let before = text[..<range.lowerBound].reversed().prefix { $0.isLetter }
      let after = text[range.upperBound...].drop(while: \.isWhitespace)
      return (before.isEmpty || String(before.reversed()) == "ssl") && after.hasPrefix("=")
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), rest.count >= 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
