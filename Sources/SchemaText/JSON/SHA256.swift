import CCrypto

/// SHA-256 of texts and bytes in memory, as 64 hexadecimal digits in lower case.
package enum SHA256 {
  package static func hexadecimal<Bytes: Sequence<UInt8>>(of bytes: Bytes) -> String {
    // libcrypto refuses only when it was built or configured without SHA-256. Then no fingerprint can be
    // trusted, and stopping is better than a wrong one.
    guard
      let digest = bytes.withContiguousStorageIfAvailable(digest(of:))
        ?? Array(bytes).withUnsafeBufferPointer(digest(of:))
    else { preconditionFailure("libcrypto does not offer SHA-256") }
    return digest.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  private static func digest(of bytes: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8>? {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let done = EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha256(), nil)
    return done == 1 ? digest.prefix(Int(count)) : nil
  }
}
