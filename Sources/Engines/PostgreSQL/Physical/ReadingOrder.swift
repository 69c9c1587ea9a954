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
  private let readings: [ObjectName: ScanJob.Reading]
  private let number: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - readings: in an order in which parents come first, but for those that refer to each other.
  ///   - number: of the database.
  ///   - mostBytes: that hashes of keys may take.
  init(_ readings: [ScanJob.Reading], of schema: Schema, number: Int, mostBytes: Int) {
    self.number = number
    known = KnownKeys(referredToIn: schema, mostBytes: mostBytes)
    self.readings = Dictionary(readings.map { ($0.table.name, $0) }, uniquingKeysWith: { first, _ in first })
    var state = State()
    for reading in readings {
      // Parents that come later are not waited for: they refer back.
      let earlier = known.parentTables(of: reading.table).filter { state.waitingFor[$0] != nil }
      state.waitingFor[reading.table.name] = earlier.count
      for parent in earlier { state.waiting[parent, default: []].append(reading.table.name) }
    }
    self.state = Mutex(state)
  }

  /// The tables that can be read at once.
  var first: [ScanJob] {
    jobs(state.withLock { state in state.waitingFor.filter { $0.value == 0 }.map(\.key) })
  }

  /// The tables that can be read now that one has been, the largest first.
  func next(after table: ObjectName) -> [ScanJob] {
    let names = state.withLock { state in
      var ready: [ObjectName] = []
      for name in state.waiting.removeValue(forKey: table) ?? [] {
        let count = (state.waitingFor[name] ?? 1) - 1
        state.waitingFor[name] = count
        if count == 0 { ready.append(name) }
      }
      return ready
    }
    return jobs(names)
  }

  private func jobs(_ names: [ObjectName]) -> [ScanJob] {
    names.compactMap { readings[$0] }
      .sorted { ($0.weight, $1.table.name) > ($1.weight, $0.table.name) }
      .map { ScanJob(subject: number, work: .reading($0, self), weight: $0.weight) }
  }
}
