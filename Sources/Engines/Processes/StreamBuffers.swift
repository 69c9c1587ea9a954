/// Cuts a stream of bytes into lines.
struct LineSplitter {
  private var unfinished: [UInt8] = []

  /// Adds bytes and calls `each` for every line they complete, without its end.
  mutating func add(_ bytes: ArraySlice<UInt8>, each: (String) throws -> Void) rethrows {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      unfinished += rest[..<end]
      rest = rest[(end + 1)...]
      defer { unfinished.removeAll(keepingCapacity: true) }
      try each(String(decoding: unfinished, as: UTF8.self))
    }
    unfinished += rest
  }

  /// Calls `each` for a last line that has no end.
  mutating func finish(each: (String) throws -> Void) rethrows {
    guard !unfinished.isEmpty else { return }
    defer { unfinished = [] }
    try each(String(decoding: unfinished, as: UTF8.self))
  }
}

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
