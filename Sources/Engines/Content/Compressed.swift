import CZlib

/// Bytes made smaller with zlib.
package enum Compressed {
  /// The bytes as a zlib stream; `nil` when there is no memory for it.
  package static func bytes(of text: String) -> [UInt8]? {
    var source = Array(text.utf8)
    var length = compressBound(uLong(source.count))
    var result = [UInt8](repeating: 0, count: Int(length))
    guard compress2(&result, &length, &source, uLong(source.count), Z_BEST_SPEED) == Z_OK else { return nil }
    return Array(result.prefix(Int(length)))
  }

  /// The text in a zlib stream; `nil` when it is damaged or is not of that length.
  ///
  /// - Parameter byteCount: how long the text is.
  package static func text(of stream: [UInt8], byteCount: Int) -> String? {
    var source = stream
    var length = uLong(byteCount)
    var result = [UInt8](repeating: 0, count: max(byteCount, 1))
    guard uncompress(&result, &length, &source, uLong(source.count)) == Z_OK, Int(length) == byteCount else {
      return nil
    }
    return String(decoding: result.prefix(byteCount), as: UTF8.self)
  }
}
