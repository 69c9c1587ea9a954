import CXXHash

/// A set of hashes that tells whether any came twice; it grows to a limit and no further.
///
/// A 64-bit hash stands for its bytes: of 8 million different ones two are alike once in half a million sets, so a hit is a
/// suspicion to be looked into, and its absence is proof.
struct DistinctHashes: ~Copyable {
  private var slots: UnsafeMutableBufferPointer<UInt64>
  /// How many different hashes it has.
  private(set) var count = 0
  private let limit: Int
  /// Nobody reads it; without it, the compiler would see that nobody reads the slots that are fetched.
  private var fetched: UInt64 = 0

  /// - Parameters:
  ///   - limit: how many different hashes it takes at most.
  ///   - expected: how many it is made for at once; for more, it grows.
  init(limit: Int, expecting expected: Int = 0) {
    self.limit = limit
    slots = .allocate(capacity: Self.slotCount(for: expected))
    slots.initialize(repeating: 0)
  }

  /// Bytes that so many hashes take: each slot holds one, and a quarter of them stays empty.
  static func byteCount(for hashCount: Int) -> Int { slotCount(for: hashCount) * MemoryLayout<UInt64>.stride }

  /// How many hashes so many bytes hold.
  static func hashCount(in byteCount: Int) -> Int {
    var count = 1 << 10
    while count * 2 * MemoryLayout<UInt64>.stride <= byteCount { count *= 2 }
    return count / 4 * 3
  }

  /// Bytes that it takes.
  var byteCount: Int { slots.count * MemoryLayout<UInt64>.stride }

  private static func slotCount(for hashCount: Int) -> Int {
    var count = 1 << 10
    while count * 3 < hashCount * 4 { count *= 2 }
    return count
  }

  deinit { slots.deallocate() }

  /// What came of adding one.
  private enum Addition {
    case new
    case known
    /// The set is full.
    case refused
  }

  /// - Parameter hash: from ``hash(_:)``.
  private mutating func add(_ hash: UInt64) -> Addition {
    if count * 4 >= slots.count * 3 {
      guard count < limit else { return .refused }
      grow()
    }
    return insert(hash) ? .new : .known
  }

  /// Whether the hash is in it: true for all that were added, and for others once in 2 million million.
  private func contains(_ hash: UInt64) -> Bool { slots[place(of: hash)] == hash }

  /// Adds all hashes but those that are 0, and tells the places of those that were in it; false when it is full.
  mutating func add(_ hashes: [UInt64], known: (Int) -> Void) -> Bool {
    fetched = fetch(hashes)
    for (place, hash) in hashes.enumerated() where hash != 0 {
      switch add(hash) {
      case .new: break
      case .known: known(place)
      case .refused: return false
      }
    }
    return true
  }

  /// Tells the places of the hashes that are not in it, and not 0.
  func lacks(_ hashes: [UInt64], _ body: (Int) -> Void) {
    let isEmpty = fetch(hashes) == 0
    for (place, hash) in hashes.enumerated() where hash != 0 && (isEmpty || !contains(hash)) { body(place) }
  }

  /// Brings the slots of the hashes near to the processor, all at once: it then waits for memory once and not for each.
  ///
  /// - Returns: 0 when all of them are empty.
  private func fetch(_ hashes: [UInt64]) -> UInt64 {
    let mask = slots.count - 1
    return hashes.reduce(0) { $0 | slots[Int(truncatingIfNeeded: $1) & mask] }
  }

  /// What stands for the bytes; never 0, which marks an empty slot.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    max(1, XXH3_64bits(bytes.baseAddress, bytes.count))
  }

  /// The slot that holds the hash, or would.
  private func place(of hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 && slots[place] != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func insert(_ hash: UInt64) -> Bool {
    let place = place(of: hash)
    if slots[place] == hash { return false }
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
