import SchemaModel
import SchemaText

/// One worker's connections, each made when its database is first worked on.
final class ScanConnections {
  private let subjects: [ViolationScan.Subject]
  private var open: [Int: PostgresConnection] = [:]
  private var readers: [Int: ConstraintReading] = [:]
  /// Of the keys of one table, where each worker may be at one.
  private static let mostHashes = SharedKeyReading.mostHashes / 4

  init(_ subjects: [ViolationScan.Subject]) { self.subjects = subjects }

  func perform(_ job: ScanJob) throws(EngineError) -> ScanJob.Result {
    var result = ScanJob.Result()
    switch job.work {
    case .reading(let table, let readings):
      if let reading = readings.byTable[table] {
        try read(reading, by: reader(of: job.subject, known: readings.order.known), of: job, into: &result)
      }
      result.next += readings.jobs(readings.order.next(after: table), of: job.subject)
    case .pass(let pass):
      for row in try rows(of: pass, in: job.subject) {
        // A schema, a name, the table's number, its rows, and then a count for each constraint.
        result.counts[ObjectName(schema: row.text(0), row.text(1))] = row.number(3)
        for (place, query) in pass.queries.enumerated()
        where row.number(RowPass.columnsBeforeCounts + place) > 0
          && !result.violated.contains(query.constraint)
        {
          result.violated.append(query.constraint)
        }
      }
    // Grouping by partition has no row for a partitioned table without any.
    case .count(let constraint, let sql, let usesIndexes):
      let count = try connection(job.subject, usingIndexes: usesIndexes).query(sql).rows.first?.number(0)
      if count != 0 { result.violated.append(constraint) }
    case .keys(let probe, let query, let table):
      let connection = try connection(job.subject, usingIndexes: false)
      // Printing keys and hashing them here takes a third of the time the server takes to group them.
      let sharedKeys = try connection.sharedKeys(
        violating: query, of: table, in: subjects[job.subject].schema, mostHashes: Self.mostHashes)
      if sharedKeys?.isEmpty == true { break }
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

  /// Reads a table for all of its constraints; what that does not tell is left unanswered.
  private func read(
    _ reading: ScanJob.Reading, by reader: ConstraintReading, of job: ScanJob,
    into result: inout ScanJob.Result
  ) throws(EngineError) {
    var outcome: ConstraintReading.Outcome?
    do throws(EngineError) {
      outcome = try reader.read(reading.table, for: reading.queries)
    } catch {
      guard error.mayLieInRules else { throw error }
    }
    result.counts[reading.table.name] = outcome?.rowCount
    var unanswered: Set<ConstraintReference> = []
    for constraint in reading.queries.map(\.constraint) {
      guard let count = outcome?.violatingRowCounts[constraint] else {
        unanswered.insert(constraint)
        continue
      }
      if count > 0 { result.violated.append(constraint) }
    }
    if outcome?.rowCount == nil
      || reading.pass.queries.contains(where: { unanswered.contains($0.constraint) })
    {
      result.next.append(ScanJob(subject: job.subject, work: .pass(reading.pass), weight: 0))
    }
    result.next += reading.others.filter { unanswered.contains($0.constraint) }.map(\.job)
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

  private func reader(of subject: Int, known: KnownKeys) throws(EngineError) -> ConstraintReading {
    let connection = try connection(subject, usingIndexes: false)
    if let reader = readers[subject] { return reader }
    let reader = try ConstraintReading(connection, schema: subjects[subject].schema, known: known)
    readers[subject] = reader
    return reader
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
    try connection.mayUseIndexes(usingIndexes)
    return connection
  }
}
