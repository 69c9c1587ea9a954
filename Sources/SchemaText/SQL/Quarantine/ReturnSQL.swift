import SchemaModel

/// Statements that put rows back from a quarantine: all that may go back are candidates at first; those that violate
/// anything are rejected, set by set, until what is left can be inserted together.
package struct ReturnSQL: Sendable {
  /// Rows of one table that may go back.
  package struct Candidates: Hashable, Sendable {
    package var number: Int
    package var table: Table
    package var quarantine: ObjectName
    /// The columns that are put back, in the table's order.
    package var columns: [String]
    /// For rows that stayed in their table with NULL: the columns that get their values back.
    package var nulled: [String]?
    /// Whether the columns are those of a row that was made in its place, and that nobody has touched since.
    package var isReplacing = false

    package init(_ number: Int, _ table: Table, quarantine: ObjectName, columns: [String], nulled: [String]?)
    {
      self.number = number
      self.table = table
      self.quarantine = quarantine
      self.columns = columns
      self.nulled = nulled
    }

    /// Rows for the places of rows that were made: all columns but the key get their own values.
    package init?(replacingIn table: Table, number: Int, quarantine: ObjectName, columns: [String]) {
      guard let key = table.primaryKey?.columns, Set(columns).isSuperset(of: key) else { return nil }
      let others = table.storedColumns.map(\.name).filter { columns.contains($0) && !key.contains($0) }
      guard !others.isEmpty else { return nil }
      self.init(number, table, quarantine: quarantine, columns: columns, nulled: others)
      isReplacing = true
    }

    var temporaryName: String { "plumb_back_\(number)" }
  }

  /// Something that may stand against candidates.
  package struct Objection: Hashable, Sendable {
    package var constraint: String
    package var reason: String
    /// A condition on a candidate `r`.
    package var predicate: String
  }

  package let schema: Schema
  var dialect: SQLDialect { SQLDialect(schema.engine) }
  private var isPostgres: Bool { schema.engine == .postgreSQL }

  /// - Parameter schema: the database as it is now.
  package init(_ schema: Schema) { self.schema = schema }

  // MARK: - Candidates

  /// Makes the list of what is rejected.
  package var begin: [String] {
    let end = isPostgres ? " ON COMMIT DROP" : ""
    return [
      "CREATE TEMP TABLE plumb_rejected (number integer, plumb_id bigint, plumb_constraint text, plumb_reason text)\(end)"
    ]
  }

  /// Takes candidates from the quarantine; generated columns come along, for checks look at them.
  ///
  /// - Parameters:
  ///   - policies: whose rows are meant.
  ///   - constraint: only rows that it brought.
  ///   - others: candidates of the same table that have their rows already.
  package func take(
    _ candidates: Candidates, policies: [ViolationPolicy], constraint: String?,
    without others: Candidates? = nil
  ) -> [String] {
    let table = candidates.table
    let isThere = Set(candidates.columns)
    let values = table.columns.map { column -> String in
      let name = dialect.identifier(column.name)
      if let nulled = candidates.nulled, !nulled.contains(column.name) { return "l.\(name)" }
      guard isThere.contains(column.name) || column.value.isGenerated else { return "NULL\(cast(column))" }
      return "q.\(name)"
    }
    var conditions = [
      "q.plumb_policy IN (\(policies.map { dialect.literal($0.rawValue) }.joined(separator: ", ")))"
    ]
    if let constraint { conditions.append("q.plumb_constraint = \(dialect.literal(constraint))") }
    if let others { conditions.append("q.plumb_id NOT IN (SELECT plumb_id FROM \(name(others)))") }
    if let nulled = candidates.nulled, !candidates.isReplacing {
      conditions.append("q.plumb_columns = \(dialect.literal(ColumnList.text(nulled)))")
    }
    // Only a row that is still as it was left can get its values back.
    let live = candidates.nulled.map { nulled in
      let same = (table.primaryKey?.columns ?? []).map {
        "l.\(dialect.identifier($0)) = q.\(dialect.identifier($0))"
      }
      let stillNull =
        candidates.isReplacing
        ? [isPhantom(candidates)] : nulled.map { "l.\(dialect.identifier($0)) IS NULL" }
      return " JOIN \(dialect.name(table.name)) AS l ON \((same + stillNull).joined(separator: " AND "))"
    }
    let select = """
      SELECT q.plumb_id, q.plumb_constraint, q.plumb_policy, \(values.joined(separator: ", "))
      FROM \(dialect.name(candidates.quarantine)) AS q\(live ?? "") WHERE \(conditions.joined(separator: " AND "))
      """
    let definitions = table.columns.map { column in
      let type = isPostgres ? BaseType.withoutDomains(column.type, in: schema) : column.type
      let collation = column.collation.map { " COLLATE \(dialect.collation($0))" } ?? ""
      return "\(dialect.identifier(column.name)) \(type)\(collation)"
    }
    let key = isPostgres ? "bigint PRIMARY KEY" : "INTEGER PRIMARY KEY"
    let columns = ["plumb_id \(key)", "plumb_from text", "plumb_policy text"] + definitions
    let end = isPostgres ? " ON COMMIT DROP" : ""
    return [
      "CREATE TEMP TABLE \(candidates.temporaryName) (\(columns.joined(separator: ", ")))\(end)",
      "INSERT INTO \(name(candidates))\n\(select)",
    ] + (isPostgres ? ["ANALYZE \(name(candidates))"] : [])
  }

  /// A condition on the table's row `l`: it was made by a restore, and is as it was made.
  private func isPhantom(_ candidates: Candidates) -> String {
    let same = candidates.table.columns.filter { candidates.columns.contains($0.name) }.map { column in
      let name = dialect.identifier(column.name)
      return isPostgres
        ? "f.\(name)::text IS NOT DISTINCT FROM l.\(name)::text" : "f.\(name) IS l.\(name)"
    }
    return """
      EXISTS (SELECT 1 FROM \(dialect.name(candidates.quarantine)) AS f
        WHERE f.plumb_policy = 'phantom' AND \(same.joined(separator: " AND ")))
      """
  }

  /// One row when rows were made in the table, none otherwise.
  package func findPhantoms(in quarantine: ObjectName) -> String {
    "SELECT 1 FROM \(dialect.name(quarantine)) WHERE plumb_policy = 'phantom' LIMIT 1"
  }

  /// The lists of columns that were set to NULL in a table's rows, each once.
  package func nulledColumns(in quarantine: ObjectName) -> String {
    "SELECT DISTINCT plumb_columns FROM \(dialect.name(quarantine)) WHERE plumb_policy = 'null' ORDER BY 1"
  }

  /// Counts the candidates by the constraint and policy that had brought them out.
  package func count(_ candidates: Candidates) -> String {
    "SELECT plumb_from, plumb_policy, count(*) FROM \(name(candidates)) GROUP BY 1, 2 ORDER BY 1, 2"
  }

  /// Counts the records of rows that are gone, or have other values by now.
  package func countOvertaken(_ candidates: Candidates, constraint: String?) -> String {
    let filter = constraint.map { " AND q.plumb_constraint = \(dialect.literal($0))" } ?? ""
    return """
      SELECT count(*) FROM \(dialect.name(candidates.quarantine)) AS q
      WHERE q.plumb_policy = 'null' AND q.plumb_columns = \(dialect.literal(ColumnList.text(candidates.nulled ?? [])))\(filter)
        AND NOT EXISTS (SELECT 1 FROM \(name(candidates)) AS c WHERE c.plumb_id = q.plumb_id)
        AND NOT EXISTS (SELECT 1 FROM \(rejected) AS b WHERE b.number = \(candidates.number) AND b.plumb_id = q.plumb_id)
      """
  }

  /// Rejects the candidates an objection is true of; the first statement reports how many.
  package func reject(_ candidates: Candidates, _ objection: Objection) -> [String] {
    let evidence = [objection.constraint, objection.reason].map(dialect.literal).joined(separator: ", ")
    return [
      """
      INSERT INTO \(rejected)
      SELECT \(candidates.number), r.plumb_id, \(evidence) FROM \(name(candidates)) AS r WHERE \(objection.predicate)
      """,
      """
      DELETE FROM \(name(candidates))
      WHERE plumb_id IN (SELECT plumb_id FROM \(rejected) WHERE number = \(candidates.number))
      """,
    ]
  }

  /// Counts what was rejected: number, constraint, reason, rows.
  package var countRejected: String {
    "SELECT number, plumb_constraint, plumb_reason, count(*) FROM \(rejected) GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2"
  }

  // MARK: - Putting back

  /// Inserts all candidates and takes them out of their quarantines.
  ///
  /// PostgreSQL: one statement, at whose end all foreign keys are checked, so rows that need each other go back
  /// together; it returns for each how many were inserted and taken out. SQLite: statements under deferred keys.
  package func putBack(_ all: [Candidates]) -> [String] {
    let rows = all.filter { $0.nulled == nil }
    let updates = all.filter { $0.nulled != nil }.flatMap(update)
    guard isPostgres else {
      return rows.flatMap { [insert($0), takeOut($0)] } + updates
    }
    guard !rows.isEmpty else { return updates }
    let parts = rows.flatMap { candidates in
      [
        "i\(candidates.number) AS (\(insert(candidates)) RETURNING 1)",
        "o\(candidates.number) AS (\(takeOut(candidates)) RETURNING 1)",
      ]
    }
    let counts = rows.flatMap { ["i\($0.number)", "o\($0.number)"] }.map { "(SELECT count(*) FROM \($0))" }
    return updates + ["WITH \(parts.joined(separator: ",\n"))\nSELECT \(counts.joined(separator: ", "))"]
  }

  private func insert(_ candidates: Candidates) -> String {
    let columns = candidates.table.storedColumns.filter { candidates.columns.contains($0.name) }
    let values = columns.map { column in "r.\(dialect.identifier(column.name))\(restoringCast(column))" }
    // A constraint's own ON CONFLICT REPLACE would take another row away.
    let verb = isPostgres ? "INSERT" : "INSERT OR ABORT"
    let overriding = isPostgres ? " OVERRIDING SYSTEM VALUE" : ""
    return """
      \(verb) INTO \(dialect.name(candidates.table.name)) (\(dialect.identifiers(columns.map(\.name))))\(overriding)
      SELECT \(values.joined(separator: ", ")) FROM \(name(candidates)) AS r ORDER BY r.plumb_id
      """
  }

  private func takeOut(_ candidates: Candidates) -> String {
    "DELETE FROM \(dialect.name(candidates.quarantine)) WHERE plumb_id IN (SELECT plumb_id FROM \(name(candidates)))"
  }

  private func update(_ candidates: Candidates) -> [String] {
    let columns = candidates.table.columns.filter { candidates.nulled?.contains($0.name) == true }
    let changes = columns.map { column in
      "\(dialect.identifier(column.name)) = r.\(dialect.identifier(column.name))\(restoringCast(column))"
    }
    let same = (candidates.table.primaryKey?.columns ?? []).map {
      "l.\(dialect.identifier($0)) = r.\(dialect.identifier($0))"
    }
    let verb = isPostgres ? "UPDATE" : "UPDATE OR ABORT"
    return [
      """
      \(verb) \(dialect.name(candidates.table.name)) AS l SET \(changes.joined(separator: ", "))
      FROM \(name(candidates)) AS r WHERE \(same.joined(separator: " AND "))
      """, takeOut(candidates),
    ] + (candidates.isReplacing ? [forgetPhantoms(candidates)] : [])
  }

  /// The made rows are no more: the real ones have their places.
  private func forgetPhantoms(_ candidates: Candidates) -> String {
    let same = (candidates.table.primaryKey?.columns ?? []).map {
      "r.\(dialect.identifier($0)) = f.\(dialect.identifier($0))"
    }
    return """
      DELETE FROM \(dialect.name(candidates.quarantine)) AS f
      WHERE f.plumb_policy = 'phantom'
        AND EXISTS (SELECT 1 FROM \(name(candidates)) AS r WHERE \(same.joined(separator: " AND ")))
      """
  }

  private func restoringCast(_ column: Column) -> String {
    guard isPostgres, BaseType.withoutDomains(column.type, in: schema) != column.type else { return "" }
    return "::\(column.type)"
  }

  private func cast(_ column: Column) -> String {
    isPostgres ? "::\(BaseType.withoutDomains(column.type, in: schema))" : ""
  }

  func name(_ candidates: Candidates) -> String { dialect.name(objectName(candidates)) }

  func objectName(_ candidates: Candidates) -> ObjectName {
    ObjectName(schema: isPostgres ? "pg_temp" : "temp", candidates.temporaryName)
  }

  private var rejected: String { isPostgres ? "pg_temp.plumb_rejected" : "temp.plumb_rejected" }
}
