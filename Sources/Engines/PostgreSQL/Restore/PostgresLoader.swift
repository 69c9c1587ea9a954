import SchemaModel
import SchemaText
import Synchronization

/// Loads the rows of an archive with `COPY`, and builds each table's keys and indexes as soon as its rows are there.
///
/// Largest first. A table that alone would keep one connection busy while the others have nothing left to do is loaded
/// by all of them at once (``SharedTable``).
struct PostgresLoader: Sendable {
  /// A table, and the entry of the archive that holds its rows.
  struct Table: Sendable {
    var table: SchemaModel.Table
    var entry: ArchiveContents.Entry
    /// Of the rows as they are stored.
    var byteCount: Int
    /// Keys and indexes that are built once its rows are there.
    var builds: [ArchiveContents.Entry] = []
    /// How its columns are sent in binary form; `nil` when its rows are sent as the text they are.
    var binary: [BinaryField]?
    var rules = Rules.on

    /// The table once its rules are off because of a row.
    var relaxed: Table {
      var table = self
      table.rules = .violated
      return table
    }

    /// The table when the server itself has to read the text of its rows.
    var asText: Table {
      var table = self
      table.binary = nil
      return table
    }

    /// Whether the rows are given to the partitioned table, which finds each its partition.
    ///
    /// pg_dump asks for that where a row may belong to another partition in the new database: below a
    /// partition by the hash of an enum, whose values are numbered anew.
    var goesThroughRoot: Bool {
      !entry.copyStatement.hasPrefix("COPY \(SQLDialect.postgreSQL.name(table.name)) ")
    }
  }

  /// Where the rules of a table that could refuse a row stand.
  enum Rules: Sendable {
    /// The first row that is refused ends the loading of its table: then it is loaded anew without them.
    case on
    /// Off from the beginning, to be put back in one look at all rows: so no table is loaded twice that is large.
    case awaited
    /// Off until the rows of all tables are there, because a check may ask for those of others.
    case late
    /// Off because a row was refused: another is an error.
    case violated
  }

  /// A piece of work for one connection.
  enum Job: Sendable {
    case load(Table)
    /// A share of a table that several connections load.
    case share(SharedTable)
    /// Puts back the rules of a table that is loaded.
    case putBack(Table)
    /// Looks for all that rows of a table violate, before anything is built on it.
    case examine(Table)
    /// - Parameter before: what is settled when nothing is built on the table any more.
    case build(TableBuilds.Step, of: TableBuilds, before: Unsettled?)
    case settle(Unsettled)
    /// Looks for the keys that rows share which what was to be built forbids.
    case search(ArchiveContents.Entry)
  }

  /// A table, and all that its rows violate.
  struct Unsettled: Sendable {
    var table: Table
    var dirty: DirtyTable
  }

  /// What came of it all.
  struct Outcome: Sendable {
    /// The rows of each table as they stand in the archive.
    var loaded: [LoadedRows] = []
    /// Tables with a row that a rule refused which others share, so that it could not be taken off at once: nothing
    /// of them was loaded.
    var refused: [Table] = []
    /// Numbers of the entries that are built.
    var built: Set<Int> = []
    /// Keys of which the index is built and no constraint, by their entries' numbers.
    var indexed: [Int: PartedKey] = [:]
    /// Entries that are not, because rows violate them: others were not tried.
    var violated: [ArchiveContents.Entry] = []
    /// Of some of these, all keys that rows share, by the values of their columns as text.
    var sharedKeys: [ConstraintReference: [[String]]] = [:]
    /// Of some rules that are off, the places of all rows that break them.
    var brokenRows: [ConstraintReference: [String]] = [:]
    /// Tables whose rows are frozen, all of them, as one connection loaded them.
    var frozen: Set<ObjectName> = []
    var isSearching = false

    /// False when somebody searches already.
    mutating func beginSearch() -> Bool {
      defer { isSearching = true }
      return !isSearching
    }

    mutating func add(_ other: Outcome) {
      loaded += other.loaded
      built.formUnion(other.built)
      indexed.merge(other.indexed) { first, _ in first }
      violated += other.violated
      sharedKeys.merge(other.sharedKeys) { first, _ in first }
      brokenRows.merge(other.brokenRows) { first, _ in first }
      frozen.formUnion(other.frozen)
    }
  }

  var place: PostgresConnectionString
  var archive: PostgresArchive
  var schema: Schema
  var isStaging: Bool
  var leastSharedByteCount: Int
  var leastPartedByteCount: Int
  /// What is taken off a table with a row that is refused.
  var rules: RelaxedRules
  /// Whether what is finished is written down (``RestoreJournal``).
  var isJournaled = false
  /// What settles rows that violate something, unless that must wait until all rows are loaded.
  var settler: (any RowSettler)?
  /// Told of the rows of each block that was handed to the server, and less than 0 of rows that are loaded anew.
  var progress: @Sendable (_ rowCount: Int) -> Void

  /// Loads the tables, and builds what is built on them.
  func load(_ tables: [Table], workers: Int) throws(EngineError) -> Outcome {
    let outcome = Mutex(Outcome())
    try translatingFailures(of: "rows were loaded") {
      try ParallelWork.growing(
        jobs(for: tables, workers: workers), workers: workers,
        context: { try connection() },
        perform: { connection, job, idleCount in
          try perform(job, on: connection, hasCoresToSpare: idleCount > 0, outcome)
        })
    }
    return outcome.withLock { $0 }
  }

  func connection() throws(EngineError) -> PostgresConnection {
    try PostgresConnection(place, for: isStaging ? .staging : .restoring)
  }

