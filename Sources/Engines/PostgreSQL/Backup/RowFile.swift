import Glibc
import SchemaModel

/// Writes rows into a table data file of a directory archive: gzip members of whole rows, hashed on their way.
///
/// Used by one thread.
final class RowFile {
  let path: String
  /// The rows that were added.
  private(set) var rowCount = 0
  private(set) var content = ContentHash()

  private let descriptor: Int32
  private let digest: RunningDigest
  private let member = GzipMember()
  private let block = RowBlock(byteCount: 1 << 20)
  private var failure: EngineError?
  /// Bytes written so far, and how many of them are on their way to the disk.
  private var written = 0
  private var sent = 0

  /// The backup ends when all of it is on the disk: what is sent there early is not waited for then.
  private static let leastSent = 4 << 20

  /// Makes the file, which must not exist.
  init(_ path: String) throws(EngineError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(path) }
    digest = try RunningDigest()
  }

  deinit { close(descriptor) }

  /// Adds a row with its line feed; what goes wrong is told by ``finish(withEnd:)``.
  func add(_ row: UnsafeRawBufferPointer) {
    rowCount += 1
    content.add(RowHash.hash(UnsafeRawBufferPointer(rebasing: row.dropLast())))
    append(row)
  }

  /// Whether the file can still be written.
  var isSound: Bool { failure == nil }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    if block.byteCount + bytes.count > block.storage.count { flush() }
    while bytes.count > block.storage.count { block.grow(keeping: 0) }
    UnsafeMutableRawBufferPointer(rebasing: block.storage[block.byteCount...]).copyMemory(from: bytes)
    block.byteCount += bytes.count
  }

  private func flush() {
    guard block.byteCount > 0, failure == nil else { return }
    let bytes = member.compress(block.rows)
    block.byteCount = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      guard count > 0 || errno == EINTR else {
        failure = .unwritable(path)
        return
      }
      rest = rest.dropFirst(max(count, 0))
    }
    written += bytes.count
    if written - sent >= Self.leastSent {
      // Linux begins to write these pages; those that are not written yet stay in memory. Advice cannot fail badly.
      posix_fadvise(descriptor, off_t(sent), off_t(written - sent), POSIX_FADV_DONTNEED)
      sent = written
    }
    digest.add(bytes)
  }

  /// Writes what is held back.
  ///
  /// - Parameter parts: further files of rows, which are appended in their order and removed.
  /// - Returns: size and SHA-256 of the whole file, which then ends as pg_dump ends one.
  func finish(
    appending parts: [RowFile]
  ) throws(EngineError) -> (byteCount: Int, sha256: String) {
    for part in parts {
      part.flush()
      if let failure = part.failure { throw failure }
      flush()
      try take(part)
    }
    "\\.\n\n\n".withCString { end in append(UnsafeRawBufferPointer(start: end, count: 5)) }
    flush()
    if let failure { throw failure }
    return try digest.finish()
  }

  private func take(_ part: RowFile) throws(EngineError) {
    let file = try FileBytes(part.path)
    while failure == nil {
      let count = try file.read(into: block.storage)
      guard count > 0 else { break }
      let bytes = UnsafeRawBufferPointer(rebasing: block.storage[..<count])
      guard write(descriptor, bytes.baseAddress, count) == count else {
        failure = .unwritable(path)
        break
      }
      digest.add(bytes)
    }
    rowCount += part.rowCount
    content.add(part.content)
    unlink(part.path)
  }
}
