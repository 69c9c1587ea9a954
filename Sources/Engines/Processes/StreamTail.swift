/// The end of a stream of bytes, however long the stream is.
struct StreamTail {
  private let limit: Int
  private var bytes: [UInt8] = []
  private var isCut = false

  /// - Parameter byteCount: how much of the stream is kept.
  init(byteCount: Int) {
    limit = byteCount
  }

  /// Adds bytes, and forgets the oldest.
  mutating func add(_ more: ArraySlice<UInt8>) {
    bytes += more
    // Cut rarely, so that each byte is moved only a few times.
    if bytes.count > 2 * limit { cut() }
  }

  /// What was kept, as text; if the beginning is missing it starts with a whole line.
  var text: String {
    var tail = self
    if tail.bytes.count > limit { tail.cut() }
    var kept = tail.bytes[...]
    if tail.isCut, let end = kept.firstIndex(of: UInt8(ascii: "\n")) { kept = kept[(end + 1)...] }
    return String(decoding: kept, as: UTF8.self)
  }

  private mutating func cut() {
    bytes.removeFirst(bytes.count - limit)
    isCut = true
  }
}
