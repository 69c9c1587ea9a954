import CCrypto
import Foundation
import SchemaModel

/// SHA-256 of files, by OpenSSL.
package enum FileDigest {
  /// The file's size in bytes and its SHA-256 as 64 hexadecimal digits.
  ///
  /// - Throws: `EngineError` of kind `damaged` when the file cannot be read to its end, `interrupted`.
  package static func sha256(ofFile path: String) throws(EngineError) -> (byteCount: Int, sha256: String) {
    guard let file = fopen(path, "r") else { throw unreadable(path) }
    defer { fclose(file) }
    let digest = try RunningDigest()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while reading \(path)") }
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      buffer.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    guard ferror(file) == 0 else { throw unreadable(path) }
    return try digest.finish()
  }

  private static func unreadable(_ path: String) -> EngineError {
    EngineError(
      .damaged, "cannot read \(path)", detail: [String(cString: strerror(errno))],
      hint: "The file is missing or the disk has errors; use another copy of this backup.")
  }
}

/// The SHA-256 of bytes that come one after the other.
final class RunningDigest {
  private let context: OpaquePointer
  private var byteCount = 0

  init() throws(EngineError) {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      throw EngineError(.refused, "OpenSSL cannot compute a SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  func add(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    byteCount += bytes.count
  }

  /// How many bytes there were, and their SHA-256 as 64 hexadecimal digits; to be called once.
  func finish() throws(EngineError) -> (byteCount: Int, sha256: String) {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      throw EngineError(.refused, "OpenSSL cannot compute a SHA-256")
    }
    return (byteCount, digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined())
  }
}
