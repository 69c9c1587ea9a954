import CCrypto

/// SHA-256 of texts and bytes in memory, as 64 hexadecimal digits in lower case.
package enum SHA256 {
  package static func hexadecimal<Bytes: Sequence<UInt8>>(of bytes: Bytes) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let done =
      bytes.withContiguousStorageIfAvailable { buffer in
        EVP_Digest(buffer.baseAddress, buffer.count, &digest, &count, EVP_sha256(), nil)
      } ?? EVP_Digest(Array(bytes), Array(bytes).count, &digest, &count, EVP_sha256(), nil)
    // libcrypto refuses only when it was built or configured without SHA-256. Then no fingerprint can be
    // trusted, and stopping is better than a wrong one.
    precondition(done == 1, "libcrypto does not offer SHA-256")
    return digest.prefix(Int(count)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
