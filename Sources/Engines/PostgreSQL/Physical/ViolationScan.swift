import SchemaModel
import SchemaText
import Synchronization

/// Looks at every row of every database of a server, several tables at a time: how many there are, and which constraints are broken.
///
/// What the catalog says of a constraint (`convalidated`), and what an index says of its table, counts for nothing: rows are asked,
/// by reading tables and not indexes. A table is read once for all that its rows can tell (``ConstraintReading``); what they
/// cannot is asked for by itself.
package struct ViolationScan {
  /// How thoroughly indexes and pages are looked at with the extension amcheck.
  package enum Pages: String, CaseIterable, Hashable, Sendable {
    case none
    /// The order inside of every B-tree index (`bt_index_check`).
    case indexes
    /// That every row is in its indexes too, and every page of every table (`verify_heapam`).
    case full
  }

  /// What was found in one database.
  package struct Findings: Sendable {
    /// Rows of each table that stores rows.
    package var rowCounts: [ObjectName: Int] = [:]
    /// Constraints with rows that break them.
    package var violated: [ConstraintReference] = []
    /// Indexes and tables whose pages are not as they must be, each in one line.
    package var damage: [String] = []
    /// Indexes that were looked at with amcheck; `nil` when that is not installed.
    package var checkedIndexCount: Int? = 0
  }

  /// A database and its structure.
  package struct Subject: Sendable {
    package var place: PostgresConnectionString
    package var schema: Schema
    /// Its tables in an order in which those that others refer to come first.
    package var order: [ObjectName]

    package init(place: PostgresConnectionString, schema: Schema, order: [ObjectName]) {
      self.place = place
      self.schema = schema
      self.order = order
    }
  }

  private let subjects: [Subject]
  private let workers: Int
  private let pages: Pages

  package init(_ subjects: [Subject], pages: Pages, workers: Int) {
    self.subjects = subjects
    self.pages = pages
    self.workers = workers
  }

  /// Does it; what was found in each database, in their order.
  package func run() throws(EngineError) -> [Findings] {
    var jobs: [ScanJob] = []
    var found = subjects.map { _ in Findings() }
    for (place, subject) in subjects.enumerated() {
      let connection = try PostgresConnection(subject.place, for: .staging)
      jobs += ScanJob.first(
        of: subject, number: place, sizes: try connection.tablePageCounts(),
        mostBytes: KnownKeys.mostBytes / min(workers, subjects.count))
      if pages != .none {
        let checks = try Self.pageChecks(on: connection, pages: pages)
        jobs += (checks ?? []).map { ScanJob(subject: place, work: $0.work, weight: $0.weight) }
        found[place].checkedIndexCount = checks.map { $0.filter(\.isIndex).count }
      }
    }
    // The longest first, so that no worker is left with it at the end.
    jobs.sort { $0.weight > $1.weight }
    let findings = Mutex(found)
    let (work, subjects) = (jobs, subjects)
    try translatingFailures(of: "rows were counted and looked at") {
      try ParallelWork.growing(
        work, workers: workers, context: { ScanConnections(subjects) },
        perform: { connections, job, _ in
          let result = try connections.perform(job)
          findings.withLock { $0[job.subject].add(result) }
          return result.next
        })
    }
    return findings.withLock { found in
      for place in found.indices { found[place].damage.sort() }
      return found
    }
  }

  /// The checks of amcheck; `nil` when it is not installed here.
  private static func pageChecks(
    on connection: PostgresConnection, pages: Pages
  ) throws(EngineError) -> [(work: ScanJob.Work, weight: Int, isIndex: Bool)]? {
    do throws(EngineError) {
      try connection.execute(
        "CREATE SCHEMA plumb_check; CREATE EXTENSION amcheck SCHEMA plumb_check")
    } catch {
      guard error.isAboutOneObject else { throw error }
      // It may be there already, in a schema of the user's; without it, nothing is installed that could be.
      guard
        let found = try connection.query(
          "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'amcheck'"
        ).rows.first
      else {
        return nil
      }
      return try pageChecks(on: connection, pages: pages, schema: found.text(0))
    }
    return try pageChecks(on: connection, pages: pages, schema: "plumb_check")
  }

  private static func pageChecks(
    on connection: PostgresConnection, pages: Pages, schema: String
  ) throws(EngineError) -> [(work: ScanJob.Work, weight: Int, isIndex: Bool)] {
    let isFull = pages == .full
    let indexes = try connection.query(
      """
      SELECT c.oid, n.nspname || '.' || c.relname, c.relpages FROM pg_class c
      JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am a ON a.oid = c.relam
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'i' AND a.amname = 'btree' AND i.indisvalid AND c.relpersistence = 'p'
        AND n.nspname NOT LIKE 'pg\\_toast%'
      """
    ).rows.map { row in
      (
        work: ScanJob.Work.pages(
          "index \(row.text(1))",
          sql: "SELECT \(schema).bt_index_check(\(row.number(0))::regclass, \(isFull))"),
        weight: row.number(2) * (isFull ? 6 : 2), isIndex: true
      )
    }
    guard isFull else { return indexes }
    let tables = try connection.query(
      """
      SELECT c.oid, n.nspname || '.' || c.relname, c.relpages FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence = 'p'
        AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'heap')
      """
    ).rows.map { row in
      (
        work: ScanJob.Work.pages(
          "table \(row.text(1))",
          sql: """
            SELECT 'block ' || blkno || COALESCE(', line ' || offnum, '') || ': ' || msg
            FROM \(schema).verify_heapam(\(row.number(0))::regclass) LIMIT 5
            """), weight: row.number(2) * 3, isIndex: false
      )
    }
    return indexes + tables
  }
}

extension ViolationScan.Findings {
  fileprivate mutating func add(_ result: ScanJob.Result) {
    rowCounts.merge(result.counts) { _, new in new }
    violated += result.violated.filter { !violated.contains($0) }
    damage += result.damage
  }
}
