import SchemaModel
import SchemaText
import Synchronization

/// When which table of a database can be read: as soon as those have been that its rows refer to.
final class ReadingOrder: Sendable {
  private struct State {
    /// How many tables must be read before this one.
    var waitingFor: [ObjectName: Int] = [:]
    var waiting: [ObjectName: [ObjectName]] = [:]
  }

  let known: KnownKeys
  private let sizes: [ObjectName: Int]
  private let state: Mutex<State>

  /// - Parameters:
  ///   - tables: that are to be read, in an order in which parents come first, but for those that refer to each other.
  ///   - sizes: about how long each takes, in any unit.
  ///   - mostBytes: that hashes of keys may take.
  init(
    _ tables: [Table], sizes: [ObjectName: Int], of schema: Schema, mostBytes: Int = KnownKeys.mostBytes
  ) {
    self.sizes = sizes
    known = KnownKeys(referredToIn: schema, mostBytes: mostBytes)
    var state = State()
    for table in tables {
      // Parents that come later are not waited for: they refer back.
      let earlier = known.parentTables(of: table).filter { state.waitingFor[$0] != nil }
      state.waitingFor[table.name] = earlier.count
      for parent in earlier { state.waiting[parent, default: []].append(table.name) }
    }
    self.state = Mutex(state)
  }

  /// The tables that can be read at once, the largest first.
  var first: [ObjectName] {
    largestFirst(state.withLock { state in state.waitingFor.filter { $0.value == 0 }.map(\.key) })
  }

  /// The tables that can be read now that one has been, the largest first.
  func next(after table: ObjectName) -> [ObjectName] {
    largestFirst(
      state.withLock { state in
        var ready: [ObjectName] = []
        for name in state.waiting.removeValue(forKey: table) ?? [] {
          let count = (state.waitingFor[name] ?? 1) - 1
          state.waitingFor[name] = count
          if count == 0 { ready.append(name) }
        }
        return ready
      })
  }

  private func largestFirst(_ names: [ObjectName]) -> [ObjectName] {
    names.sorted { (sizes[$0] ?? 0, $1) > (sizes[$1] ?? 0, $0) }
  }
}
