import Glibc

/// What encoding an archive's texts are in, and how they become ours.
package enum ArchiveEncoding {
  /// The encoding that the statement of an `ENCODING` entry sets: `SET client_encoding = 'LATIN1';`.
  package static func name(in statement: String) -> String? {
    let parts = statement.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// The text of the bytes; what the encoding does not allow becomes a replacement character.
  ///
  /// - Parameter encoding: PostgreSQL's name for it; `nil` and names nobody knows are taken for UTF-8.
  static func text(of bytes: ArraySlice<UInt8>, in encoding: String?) -> String {
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    guard !isASCII, let encoding, let foreign = libraryName(of: encoding),
      let converted = converted(bytes, from: foreign)
    else { return String(decoding: bytes, as: UTF8.self) }
    return converted
  }

  /// What `iconv(3)` calls an encoding of PostgreSQL's; `nil` for UTF-8 and for bytes without an encoding.
  private static func libraryName(of encoding: String) -> String? {
    switch encoding {
    case "UTF8", "UNICODE", "SQL_ASCII": nil
    case _ where encoding.hasPrefix("LATIN"): latin[encoding]
    case _ where encoding.hasPrefix("WIN"): "CP" + encoding.dropFirst(3)
    case _ where encoding.hasPrefix("ISO_8859_"): "ISO-8859-" + encoding.dropFirst("ISO_8859_".count)
    case "KOI8R": "KOI8-R"
    case "KOI8U": "KOI8-U"
    case "EUC_JP", "EUC_JIS_2004": "EUC-JP"
    case "EUC_CN": "EUC-CN"
    case "EUC_KR": "EUC-KR"
    case "EUC_TW": "EUC-TW"
    case "SJIS", "SHIFT_JIS_2004": "CP932"
    case "UHC": "CP949"
    case _: encoding
    }
  }

  private static let latin = [
    "LATIN1": "ISO-8859-1", "LATIN2": "ISO-8859-2", "LATIN3": "ISO-8859-3", "LATIN4": "ISO-8859-4",
    "LATIN5": "ISO-8859-9", "LATIN6": "ISO-8859-10", "LATIN7": "ISO-8859-13", "LATIN8": "ISO-8859-14",
    "LATIN9": "ISO-8859-15", "LATIN10": "ISO-8859-16",
  ]

  private static func converted(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String? {
    let converter = iconv_open("UTF-8", encoding)
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var source = bytes.map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: bytes.count * 4 + 4)
    let written = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target -> Int? in
        var input = source.baseAddress
        var output = target.baseAddress
        var inputLeft = source.count
        var outputLeft = target.count
        guard iconv(converter, &input, &inputLeft, &output, &outputLeft) != Int.max, inputLeft == 0 else {
          return nil
        }
        return target.count - outputLeft
      }
    }
    return written.map { String(decoding: target[..<$0].map { UInt8(bitPattern: $0) }, as: UTF8.self) }
  }
}