  private func jobs(for tables: [Table], workers: Int) -> [Job] {
    let order = LoadOrder(
      tables.map {
        ($0, $0.table.name, $0.byteCount, $0.builds.count, !$0.goesThroughRoot)
      }, workers: workers, sharedFrom: leastSharedByteCount)
    return order.places.flatMap { place -> [Job] in
      guard place.isShared else { return [.load(place.item)] }
      return shares(of: place.item, takers: workers)
    }
  }

  private func shares(of table: Table, takers: Int) -> [Job] {
    let shared = SharedTable(table, takers: takers, of: archive)
    return (0..<takers).map { _ in .share(shared) }
  }

  /// Takes the rules off a table with a row that was refused; `nil` when that must wait until nothing else is loaded.
  private func relax(
    _ table: Table, on connection: PostgresConnection, _ outcome: borrowing Mutex<Outcome>
  ) throws(EngineError) -> Table? {
    guard rules.areOwn(of: table.table) else {
      outcome.withLock { $0.refused.append(table) }
      return nil
    }
    try rules.relax([table.table], on: connection)
    return table.relaxed
  }

  private func perform(
    _ job: Job, on connection: PostgresConnection, hasCoresToSpare: Bool, _ outcome: borrowing Mutex<Outcome>
  ) throws(EngineError) -> [Job] {
    switch job {
    case .load(let table):
      do throws(EngineError) {
        let rows = try loadAlone(table, on: connection)
        outcome.withLock {
          $0.loaded.append(rows)
          if !table.goesThroughRoot { $0.frozen.insert(table.table.name) }
        }
        return next(after: table)
      } catch {
        if error.saysRowsAreText { return [.load(table.asText)] }
        guard error.mayLieInRules, table.rules == .on else { throw error }
        return try relax(table, on: connection, outcome).map { [.load($0)] } ?? []
      }
    case .share(let shared):
      switch try loadShare(of: shared, on: connection) {
      case .othersAreAtWork: return []
      case .loaded(let rows):
        if isJournaled { try connection.execute(journaled(rows, of: shared.table)) }
        outcome.withLock { $0.loaded.append(rows) }
        try freeze(shared.table, on: connection)
        return next(after: shared.table)
      case .needsText: return shares(of: shared.table.asText, takers: shared.takers)
      case .violated:
        guard let table = try relax(shared.table, on: connection, outcome) else { return [] }
        return shares(of: table, takers: shared.takers)
      }
    case .putBack(let table):
      // Where rows break a rule, others may well share a key.
      return try rules.putBack(table.table, on: connection) ? builds(of: table) : [.examine(table)]
    case .examine(let table):
      let dirty = try examine(table, on: connection, outcome)
      let refused =
        dirty.map { dirty in table.builds.filter { $0.builds(any: dirty.refused, of: schema) } } ?? []
      outcome.withLock {
        $0.violated += refused
        $0.sharedKeys.merge(dirty?.sharedKeys ?? [:]) { first, _ in first }
        $0.brokenRows.merge(dirty?.brokenRows ?? [:]) { first, _ in first }
      }
      return indexes(
        of: table, besides: refused, before: dirty.map { Unsettled(table: table, dirty: $0) })
    case .settle(let unsettled):
      return try settle(unsettled, on: connection, outcome)
    case .build(let step, let builds, let unsettled):
      let done = try builder.perform(step, of: builds, on: connection, hasCoresToSpare: hasCoresToSpare)
      outcome.withLock {
        $0.built.formUnion(done.built.map(\.id))
        $0.indexed.merge(done.indexed) { first, _ in first }
        $0.violated += done.violated
      }
      let next = builds.next(after: step, isBuilt: done.violated.isEmpty)
      return done.violated.map { .search($0) }
        + next.steps.map { .build($0, of: builds, before: unsettled) }
        + (next.isOver ? unsettled.map { [.settle($0)] } ?? [] : [])
    case .search(let entry):
      try searchAlone(outcome) { () throws(EngineError) in
        let keys = try sharedKeys(violating: entry, on: connection)
        outcome.withLock { $0.sharedKeys.merge(keys) { first, _ in first } }
      }
      return []
    }
  }

  /// What follows when a table is loaded.
  ///
  /// What is built on it waits for the one look at its rows that may put its rules back.
  private func next(after table: Table) -> [Job] {
    switch table.rules {
    case .on: builds(of: table)
    case .awaited: [.putBack(table)]
    case .late: indexes(of: table, before: nil)
    case .violated: []
    }
  }

  func builds(of table: Table, indexed: [Int: PartedKey] = [:]) -> [Job] {
    let builds = TableBuilds(table.builds, isLarge: isLarge(table), indexed: indexed)
    return builds.first.map { .build($0, of: builds, before: nil) }
  }

  /// What rows that break a rule let be built: a key may ask for a column's NOT NULL, which is still off.
  private func indexes(
    of table: Table, besides refused: [ArchiveContents.Entry] = [], before unsettled: Unsettled?
  ) -> [Job] {
    let possible = table.builds.filter { !refused.contains($0) }
    let builds = TableBuilds(possible, isLarge: isLarge(table), makesConstraints: false)
    guard builds.first.isEmpty, let unsettled else {
      return builds.first.map { .build($0, of: builds, before: unsettled) }
    }
    return [.settle(unsettled)]
  }

  private func isLarge(_ table: Table) -> Bool { table.byteCount >= leastPartedByteCount }

  private var builder: KeyBuilder { KeyBuilder(usesTablespaces: !isStaging, isJournaled: isJournaled) }
}

/// A table's rows as they were read from the archive.
struct LoadedRows: Sendable {
  var digest: TableDigest
  /// Moments among them, as they are printed: they tell in which time zone.
  var moments: PrintedMoments
}
