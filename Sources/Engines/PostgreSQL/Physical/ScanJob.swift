import SchemaModel
import SchemaText

/// A piece of the work of a ``ViolationScan``, for one connection.
struct ScanJob: Sendable {
  enum Work: Sendable {
    /// A table that is read once, when those its rows refer to have been.
    case reading(ObjectName, among: Readings)
    case pass(RowPass)
    /// Any number but 0 means that the constraint is broken.
    case count(ConstraintReference, sql: String, usesIndexes: Bool)
    /// Keys that are to be unique.
    case keys(DuplicateProbe, ViolationQuery, of: Table)
    /// A check of pages that fails, or returns a line for each fault.
    case pages(String, sql: String)
  }

  /// A table that is read for all of its constraints, and how each is asked for by itself.
  struct Reading: Sendable {
    var table: Table
    var queries: [ViolationQuery]
    /// Counts rows, and what concerns a row alone.
    var pass: RowPass
    var others: [(constraint: ConstraintReference, job: ScanJob)]
    /// About how long it takes; in pages.
    var weight: Int
  }

  /// All tables of a database that are read so.
  struct Readings: Sendable {
    let byTable: [ObjectName: Reading]
    let order: ReadingOrder

    func jobs(_ tables: [ObjectName], of subject: Int) -> [ScanJob] {
      tables.map {
        ScanJob(subject: subject, work: .reading($0, among: self), weight: byTable[$0]?.weight ?? 0)
      }
    }
  }

  /// What a job found, and what can be done next or is left to be asked.
  struct Result: Sendable {
    var counts: [ObjectName: Int] = [:]
    var violated: [ConstraintReference] = []
    var damage: [String] = []
    var next: [ScanJob] = []
  }

  /// The number of the database it is about.
  var subject: Int
  var work: Work
  /// About how long it takes; in pages.
  var weight: Int

  /// What is to be done for a database at first.
  ///
  /// - Parameters:
  ///   - sizes: of each table, in pages.
  ///   - mostBytes: that hashes of keys may take.
  static func first(
    of subject: ViolationScan.Subject, number: Int, sizes: [ObjectName: Int], mostBytes: Int
  ) -> [ScanJob] {
    let schema = subject.schema
    var parts: [ObjectName: Int] = [:]
    for table in schema.tables {
      let size = sizes[table.name] ?? 0
      parts[table.name, default: 0] += size
      if let parent = table.partition?.parent { parts[parent, default: 0] += size }
    }
    let heirs = Set(schema.tables.flatMap(\.parents))
    var readings: [Reading] = []
    var jobs: [ScanJob] = []
    for table in schema.inOrder(subject.order) {
      let all = ViolationQuery.all(of: table, in: schema)
      let pass = RowPass(of: table, asking: all, in: schema)
      let others = Self.jobs(ofRowsTogether: table, asking: all, in: schema, number: number, sizes: parts)
      // Rows of partitions and heirs are counted table by table, and stand in each other's queries.
      if let pass, table.standsAlone, !heirs.contains(table.name) {
        let asked = Set(others.map(\.constraint))
        let queries = pass.queries + all.filter { asked.contains($0.constraint) }
        readings.append(
          Reading(
            table: table, queries: queries, pass: pass, others: others, weight: (parts[table.name] ?? 0) * 4))
      } else {
        jobs += others.map(\.job)
        if let pass {
          jobs.append(ScanJob(subject: number, work: .pass(pass), weight: parts[table.name] ?? 0))
        }
      }
    }
    let order = ReadingOrder(readings.map(\.table), sizes: parts, of: schema, mostBytes: mostBytes)
    let byTable = Dictionary(readings.map { ($0.table.name, $0) }, uniquingKeysWith: { first, _ in first })
    return jobs + Readings(byTable: byTable, order: order).jobs(order.first, of: number)
  }

  /// What asks for each constraint that concerns a row and others.
  private static func jobs(
    ofRowsTogether table: Table, asking queries: [ViolationQuery], in schema: Schema, number: Int,
    sizes: [ObjectName: Int]
  ) -> [(constraint: ConstraintReference, job: ScanJob)] {
    let size = sizes[table.name] ?? 0
    var jobs = DuplicateProbe.all(of: table).compactMap { probe in
      queries.first { $0.constraint == probe.constraint }.map { query in
        (probe.constraint, ScanJob(subject: number, work: .keys(probe, query, of: table), weight: size * 3))
      }
    }
    func count(_ query: ViolationQuery, usingIndexes: Bool, weight: Int) {
      let work = Work.count(query.constraint, sql: query.countSQL, usesIndexes: usingIndexes)
      jobs.append((query.constraint, ScanJob(subject: number, work: work, weight: weight)))
    }
    for key in table.keys where key.isTemporal {
      count(.key(key, of: table, engine: .postgreSQL), usingIndexes: true, weight: size * 4)
    }
    for exclusion in table.exclusions {
      count(.exclusion(exclusion, of: table), usingIndexes: true, weight: size * 4)
    }
    for key in table.foreignKeys where key.isVouchedFor {
      count(
        .foreignKey(key, of: table, in: schema), usingIndexes: key.isTemporal,
        weight: size * 2 + (sizes[key.referencedTable] ?? 0) * 2)
    }
    return jobs
  }
}

extension Table {
  /// Whether its rows are its own alone, as far as it says so itself.
  fileprivate var standsAlone: Bool {
    partition == nil && partitionKey == nil && parents.isEmpty && foreignServer == nil
  }
}

extension Schema {
  fileprivate func inOrder(_ order: [ObjectName]) -> [Table] {
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    return tables.sorted { (places[$0.name] ?? .max, $0.name) < (places[$1.name] ?? .max, $1.name) }
  }
}
