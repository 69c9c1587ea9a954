import CZlib
import Glibc
import SchemaModel

/// Reads a table data file of a directory archive, gzip or plain, in blocks of whole lines.
struct CopyFileReader: ~Copyable {
  private let path: String
  private let file: gzFile
  private static let blockByteCount = 1 << 20

  /// Opens the file.
  init(path: String) throws(EngineError) {
    guard let file = gzopen(path, "rb") else {
      throw EngineError(
        .damaged, "a data file of the archive is missing: \(path)",
        detail: [String(cString: strerror(errno))],
        hint: "Use another backup: 'plumb backups' lists them.")
    }
    gzbuffer(file, 1 << 17)
    self.path = path
    self.file = file
  }

  deinit { gzclose(file) }

  /// Hands over blocks that begin and end with a line, with the positions of their line feeds.
  ///
  /// Stops at the line `\.`, which ends the data, or when `body` answers false.
  /// - Throws: `EngineError` of kind `damaged` when the file ends before that line, or its checksum fails.
  mutating func forEachBlock(
    _ body: (UnsafeRawBufferPointer, [Int]) throws(EngineError) -> Bool
  ) throws(EngineError) {
    var buffer = [UInt8](repeating: 0, count: Self.blockByteCount)
    var held = 0
    while true {
      // A single row may be larger than the block: then the block grows.
      if held == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
      let room = buffer.count - held
      let count = buffer.withUnsafeMutableBytes { bytes in
        gzread(file, bytes.baseAddress?.advanced(by: held), UInt32(room))
      }
      guard count >= 0 else { throw damaged(reason: gzipWords) }
      guard count > 0 else { throw damaged(reason: "it ends before the line that ends its rows") }
      held += Int(count)
      let scan = Self.lines(in: buffer, count: held)
      if scan.wholeByteCount > 0 {
        let goesOn = try withBlock(of: buffer, byteCount: scan.wholeByteCount, lineEnds: scan.lineEnds, body)
        guard goesOn else { return }
      }
      if scan.isEnded {
        try readToEnd()
        return
      }
      let rest = held - scan.wholeByteCount
      if scan.wholeByteCount > 0 {
        buffer.withUnsafeMutableBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          memmove(base, base + scan.wholeByteCount, rest)
        }
      }
      held = rest
    }
  }

  private func withBlock(
    of buffer: [UInt8], byteCount: Int, lineEnds: [Int],
    _ body: (UnsafeRawBufferPointer, [Int]) throws(EngineError) -> Bool
  ) throws(EngineError) -> Bool {
    let outcome = buffer.withUnsafeBytes { bytes -> Result<Bool, EngineError> in
      do throws(EngineError) {
        return .success(try body(UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]), lineEnds))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Reads what follows the end of the rows, so that gzip's checksum over all of it is verified.
  private func readToEnd() throws(EngineError) {
    var rest = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = gzread(file, &rest, UInt32(rest.count))
      guard count >= 0 else { throw damaged(reason: gzipWords) }
      guard count == 0 else { continue }
      // At the end zlib gives no bytes, and tells only here that the checksum is cut off.
      guard gzipError == nil else { throw damaged(reason: gzipWords) }
      return
    }
  }

  /// Where lines end in a buffer's beginning, up to the line `\.`.
  private static func lines(
    in buffer: [UInt8], count: Int
  ) -> (lineEnds: [Int], wholeByteCount: Int, isEnded: Bool) {
    var lineEnds: [Int] = []
    lineEnds.reserveCapacity(count / 64)
    return buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return (lineEnds, 0, false) }
      var start = 0
      while start < count, let found = memchr(base + start, Int32(UInt8(ascii: "\n")), count - start) {
        let end = UnsafeRawPointer(found) - base
        if end - start == 2, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: ".") {
          return (lineEnds, start, true)
        }
        lineEnds.append(end)
        start = end + 1
      }
      return (lineEnds, start, false)
    }
  }

  /// What zlib found wrong so far.
  private var gzipError: String? {
    var code = Z_OK
    let words = gzerror(file, &code).map { String(cString: $0) }
    return code == Z_OK ? nil : words ?? "gzip error \(code)"
  }

  private var gzipWords: String { gzipError ?? "unknown gzip error" }

  private func damaged(reason: String) -> EngineError {
    EngineError(
      .damaged, "a data file of the archive is damaged: \(path)", detail: [reason],
      hint: "Use another backup: 'plumb backups' lists them.")
  }
}
