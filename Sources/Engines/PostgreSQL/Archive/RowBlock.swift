import Glibc

/// Whole rows as `COPY` prints them, each a line: what is handed from who reads an archive to who loads it.
///
/// Owned by one thread at a time: who takes it out of a ``RowFeed`` has it until it is given back.
final class RowBlock: @unchecked Sendable {  // The feed hands a block to one thread at a time.
  private(set) var storage: UnsafeMutableRawBufferPointer
  /// Bytes of whole rows, from the beginning.
  var byteCount = 0

  init(byteCount: Int = 1 << 17) { storage = .allocate(byteCount: byteCount, alignment: 64) }

  deinit { storage.deallocate() }

  /// The rows, each with its line feed.
  var rows: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<byteCount]) }

  /// Makes room for more, keeping the first bytes.
  func grow(keeping count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count * 2, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    storage.deallocate()
    storage = larger
  }

  /// Hands over each row without its line feed; how many there are.
  @discardableResult
  func forEachRow(_ body: (UnsafeRawBufferPointer) -> Void) -> Int {
    guard let base = storage.baseAddress else { return 0 }
    var (start, count) = (0, 0)
    while start < byteCount, let found = memchr(base + start, Int32(UInt8(ascii: "\n")), byteCount - start) {
      let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      body(UnsafeRawBufferPointer(rebasing: storage[start..<end]))
      start = end + 1
      count += 1
    }
    return count
  }
}
