import SchemaModel

/// A schema's facts in 64 hexadecimal digits: equal schemas have equal fingerprints, on any machine.
///
/// SHA-256 over a canonical encoding of the engine and every fact that is compared. What is not compared,
/// the server's version and the layout of any document leave it unchanged.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 hexadecimal digits, in lower case.
  package let hexadecimal: String

  /// The fingerprint of a schema.
  package init(of schema: Schema) {
    let encoding = Self.prefix + JSONWriter.canonicalText(of: SchemaDocument.facts(of: schema))
    hexadecimal = SHA256.hexadecimal(of: encoding.utf8)
  }

  /// A fingerprint written down before; `nil` when the text is not one.
  package init?(hexadecimal: String) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
    guard hexadecimal.utf8.count == 64,
      hexadecimal.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) })
    else { return nil }
    self.hexadecimal = hexadecimal
  }

  /// The first 12 digits: enough for people to tell two apart.
  package var short: String { String(hexadecimal.prefix(12)) }

  package var description: String { short }

  /// Names the encoding, so that fingerprints of two encodings are never equal by chance or by mistake.
  private static let prefix = "plumb/schema-fingerprint 1\n"
}
