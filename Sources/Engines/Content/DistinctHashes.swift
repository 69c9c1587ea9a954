import CXXHash

/// A set of hashes that tells whether any came twice; it grows to a limit and no further.
///
/// A 64-bit hash stands for its bytes: of 8 million different ones two are alike once in half a million sets, so a hit is a
/// suspicion to be looked into, and its absence is proof.
struct DistinctHashes: ~Copyable {
  private var slots: UnsafeMutableBufferPointer<UInt64>
  private var count = 0
  private let limit: Int

  /// - Parameter limit: how many different hashes it takes at most.
  init(limit: Int) {
    self.limit = limit
    slots = .allocate(capacity: 1 << 16)
    slots.initialize(repeating: 0)
  }

  deinit { slots.deallocate() }

  /// What came of adding one.
  enum Addition {
    case new
    case known
    /// The set is full.
    case refused
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) -> Addition {
    // 0 marks an empty slot.
    let hash = max(1, XXH3_64bits(bytes.baseAddress, bytes.count))
    if count * 2 >= slots.count {
      guard count < limit else { return .refused }
      grow()
    }
    return insert(hash) ? .new : .known
  }

  private mutating func insert(_ hash: UInt64) -> Bool {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      if slots[place] == hash { return false }
      place = (place + 1) & mask
    }
    slots[place] = hash
    count += 1
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = .allocate(capacity: old.count * 2)
    slots.initialize(repeating: 0)
    count = 0
    for hash in old where hash != 0 { _ = insert(hash) }
    old.deallocate()
  }
}
