import SchemaModel
import SchemaText

/// Looks at every row of every database of a server, several tables at a time: how many there are, and which constraints are broken.
///
/// What the catalog says of a constraint (`convalidated`), and what an index says of its table, counts for nothing: rows are asked,
/// by reading tables and not indexes.
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

    package init(place: PostgresConnectionString, schema: Schema) {
      self.place = place
      self.schema = schema
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
    var findings = subjects.map { _ in Findings() }
    var jobs: [Job] = []
    for (place, subject) in subjects.enumerated() {
      let connection = try PostgresConnection(subject.place, for: .staging)
      let sizes = try connection.tablePageCounts()
      jobs += Self.jobs(of: subject.schema, sizes: sizes).map {
        Job(subject: place, work: $0.work, weight: $0.weight)
      }
      if pages != .none {
        let checks = try Self.pageChecks(on: connection, pages: pages)
        jobs += (checks ?? []).map { Job(subject: place, work: $0.work, weight: $0.weight) }
        findings[place].checkedIndexCount = checks.map { $0.filter(\.isIndex).count }
      }
    }
    // The longest first, so that no worker is left with it at the end.
    jobs.sort { $0.weight > $1.weight }
    let (work, subjects) = (jobs, subjects)
    let results = try translatingFailures(of: "rows were counted and looked at") {
      try ParallelWork.run(
        work, workers: workers, context: { Connections(subjects) },
        perform: { connections, job in try connections.perform(job) })
    }
    for (job, result) in zip(jobs, results) {
      for (table, count) in result.counts { findings[job.subject].rowCounts[table] = count }
      findings[job.subject].violated += result.violated
      findings[job.subject].damage += result.damage
    }
    for place in findings.indices { findings[place].damage.sort() }
    return findings
  }

  fileprivate enum Work: Hashable, Sendable {
    case pass(RowPass)
    /// Any number but 0 means that the constraint is broken.
    case count(ConstraintReference, sql: String, usesIndexes: Bool)
    /// Keys that are to be unique.
    case keys(DuplicateProbe)
    /// A check of pages that fails, or returns a line for each fault.
    case pages(String, sql: String)
  }

  fileprivate struct Job: Sendable {
    var subject: Int
    var work: Work
    var weight: Int
  }

  fileprivate struct Result: Sendable {
    var counts: [ObjectName: Int] = [:]
    var violated: [ConstraintReference] = []
    var damage: [String] = []
  }

  private static func jobs(
    of schema: Schema, sizes: [ObjectName: Int]
  ) -> [(work: Work, weight: Int)] {
    var parts: [ObjectName: Int] = [:]
    for table in schema.tables {
      let size = sizes[table.name] ?? 0
      parts[table.name, default: 0] += size
      if let parent = table.partition?.parent { parts[parent, default: 0] += size }
    }
    var jobs = RowPass.all(of: schema).map { (work: Work.pass($0), weight: parts[$0.table] ?? 0) }
    for table in schema.tables {
      let size = parts[table.name] ?? 0
      jobs += DuplicateProbe.all(of: table).map { probe in
        (.keys(probe), size * 3)
      }
      for key in table.keys where key.isTemporal {
        let query = ViolationQuery.key(key, of: table, engine: .postgreSQL)
        jobs.append((.count(query.constraint, sql: query.countSQL, usesIndexes: true), size * 4))
      }
      for exclusion in table.exclusions {
        let query = ViolationQuery.exclusion(exclusion, of: table)
        jobs.append((.count(query.constraint, sql: query.countSQL, usesIndexes: true), size * 4))
      }
      for key in table.foreignKeys where key.isVouchedFor {
        let query = ViolationQuery.foreignKey(key, of: table, in: schema)
        jobs.append(
          (
            .count(query.constraint, sql: query.countSQL, usesIndexes: key.isTemporal),
            size * 2 + (parts[key.referencedTable] ?? 0) * 2
          ))
      }
    }
    return jobs
  }

  /// The checks of amcheck; `nil` when it is not installed here.
  private static func pageChecks(
    on connection: PostgresConnection, pages: Pages
  ) throws(EngineError) -> [(work: Work, weight: Int, isIndex: Bool)]? {
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
  ) throws(EngineError) -> [(work: Work, weight: Int, isIndex: Bool)] {
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
        work: Work.pages(
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
        work: Work.pages(
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

/// One worker's connections, each made when its database is first worked on.
private final class Connections {
  private let subjects: [ViolationScan.Subject]
  private var open: [Int: PostgresConnection] = [:]
  private var usesIndexes: [Int: Bool] = [:]
  /// More would take more than 64 MiB for each worker; the server can use its disk.
  private static let mostKeys = 4 << 20

  init(_ subjects: [ViolationScan.Subject]) { self.subjects = subjects }

  func perform(_ job: ViolationScan.Job) throws(EngineError) -> ViolationScan.Result {
    var result = ViolationScan.Result()
    switch job.work {
    case .pass(let pass):
      for row in try rows(of: pass, in: job.subject) {
        // A schema, a name, the table's number, its rows, and then a count for each constraint.
        result.counts[ObjectName(schema: row.text(0), row.text(1))] = row.number(3)
        for (place, constraint) in pass.constraints.enumerated() where row.number(4 + place) > 0 {
          if !result.violated.contains(constraint) { result.violated.append(constraint) }
        }
      }
    // Grouping by partition has no row for a partitioned table without any.
    case .count(let constraint, let sql, let usesIndexes):
      let count = try connection(job.subject, usingIndexes: usesIndexes).query(sql).rows.first?.number(0)
      if count != 0 { result.violated.append(constraint) }
    case .keys(let probe):
      let connection = try connection(job.subject, usingIndexes: false)
      // Printing keys and hashing them here takes a third of the time the server takes to group them.
      if let sql = probe.keysSQL, try connection.hasDistinctRows(sql, keeping: Self.mostKeys) == true {
        break
      }
      if try connection.query(probe.countSQL).rows.first?.number(0) != 0 {
        result.violated.append(probe.constraint)
      }
    case .pages(let name, let sql):
      do throws(EngineError) {
        let lines = try connection(job.subject, usingIndexes: true).query(sql).rows.compactMap {
          $0.optional(0)
        }
        result.damage += lines.filter { !$0.isEmpty }.map { "\(name): \($0)" }
      } catch {
        // XX001 and XX002 are data and index that are corrupted.
        guard error.kind != .interrupted, error.kind != .connectionLost else { throw error }
        result.damage.append("\(name): \(error.message)")
      }
    }
    return result
  }

  /// Asks it as it is or, when a function that a rule calls does not find its names, under the search path of the source.
  private func rows(of pass: RowPass, in subject: Int) throws(EngineError) -> PostgresResult.Rows {
    let connection = try connection(subject, usingIndexes: false)
    do throws(EngineError) {
      return try connection.query(pass.sql).rows
    } catch {
      guard error.mayLieInRules else { throw error }
      try connection.execute(SourceSearchPath.set(of: subjects[subject].schema))
      defer { try? connection.execute(SourceSearchPath.reset) }
      return try connection.query(pass.sql).rows
    }
  }

  /// Indexes may be what is damaged, so rows are found by reading tables wherever that does not take forever.
  private func connection(_ subject: Int, usingIndexes: Bool) throws(EngineError) -> PostgresConnection {
    let connection: PostgresConnection
    if let known = open[subject] {
      connection = known
    } else {
      connection = try PostgresConnection(subjects[subject].place, for: .staging)
      try connection.execute("SET work_mem = '256MB'; SET hash_mem_multiplier = 2")
      open[subject] = connection
    }
    if usesIndexes[subject] != usingIndexes {
      let state = usingIndexes ? "on" : "off"
      try connection.execute(
        "SET enable_indexscan = \(state); SET enable_indexonlyscan = \(state); SET enable_bitmapscan = \(state)"
      )
      usesIndexes[subject] = usingIndexes
    }
    return connection
  }
}

extension PostgresConnection {
  /// Whether all rows of a query are printed differently; `nil` when there are too many to tell.
  ///
  /// - Parameter limit: how many hashes are kept at once; of more, each reading looks at a share.
  fileprivate func hasDistinctRows(_ sql: String, keeping limit: Int) throws(EngineError) -> Bool? {
    guard let shares = HashShare.all(ofRows: try estimatedRowCount(of: sql), keeping: limit) else {
      return nil
    }
    var answer: Bool? = true
    for share in shares where answer == true {
      var seen = DistinctHashes(limit: limit)
      try copyOut("COPY (\(sql)) TO STDOUT") { line in
        let hash = DistinctHashes.hash(line)
        guard answer == true, share.contains(hash) else { return }
        switch seen.add(hash) {
        case .new: break
        case .known: answer = false
        case .refused: answer = nil
        }
      }
    }
    return answer
  }
}
