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
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw unreadable(path) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var byteCount = 0
    while true {
      if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while reading \(path)") }
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      byteCount += count
      guard EVP_DigestUpdate(context, buffer, count) == 1 else { throw unreadable(path) }
    }
    guard ferror(file) == 0 else { throw unreadable(path) }
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw unreadable(path) }
    return (byteCount, digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined())
  }

  private static func unreadable(_ path: String) -> EngineError {
    EngineError(
      .damaged, "cannot read \(path)", detail: [String(cString: strerror(errno))],
      hint: "The file is missing or the disk has errors; use another copy of this backup.")
  }
}
