import SchemaText

/// The hashes of a key of all rows of a table.
///
/// One thread fills it; others look into it when it is complete.
final class KeyHashes: @unchecked Sendable {
  var hashes: DistinctHashes

  init(limit: Int, expecting expected: Int = 0) { hashes = DistinctHashes(limit: limit, expecting: expected) }
}

/// Judges by what is sent of rows whether a constraint holds that concerns a row and others.
final class RuleJudge {
  /// What the rows say of the constraint.
  enum Verdict {
    case sound
    /// Rows may violate it: those with these keys, where these are few and may be told.
    case suspected(keys: [[String]]?)
    case unknown
  }

  let rule: SentRows.Rule
  private let kinds: [SentAlike]
  private let known: KeyHashes?
  /// The fields, when they stand side by side in their order.
  private let stretch: ClosedRange<Int>?
  private let share: HashShare?
  private var isUnknown: Bool
  private var isSuspected = false
  private var suspects: [[String]]?
  /// Of a batch's rows; 0 for a row that cannot violate it.
  private var batchHashes: [UInt64] = []
  private var scratch: [UInt8] = []

  /// More keys would make a statement that takes longer than to look at all of them.
  private static let mostSuspects = 10_000

  /// - Parameters:
  ///   - parents: the keys of the tables read before.
  ///   - mostHashes: how many different keys it may keep.
  ///   - expectedHashes: how many there may be.
  ///   - share: the keys that are looked at; `nil` for all.
  init(
    _ rule: SentRows.Rule, of rows: SentRows, parents: [SentRows.Key: KeyHashes], mostHashes: Int,
    expectedHashes: Int = 0, share: HashShare? = nil
  ) {
    self.rule = rule
    kinds = rows.kinds
    self.share = share
    let isStretch = zip(rule.fields, rule.fields.dropFirst()).allSatisfy { $0 + 1 == $1 }
    stretch = isStretch ? rule.fields.first.flatMap { first in rule.fields.last.map { first...$0 } } : nil
    suspects = rule.mayBeQuoted ? [] : nil
    switch rule.demand {
    case .distinct: known = KeyHashes(limit: mostHashes, expecting: expectedHashes)
    case .present(let key, _): known = parents[key]
    }
    isUnknown = known == nil
  }

  var verdict: Verdict {
    if isUnknown { return .unknown }
    return isSuspected ? .suspected(keys: suspects) : .sound
  }

  /// The keys of all rows; `nil` when they were too many.
  var completeHashes: KeyHashes? { isUnknown ? nil : known }

  func judge(_ batch: borrowing SentBatch) {
    guard !isUnknown, let known else { return }
    // Taken out for as long as it is filled: Swift looks at every access to what an object holds.
    var hashes: [UInt64] = []
    swap(&hashes, &batchHashes)
    defer { swap(&hashes, &batchHashes) }
    hash(batch, into: &hashes)
    switch rule.demand {
    case .distinct: isUnknown = !known.hashes.add(hashes) { suspect($0, of: batch) }
    case .present: known.hashes.lacks(hashes) { suspect($0, of: batch) }
    }
  }

  private func hash(_ batch: borrowing SentBatch, into hashes: inout [UInt64]) {
    hashes.removeAll(keepingCapacity: true)
    for row in 0..<batch.rowCount {
      let nullCount = rule.fields.count { batch.isNull($0, in: row) }
      switch rule.demand {
      case .distinct(_, let nullsAreEqual):
        let hash = nullCount == 0 || nullsAreEqual ? hash(row, of: batch) : 0
        hashes.append(share?.contains(hash) == false ? 0 : hash)
      case .present(_, let isFull):
        if isFull && nullCount > 0 && nullCount < rule.fields.count { suspect(row, of: batch) }
        hashes.append(nullCount == 0 ? hash(row, of: batch) : 0)
      }
    }
  }

  private func hash(_ row: Int, of batch: borrowing SentBatch) -> UInt64 {
    if let stretch {
      let range = batch.range(of: stretch, in: row)
      return batch.bytes.withUnsafeBytes {
        DistinctHashes.hash(UnsafeRawBufferPointer(rebasing: $0[range]))
      }
    }
    scratch.removeAll(keepingCapacity: true)
    for (place, field) in rule.fields.enumerated() {
      let range =
        place == 0 ? batch.range(of: field...field, in: row) : batch.rangeWithLength(of: field, in: row)
      scratch.append(contentsOf: batch.bytes[range])
    }
    return scratch.withUnsafeBytes { DistinctHashes.hash($0) }
  }

  private func suspect(_ row: Int, of batch: borrowing SentBatch) {
    isSuspected = true
    guard let count = suspects?.count else { return }
    let isComplete = !rule.fields.contains { batch.isNull($0, in: row) }
    let key = rule.ownFields.compactMap { field in
      kinds[field - 1].text(of: batch.bytes[batch.range(of: field...field, in: row)])
    }
    if count < Self.mostSuspects, isComplete, key.count == rule.ownFields.count {
      suspects?.append(key)
    } else {
      suspects = nil
    }
  }
}
