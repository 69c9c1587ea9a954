import SchemaModel
import SchemaText
import Synchronization

/// The keys of tables that were read, for as long as rows that refer to them are still to be read.
///
/// Shared by the connections that read a database, with the memory that all of them may take for hashes.
final class KnownKeys: Sendable {
  /// Memory for the keys of one table while it is read.
  struct Room {
    /// How many hashes of each key may be kept, and how many there may be.
    var mostHashes: Int
    var expectedHashes: Int
    /// How many of a key that only some rows have.
    var mostPartialHashes: Int
    fileprivate var byteCount: Int

    fileprivate static let none = Room(mostHashes: 0, expectedHashes: 0, mostPartialHashes: 0, byteCount: 0)
  }

  private struct State {
    /// How many foreign keys of tables not yet read look for their parents by it.
    var pending: [SentRows.Key: Int] = [:]
    var parents: [SentRows.Key: KeyHashes] = [:]
    var reservedByteCount = 0

    var byteCount: Int { parents.values.reduce(reservedByteCount) { $0 + $1.hashes.byteCount } }
  }

  /// The keys by which each table's rows refer to others.
  private let referencedKeys: [ObjectName: [SentRows.Key]]
  private let mostBytes: Int
  private let state: Mutex<State>

  /// For more, the server can use its disk.
  static let mostBytes = 224 << 20

  /// - Parameter mostBytes: that hashes may take.
  init(referredToIn schema: Schema, mostBytes: Int = KnownKeys.mostBytes) {
    self.mostBytes = mostBytes
    referencedKeys = Dictionary(
      schema.tables.map { ($0.name, SentRows.referencedKeys(of: $0, in: schema)) },
      uniquingKeysWith: { first, _ in first })
    var state = State()
    for key in referencedKeys.values.joined() { state.pending[key, default: 0] += 1 }
    self.state = Mutex(state)
  }

  /// The tables to which a table's rows refer.
  func parentTables(of table: Table) -> Set<ObjectName> {
    Set(referencedKeys[table.name, default: []].map(\.table))
  }

  /// Those keys that a table's rows refer to.
  func parents(of table: Table) -> [SentRows.Key: KeyHashes] {
    state.withLock { state in
      Dictionary(
        referencedKeys[table.name, default: []].compactMap { key in state.parents[key].map { (key, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// Sets memory aside for reading a table; none where all of its keys would not fit.
  ///
  /// - Parameters:
  ///   - rowCount: an estimate; `nil` when there is none.
  ///   - partialKeyCount: of keys that only some rows have, which get what is left.
  func reserve(rowCount: Int?, keyCount: Int, partialKeyCount: Int) -> Room {
    state.withLock { state in
      let free = mostBytes - state.byteCount
      let expected = rowCount.map { $0 + $0 / 10 } ?? 0
      // Without an estimate somebody else may need the other half.
      let hashCount =
        rowCount == nil
        ? DistinctHashes.hashCount(in: free / 2 / max(1, keyCount + partialKeyCount)) : expected
      let needed = DistinctHashes.byteCount(for: hashCount) * keyCount
      guard needed <= free else { return .none }
      let ofPartial = DistinctHashes.byteCount(for: hashCount) / 2
      let hasPartial = needed + ofPartial * partialKeyCount <= free
      let room = Room(
        mostHashes: hashCount, expectedHashes: expected,
        mostPartialHashes: hasPartial ? DistinctHashes.hashCount(in: ofPartial) : 0,
        byteCount: needed + (hasPartial ? ofPartial * partialKeyCount : 0))
      state.reservedByteCount += room.byteCount
      return room
    }
  }

  /// Gives back what was set aside, when those keys are kept that are still needed.
  func release(_ room: Room) { state.withLock { $0.reservedByteCount -= room.byteCount } }

  /// Keeps the hashes of a key that rows of other tables refer to; `nil` when they are not complete.
  func keep(_ hashes: KeyHashes?, of key: SentRows.Key) {
    state.withLock { state in
      if state.pending[key] != nil, state.parents[key] == nil { state.parents[key] = hashes }
    }
  }

  /// Lets go of the keys that only this table's rows still referred to.
  func forgetParents(of table: Table) {
    state.withLock { state in
      for key in referencedKeys[table.name, default: []] {
        guard let count = state.pending[key] else { continue }
        state.pending[key] = count > 1 ? count - 1 : nil
        if count <= 1 { state.parents[key] = nil }
      }
    }
  }
}
