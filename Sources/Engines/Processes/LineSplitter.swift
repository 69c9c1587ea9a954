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
