/// Reads the rows of a table from an archive, in blocks of whole lines, up to the line `\.` that ends them.
struct RowBlockReader: ~Copyable {
  private let stream: any ByteStream
  private let name: String
  /// The beginning of a row whose end has not been read yet.
  private var carry: [UInt8] = []
  private var isAtEnd = false

  /// - Parameter name: what to call the source in an error.
  init(_ stream: any ByteStream, named name: String) {
    self.stream = stream
    self.name = name
  }

  /// Fills the block with the next rows; false when there are none.
  ///
  /// - Throws: `EngineError` of kind `damaged` when the bytes end before the line that ends the rows, when anything
  ///   follows it, or when a checksum fails.
  mutating func fill(_ block: RowBlock) throws(EngineError) -> Bool {
    guard !isAtEnd else { return false }
    while block.storage.count < carry.count { block.grow(keeping: 0) }
    var held = carry.count
    block.storage.copyBytes(from: carry)
    while true {
      if held == block.storage.count {
        if endOfWholeRows(in: block, held) > 0 { break }
        // A single row may be larger than the block: then the block grows.
        block.grow(keeping: held)
      }
      let room = UnsafeMutableRawBufferPointer(rebasing: block.storage[held...])
      let count = try stream.read(into: room)
      if count == 0 {
        block.byteCount = try endOfRows(in: block, held)
        isAtEnd = true
        return block.byteCount > 0
      }
      held += count
    }
    if let end = ending(of: block, held) {
      try expectNothingFurther()
      isAtEnd = true
      block.byteCount = end
      return end > 0
    }
    block.byteCount = endOfWholeRows(in: block, held)
    carry = Array(block.storage[block.byteCount..<held])
    return true
  }

  /// The position behind the last line feed; 0 when there is none.
  private func endOfWholeRows(in block: RowBlock, _ held: Int) -> Int {
    var end = held
    while end > 0, block.storage[end - 1] != UInt8(ascii: "\n") { end -= 1 }
    return end
  }

  /// Where the rows end, when all bytes have been read.
  private func endOfRows(in block: RowBlock, _ held: Int) throws(EngineError) -> Int {
    guard let end = ending(of: block, held) else {
      throw .damagedFile(name, because: "it ends before the line that ends its rows")
    }
    return end
  }

  /// Where the line that ends the rows begins, if nothing but empty lines comes after it.
  private func ending(of block: RowBlock, _ held: Int) -> Int? {
    let bytes = block.storage
    var end = held
    while end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    guard end < held, end >= 2, bytes[end - 1] == UInt8(ascii: "."), bytes[end - 2] == UInt8(ascii: "\\"),
      end == 2 || bytes[end - 3] == UInt8(ascii: "\n")
    else { return nil }
    return end - 2
  }

  /// Reads what follows the end of the rows, so that a checksum over all of it is verified.
  private func expectNothingFurther() throws(EngineError) {
    let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    defer { rest.deallocate() }
    while true {
      let count = try stream.read(into: rest)
      guard count > 0 else { return }
      guard rest[..<count].allSatisfy({ $0 == UInt8(ascii: "\n") }) else {
        throw .damagedFile(name, because: "something follows the line that ends its rows")
      }
    }
  }
}
