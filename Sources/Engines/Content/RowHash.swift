import CXXHash

/// The hash of one row's bytes: XXH3 with 128 bits and no seed, as a number.
///
/// The number is xxHash's canonical form read big-endian, so it is the same on every machine and
/// can be checked with `xxhsum -H2`.
package enum RowHash {
  /// The hash of the bytes, from `XXH3_128bits`.
  package static func hash(_ row: UnsafeRawBufferPointer) -> UInt128 {
    let hash = XXH3_128bits(row.baseAddress, row.count)
    return UInt128(hash.high64) << 64 | UInt128(hash.low64)
  }
}
