import SchemaModel
import SchemaText
import Synchronization

/// The keys and indexes of one table, in an order in which no build waits for another's lock.
///
/// Indexes are built side by side, a constraint keeps everything else off its table. So of a large table's key only the
/// index is built at first, beside the others, and made the constraint's when all are there; what cannot be parted so is
/// built before them, one after the other.
final class TableBuilds: Sendable {
  /// A piece of work for one connection.
  enum Step: Hashable, Sendable {
    /// What locks the table whole, one after the other.
    case locking([ArchiveContents.Entry])
    case index(ArchiveContents.Entry)
    case indexOfKey(ArchiveContents.Entry, PartedKey)
    /// Makes constraints of the indexes that were built for them.
    case adoption([ArchiveContents.Entry], [PartedKey])

    var isAdoption: Bool {
      if case .adoption = self { return true }
      return false
    }
  }

  private struct State {
    /// Steps that must end before keys take their indexes.
    var remaining: Int
    var indexed: [(ArchiveContents.Entry, PartedKey)]

    /// What makes keys of their indexes, once, when nothing else is at work on the table.
    mutating func takeAdoption() -> [Step] {
      guard remaining == 0, !indexed.isEmpty else { return [] }
      defer { indexed = [] }
      return [.adoption(indexed.map(\.0), indexed.map(\.1))]
    }
  }

  /// Whether building takes longer than the statements that prepare for it.
  let isLarge: Bool
  private let locking: [ArchiveContents.Entry]
  private let sideBySide: [Step]
  private let makesConstraints: Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - entries: what is to be built.
  ///   - indexed: keys, by their entries' numbers, whose indexes are there.
  ///   - makesConstraints: whether its rows are fit for more than indexes: otherwise constraints must wait.
  init(
    _ entries: [ArchiveContents.Entry], isLarge: Bool, indexed: [Int: PartedKey] = [:],
    makesConstraints: Bool = true
  ) {
    self.isLarge = isLarge
    self.makesConstraints = makesConstraints
    let unindexed = entries.filter { $0.locksTable && indexed[$0.id] == nil }
    let parted = unindexed.map { ($0, isLarge ? PartedKey($0) : nil) }
    locking = makesConstraints ? parted.filter { $0.1 == nil }.map(\.0) : []
    // A key's rows mostly stand in its order: it is sorted soonest, and so fills what others leave of the time.
    sideBySide =
      entries.filter { !$0.locksTable }.map { .index($0) }
      + parted.compactMap { entry, key in key.map { .indexOfKey(entry, $0) } }
    state = Mutex(
      State(
        remaining: sideBySide.count,
        indexed: entries.compactMap { entry in indexed[entry.id].map { (entry, $0) } }))
  }

  /// What can be done at once.
  var first: [Step] { locking.isEmpty ? afterLocking : [.locking(locking)] }

  /// What can be done when a step has ended, and whether it was the last one of all.
  ///
  /// - Parameter isBuilt: whether no rows violate what it built.
  func next(after step: Step, isBuilt: Bool) -> (steps: [Step], isOver: Bool) {
    switch step {
    case .locking:
      let steps = afterLocking
      return (steps, steps.isEmpty)
    case .adoption: return ([], true)
    case .index, .indexOfKey:
      return state.withLock { state in
        if case .indexOfKey(let entry, let key) = step, isBuilt { state.indexed.append((entry, key)) }
        state.remaining -= 1
        let steps = makesConstraints ? state.takeAdoption() : []
        return (steps, state.remaining == 0 && steps.isEmpty)
      }
    }
  }

  private var afterLocking: [Step] {
    guard sideBySide.isEmpty, makesConstraints else { return sideBySide }
    return state.withLock { $0.takeAdoption() }
  }
}

/// A primary key or UNIQUE constraint as two statements: its index, and the constraint that takes it.
struct PartedKey: Hashable, Sendable {
  var index: String
  var constraint: String

  /// - Returns: `nil` when the entry is no such key, or goes on with statements of its own.
  init?(_ entry: ArchiveContents.Entry) {
    // As pg_dump writes it (dumpConstraint in pg_dump.c), on a table and not on a partitioned one.
    let pattern =
      #/ALTER TABLE ONLY (?<table>.+)\n    ADD CONSTRAINT (?<name>"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*) (?<kind>PRIMARY KEY|UNIQUE)(?<nulls> NULLS NOT DISTINCT)? \((?<columns>[^()]+)\)(?<include> INCLUDE \([^()]+\))?(?<options> WITH \([^()]+\))?(?<moment> DEFERRABLE(?: INITIALLY DEFERRED)?)?;\s*/#
    guard entry.runsInSchema == nil, let schema = entry.subject?.schema,
      let match = entry.definition.wholeMatch(of: pattern), !match.columns.contains(" WITHOUT OVERLAPS")
    else { return nil }
    let name = String(match.name)
    let place = SQLDialect.postgreSQL.identifier(schema) + "." + name
    // An interrupted run may have left the index without its constraint.
    index =
      "DROP INDEX IF EXISTS \(place);\nCREATE UNIQUE INDEX \(name) ON \(match.table) USING btree (\(match.columns))"
      + "\(match.include ?? "")\(match.nulls ?? "")\(match.options ?? "");"
    constraint =
      "ALTER TABLE ONLY \(match.table)\n    ADD CONSTRAINT \(name) \(match.kind) USING INDEX \(name)\(match.moment ?? "");"
  }
}

extension ArchiveContents.Entry {
  /// Whether building it keeps everything else off the table: all constraints, and indexes whose statement
  /// goes on to alter the table (`CLUSTER ON`, `REPLICA IDENTITY`).
  var locksTable: Bool { kind == "CONSTRAINT" || definition.contains("\nALTER TABLE ") }
}
