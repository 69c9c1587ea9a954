import Engines
import SchemaModel
import SchemaText

/// Puts rows that now satisfy every constraint back from the quarantine into their tables.
///
/// One transaction: whatever goes wrong, every row is where it was. No other row is touched. Triggers of the user
/// do not fire: the rows were in the backup, and a restore does not fire them either.
package struct QuarantineReturn {
  let place: LiveLocation
  /// Only rows of this table.
  let table: String?
  /// Only rows that this constraint brought out, as the list calls it.
  let constraint: String?
  /// Whether rows that were deleted on purpose come back too.
  let includesDeleted: Bool
  /// Whether everything is taken back at the end.
  let isDryRun: Bool

  package init(
    _ place: LiveLocation, table: String? = nil, constraint: String? = nil, includesDeleted: Bool = false,
    isDryRun: Bool = false
  ) {
    self.place = place
    self.table = table
    self.constraint = constraint
    self.includesDeleted = includesDeleted
    self.isDryRun = isDryRun
  }

  /// Returns what can be returned.
  ///
  /// - Parameter step: told before each step; what it throws ends the return with nothing changed.
  package func run(step: (String) throws -> Void = { _ in }) throws -> ReturnReport {
    switch place {
    case .postgres(let string):
      let connection = try PostgresConnection(string, for: .restoring)
      return try run(on: connection, step: step) { try connection.silenceTriggers(of: $0) }
    case .sqlite(let path):
      let connection = try SQLiteConnection(opening: path, .readWrite)
      connection.ignoreTriggers()
      // Deferred to the end of the transaction: rows that need each other go back together.
      try connection.execute("PRAGMA foreign_keys = ON")
      return try run(on: connection, step: step) { _ in
        try connection.execute("PRAGMA defer_foreign_keys = ON")
        return []
      }
    }
  }

  private func run(
    on session: any DatabaseSession, step: (String) throws -> Void,
    silencingTriggers silence: ([ObjectName]) throws -> [String]
  ) throws -> ReturnReport {
    var report = ReturnReport(database: place.displayName, isDryRun: isDryRun)
    let record = try QuarantineRecord(of: session)
    let entries = try record.entries(of: table)
    let schema = try session.schema(printable: false)
    // Conditions of checks mean what they mean to the application.
    if session.engine == .postgreSQL { try session.execute(SourceSearchPath.set(of: schema)) }
    let sql = ReturnSQL(schema)
    try session.execute(session.engine == .postgreSQL ? "BEGIN" : "BEGIN IMMEDIATE")
    do {
      try run(sql.begin, on: session)
      try step("candidates")
      let candidates = try take(entries, by: sql, on: session, into: &report)
      try step("judgement")
      try reject(candidates, by: sql, on: session)
      try countReturned(candidates, by: sql, on: session, into: &report)
      try step("triggers")
      let family = Self.family(of: candidates.map(\.table.name), in: schema)
      let restoration = try silence(family)
      try step("rows")
      try putBack(candidates, by: sql, on: session)
      try step("triggers again")
      for statement in restoration { try session.execute(statement) }
      try countLeft(candidates, by: sql, on: session, into: &report)
      try step("commit")
      try session.execute(isDryRun ? "ROLLBACK" : "COMMIT")
    } catch {
      try? session.execute("ROLLBACK")
      throw Self.explained(error)
    }
    return report
  }

  private func take(
    _ entries: [QuarantineRecord.Entry], by sql: ReturnSQL, on session: any DatabaseSession,
    into report: inout ReturnReport
  ) throws -> [ReturnSQL.Candidates] {
    let policies: [ViolationPolicy] = includesDeleted ? [.quarantine, .delete] : [.quarantine]
    var all: [ReturnSQL.Candidates] = []
    for entry in entries {
      guard let table = sql.schema.table(named: entry.table) else {
        try leave(entry, because: "the table is gone", on: session, into: &report)
        continue
      }
      let own = Set(table.columns.map(\.name))
      let lost = entry.columns.filter { !own.contains($0) }
      guard lost.isEmpty else {
        let words = lost.joined(separator: ", ")
        try leave(entry, because: "the table has no column \(words) any more", on: session, into: &report)
        continue
      }
      let columns = table.columns.map(\.name).filter(entry.columns.contains)
      var replacing: ReturnSQL.Candidates?
      if try !session.rows(sql.findPhantoms(in: entry.quarantine)).isEmpty {
        replacing = ReturnSQL.Candidates(
          replacingIn: table, number: all.count, quarantine: entry.quarantine, columns: columns)
      }
      if let replacing {
        try run(sql.take(replacing, policies: policies, constraint: constraint), on: session)
        all.append(replacing)
      }
      let rows = ReturnSQL.Candidates(
        all.count, table, quarantine: entry.quarantine, columns: columns, nulled: nil)
      try run(
        sql.take(rows, policies: policies, constraint: constraint, without: replacing), on: session)
      all.append(rows)
      for fields in try session.rows(sql.nulledColumns(in: entry.quarantine)) {
        guard let nulled = fields.first.flatMap({ $0 }).map(ColumnList.names(in:)),
          table.primaryKey != nil
        else {
          report.left.append(
            ReturnReport.Left(
              table: entry.table, constraint: "null",
              reason: "without a primary key nobody knows which row had these values", rowCount: 0))
          continue
        }
        let changed = ReturnSQL.Candidates(
          all.count, table, quarantine: entry.quarantine, columns: columns, nulled: nulled)
        try run(sql.take(changed, policies: [.null], constraint: constraint), on: session)
        all.append(changed)
      }
    }
    return all
  }

  /// Rejects what violates anything, until what is left violates nothing together.
  private func reject(
    _ candidates: [ReturnSQL.Candidates], by sql: ReturnSQL, on session: any DatabaseSession
  ) throws {
    func isRejected(_ objections: [ReturnSQL.Objection], _ candidates: ReturnSQL.Candidates) throws -> Bool {
      var isAny = false
      for objection in objections {
        try Interruption.check()
        let statements = sql.reject(candidates, objection)
        guard try session.changedRowCount(statements[0]) > 0 else { continue }
        try session.execute(statements[1])
        isAny = true
      }
      return isAny
    }
    let alive = try candidates.filter { try !session.rows(sql.count($0)).isEmpty }
    for candidates in alive { _ = try isRejected(sql.ownObjections(to: candidates), candidates) }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      // Orphans first: of two rows with one key, the one that may stay for all else should.
      for candidates in alive
      where try isRejected(sql.orphanObjections(to: candidates, among: alive), candidates) {
        hasChanged = true
      }
      guard !hasChanged else { continue }
      for candidates in alive where try isRejected(sql.twinObjections(to: candidates), candidates) {
        hasChanged = true
      }
    }
  }

  private func putBack(
    _ candidates: [ReturnSQL.Candidates], by sql: ReturnSQL, on session: any DatabaseSession
  ) throws {
    let statements = sql.putBack(candidates)
    for statement in statements where !statement.hasPrefix("WITH ") { try session.execute(statement) }
    for statement in statements where statement.hasPrefix("WITH ") {
      let counts = try session.rows(statement).first ?? []
      // A rule or policy may have swallowed rows without a word.
      for place in stride(from: 0, to: counts.count - 1, by: 2) where counts[place] != counts[place + 1] {
        throw OperationError(
          "a rule of the database swallows rows that are returned",
          hint: "Drop the table's rewrite rules for the time of the return.")
      }
    }
  }

  private func countReturned(
    _ candidates: [ReturnSQL.Candidates], by sql: ReturnSQL, on session: any DatabaseSession,
    into report: inout ReturnReport
  ) throws {
    for candidates in candidates {
      report.returned += try session.rows(sql.count(candidates)).map { row in
        ReturnReport.Returned(
          table: candidates.table.name, constraint: row[0] ?? "",
          policy: ViolationPolicy(rawValue: row[1] ?? "") ?? .quarantine,
          rowCount: row[2].flatMap { Int($0) } ?? 0)
      }
    }
  }

  private func countLeft(
    _ candidates: [ReturnSQL.Candidates], by sql: ReturnSQL, on session: any DatabaseSession,
    into report: inout ReturnReport
  ) throws {
    for row in try session.rows(sql.countRejected) {
      guard let number = row[0].flatMap({ Int($0) }), candidates.indices.contains(number) else { continue }
      report.left.append(
        ReturnReport.Left(
          table: candidates[number].table.name, constraint: row[1] ?? "", reason: row[2] ?? "",
          rowCount: row[3].flatMap { Int($0) } ?? 0))
    }
    for changed in candidates {
      guard let nulled = changed.nulled, !changed.isReplacing else { continue }
      let count = try session.number(sql.countOvertaken(changed, constraint: constraint))
      // What was put back is no longer in the record, so what is left there was overtaken.
      guard count > 0 else { continue }
      report.left.append(
        ReturnReport.Left(
          table: changed.table.name, constraint: "null",
          reason: "the row is gone, or its \(nulled.joined(separator: ", ")) has a value by now",
          rowCount: count))
    }
  }

  private func leave(
    _ entry: QuarantineRecord.Entry, because reason: String, on session: any DatabaseSession,
    into report: inout ReturnReport
  ) throws {
    let name = SQLDialect(session.engine).name(entry.quarantine)
    let count = try session.number("SELECT count(*) FROM \(name) WHERE plumb_policy = 'quarantine'")
    guard count > 0 else { return }
    report.left.append(
      ReturnReport.Left(table: entry.table, constraint: "table", reason: reason, rowCount: count))
  }

  private func run(_ statements: [String], on session: any DatabaseSession) throws {
    for statement in statements { try session.execute(statement) }
  }

  /// The tables and all their partitions.
  private static func family(of tables: [ObjectName], in schema: Schema) -> [ObjectName] {
    let roots = schema.partitionRoots
    let parents = Set(tables)
    return schema.tables.map(\.name).filter { name in
      parents.contains(name) || roots[name].map(parents.contains) == true
    }
  }

  private static func explained(_ error: any Error) -> any Error {
    guard var error = error as? EngineError, error.kind == .violation || error.kind == .refused else {
      return error
    }
    error.detail.append("nothing was returned, and nothing was changed")
    error.hint = error.hint ?? "Return the rows of one table or constraint at a time: --table, --constraint."
    return error
  }
}
