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
  }

  private let locking: [ArchiveContents.Entry]
  private let sideBySide: [Step]
  private let makesConstraints: Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - entries: what is to be built.
  ///   - isLarge: whether building takes longer than the statements that part a key from its index.
  ///   - indexed: keys, by their entries' numbers, whose indexes are there.
  ///   - makesConstraints: whether its rows are fit for more than indexes: otherwise constraints must wait.
  init(
    _ entries: [ArchiveContents.Entry], isLarge: Bool, indexed: [Int: PartedKey] = [:],
    makesConstraints: Bool = true
  ) {
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

  /// What can be done when a step has ended.
  ///
  /// - Parameter isBuilt: whether no rows violate what it built.
  func next(after step: Step, isBuilt: Bool) -> [Step] {
    switch step {
    case .locking: return afterLocking
    case .adoption: return []
    case .index, .indexOfKey:
      state.withLock { state in
        if case .indexOfKey(let entry, let key) = step, isBuilt { state.indexed.append((entry, key)) }
        state.remaining -= 1
      }
      return adoption
    }
  }

  private var afterLocking: [Step] { sideBySide.isEmpty ? adoption : sideBySide }

  /// What makes keys of their indexes, when nothing else is at work on the table.
  private var adoption: [Step] {
    let indexed = state.withLock { $0.remaining == 0 && makesConstraints ? $0.indexed : [] }
    return indexed.isEmpty ? [] : [.adoption(indexed.map(\.0), indexed.map(\.1))]
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

/// Builds keys and indexes over one connection.
struct KeyBuilder: Sendable {
  var usesTablespaces: Bool
  /// Whether what is finished is written down (``RestoreJournal``).
  var isJournaled: Bool

  /// What came of a step.
  struct Outcome: Sendable {
    var built: [ArchiveContents.Entry] = []
    /// Keys whose index is built, by their entries' numbers.
    var indexed: [Int: PartedKey] = [:]
    /// Entries that are not built, because rows violate them.
    var violated: [ArchiveContents.Entry] = []
  }

  /// - Parameter hasCoresToSpare: whether the server's own parallel workers would keep no other build waiting.
  func perform(
    _ step: TableBuilds.Step, on connection: PostgresConnection, hasCoresToSpare: Bool
  ) throws(EngineError) -> Outcome {
    var outcome = Outcome()
    switch step {
    case .index(let entry):
      try build(entry, entry.definition, on: connection, hasCoresToSpare, &outcome)
    case .locking(let entries):
      for entry in entries {
        try build(entry, entry.definition, on: connection, hasCoresToSpare, &outcome)
      }
    case .indexOfKey(let entry, let key):
      try build(entry, key.index, isWhole: false, on: connection, hasCoresToSpare, &outcome)
      // It is built when its constraint is there.
      if !outcome.built.isEmpty { outcome.indexed[entry.id] = key }
      outcome.built = []
    case .adoption(let entries, let keys):
      for (entry, key) in zip(entries, keys) {
        try build(entry, key.constraint, on: connection, hasCoresToSpare, &outcome)
      }
    }
    return outcome
  }

  /// Runs an entry's statement; several statements in one are one transaction.
  private func build(
    _ entry: ArchiveContents.Entry, _ statement: String, isWhole: Bool = true,
    on connection: PostgresConnection,
    _ hasCoresToSpare: Bool, _ outcome: inout Outcome
  ) throws(EngineError) {
    let note = isWhole && isJournaled ? "\n" + RestoreJournal.statement(.build, "\(entry.id)") : ""
    do throws(EngineError) {
      try connection.execute(
        settings(for: entry, hasCoresToSpare: hasCoresToSpare) + statement + note, of: entry)
      outcome.built.append(entry)
    } catch {
      guard error.kind == .violation else { throw error }
      outcome.violated.append(entry)
    }
  }

  private func settings(for entry: ArchiveContents.Entry, hasCoresToSpare: Bool) -> String {
    var settings: [String] = []
    if usesTablespaces {
      settings.append("SET LOCAL default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace))")
    }
    if !hasCoresToSpare { settings.append("SET LOCAL max_parallel_maintenance_workers = 0") }
    if entry.isSorted, let table = entry.subject { settings.append(Self.sortingInCache(table)) }
    return settings.map { $0 + ";\n" }.joined()
  }

  /// Lowers the memory for sorting to what the processor's cache bears, where one pass still merges all.
  ///
  /// 4 million rows, an index of two columns, PostgreSQL 15: 1.3 s with 64 MB, 1.8 s with 256 MB (Documentation/Benchmarks.md).
  private static func sortingInCache(_ table: ObjectName) -> String {
    let name = SQLDialect.postgreSQL.literal(SQLDialect.postgreSQL.name(table))
    return """
      SELECT pg_catalog.set_config('maintenance_work_mem', '64MB', true)
      WHERE pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) > 67108864
        AND pg_catalog.pg_table_size(\(name)) < 8589934592
      """
  }
}

extension ArchiveContents.Entry {
  /// Whether building it keeps everything else off the table: all constraints, and indexes whose statement
  /// goes on to alter the table (`CLUSTER ON`, `REPLICA IDENTITY`).
  var locksTable: Bool { kind == "CONSTRAINT" || definition.contains("\nALTER TABLE ") }

  /// Whether it is built by sorting its rows; the other kinds of index make use of all the memory they get.
  fileprivate var isSorted: Bool {
    kind == "CONSTRAINT" ? !definition.contains(" EXCLUDE ") : definition.contains(" USING btree ")
  }
}
