import Engines
import SchemaModel
import SchemaText

/// What restores set aside in a database, read from its own index.
package struct QuarantineRecord {
  /// A table's quarantine.
  package struct Entry: Hashable, Sendable {
    package var table: ObjectName
    package var quarantine: ObjectName
    package var backup: String
    /// The columns of the table's rows, in order.
    package var columns: [String]
  }

  /// A row that was set aside, or recorded before it was changed, or made.
  package struct Row: Hashable, Sendable {
    package var number: Int
    package var constraint: String
    package var policy: ViolationPolicy
    package var reason: String
    /// The columns that were set to NULL.
    package var changedColumns: [String]
    package var time: String
    /// As the engine prints them; of SQLite as literals of its SQL.
    package var values: [String?]
  }

  package let session: any DatabaseSession
  package let entries: [Entry]
  private let sql: QuarantineSQL

  /// Reads the index; without one nothing was ever set aside.
  package init(of session: any DatabaseSession) throws {
    self.session = session
    sql = QuarantineSQL(session.engine)
    guard try !session.rows(sql.findIndex).isEmpty else {
      entries = []
      return
    }
    entries = try session.rows(sql.readIndex).map { [sql] row in
      let texts = row.map { $0 ?? "" }
      let quarantine = sql.quarantine(named: texts[2])
      let columns = try session.rows(sql.columns(of: quarantine)).compactMap { $0.first.flatMap { $0 } }
      return Entry(
        table: ObjectName(schema: texts[0].isEmpty ? nil : texts[0], texts[1]), quarantine: quarantine,
        backup: texts[3], columns: columns.filter { !SetAsideSQL.evidence.contains($0) })
    }
  }

  /// The entries of a table as people call it; all without one.
  ///
  /// - Throws: ``OperationError`` when nothing was set aside of such a table.
  package func entries(of table: String?) throws -> [Entry] {
    guard let table else { return entries }
    let found = entries.filter { $0.table.description == table || $0.table.name == table }
    guard found.isEmpty else { return found }
    let names = entries.map(\.table.description)
    throw OperationError(
      "nothing was set aside of a table '\(table)'",
      hint: PolicyText.nearest(to: table, among: names + entries.map(\.table.name)).map {
        "Did you mean '\($0)'?"
      }
        ?? (names.isEmpty
          ? "Nothing was set aside at all." : "There are rows of \(names.joined(separator: ", "))."))
  }

  /// What was set aside, by table, constraint, policy and reason.
  package func groups(of table: String? = nil) throws -> [QuarantineGroup] {
    try entries(of: table).flatMap { entry in
      try session.rows(sql.groups(of: entry.quarantine)).map { row in
        let texts = row.map { $0 ?? "" }
        return QuarantineGroup(
          table: entry.table, quarantine: entry.quarantine, constraint: texts[0], constraintKind: texts[1],
          policy: ViolationPolicy(rawValue: texts[2]) ?? .quarantine, reason: texts[3],
          rowCount: Int(texts[4]) ?? 0, firstAt: texts[5], lastAt: texts[6], backup: entry.backup)
      }
    }
  }

  /// Hands over the rows of a quarantine in the order they came, a page at a time.
  ///
  /// - Parameter limit: at most that many.
  package func forEachRow(
    of entry: Entry, constraint: String? = nil, limit: Int = .max, _ body: (Row) throws -> Void
  ) throws {
    var (after, left) = (-1, limit)
    while left > 0 {
      try Interruption.check()
      let size = min(left, 2_000)
      let page = try session.rows(
        sql.page(
          of: entry.quarantine, columns: entry.columns, constraint: constraint, after: after, limit: size))
      for fields in page {
        let row = Row(fields)
        try body(row)
        after = row.number
      }
      guard page.count == size else { return }
      left -= size
    }
  }

  /// Columns of a table whose values are not shown: tagged `@sensitive` in the database as it is now.
  package static func sensitiveColumns(in schema: Schema) -> [ObjectName: Set<String>] {
    Dictionary(
      schema.tables.map { table in
        (table.name, Set(table.columns.filter { $0.sensitivity != nil }.map(\.name)))
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension QuarantineRecord.Row {
  fileprivate init(_ fields: [String?]) {
    number = fields[0].flatMap { Int($0) } ?? 0
    constraint = fields[1] ?? ""
    policy = ViolationPolicy(rawValue: fields[2] ?? "") ?? .quarantine
    reason = fields[3] ?? ""
    changedColumns = fields[4].map(ColumnList.names(in:)) ?? []
    time = fields[5] ?? ""
    values = Array(fields.dropFirst(6))
  }
}
