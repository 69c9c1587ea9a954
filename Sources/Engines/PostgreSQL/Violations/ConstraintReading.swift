import CPostgres
import SchemaModel
import SchemaText

/// Reads tables, each once, and tells which of their constraints hold; keeps hashes of keys and no row.
///
/// Parents must be read before the rows that refer to them: their hashes are kept as long as they are needed. No two tables are
/// read in one snapshot, so a row that came in between is suspected, and the constraint's own query clears it.
package final class ConstraintReading {
  /// What is known of one table's constraints.
  ///
  /// What is named nowhere has to be asked for.
  package struct Outcome: Sendable {
    /// The table's rows, when it was read.
    package var rowCount: Int?
    /// How many rows violate each constraint that concerns a row alone; 0 also for others that no row violates.
    package var violatingRowCounts: [ConstraintReference: Int] = [:]
    /// All keys of rows that may violate the constraint, by the values of its columns as text.
    package var suspectedKeys: [ConstraintReference: [[String]]] = [:]

    package init(violatingRowCounts: [ConstraintReference: Int] = [:]) {
      self.violatingRowCounts = violatingRowCounts
    }
  }

  private let connection: PostgresConnection
  private let schema: Schema
  private let known: KnownKeys
  private let rowCounts: [ObjectName: Int]
  private let mostRows: Int

  /// How many rows of a table are sent to a reader on the same machine, and through a network.
  ///
  /// Of more, the server's own parallel workers tell sooner.
  private static let mostRows = (here: 32 << 20, elsewhere: 1 << 18)

  /// - Parameter known: the keys of tables that were read, shared by all who read the same database.
  init(_ connection: PostgresConnection, schema: Schema, known: KnownKeys) throws(EngineError) {
    self.connection = connection
    self.known = known
    self.schema = schema
    mostRows = connection.isOnThisMachine ? Self.mostRows.here : Self.mostRows.elsewhere
    rowCounts = try connection.estimatedRowCounts()
  }

  /// Reads a table; `nil` when too little could be told, or the table is too large.
  ///
  /// - Throws: what the server says of a table that it does not let us read, or not in time.
  package func read(_ table: Table, for queries: [ViolationQuery]) throws(EngineError) -> Outcome? {
    defer { known.forgetParents(of: table) }
    let parents = known.parents(of: table)
    guard rowCounts[table.name] ?? 0 <= mostRows,
      let sent = SentRows(queries, of: table, in: schema, isKnown: { parents[$0] != nil })
    else { return nil }
    let extents = sent.rules.compactMap(\.demand.extent)
    let room = known.reserve(
      rowCount: rowCounts[table.name], keyCount: extents.count { $0 == .allRows },
      partialKeyCount: extents.count { $0 == .someRows })
    defer { known.release(room) }
    let judges = sent.rules.map { rule in
      switch rule.demand.extent {
      case .someRows: RuleJudge(rule, of: sent, parents: parents, mostHashes: room.mostPartialHashes)
      case .allRows, nil:
        RuleJudge(
          rule, of: sent, parents: parents, mostHashes: room.mostHashes, expectedHashes: room.expectedHashes)
      }
    }
    var flags = RowFlags(count: sent.ofRow.count)
    let limit = mostRows + 1
    let read = try sent.read(on: connection, limit: limit) { batch in
      flags.read(batch)
      for judge in judges { judge.judge(batch) }
    }
    guard let rowCount = read, rowCount < limit, flags.isWellFormed else { return nil }

    var outcome = Outcome()
    outcome.rowCount = rowCount
    for (constraint, count) in zip(sent.ofRow, flags.violating) {
      outcome.violatingRowCounts[constraint] = count
    }
    for judge in judges {
      switch judge.verdict {
      case .sound: outcome.violatingRowCounts[judge.rule.constraint] = 0
      case .suspected(let keys): outcome.suspectedKeys[judge.rule.constraint] = keys
      case .unknown: break
      }
      if case .distinct(let key?, _) = judge.rule.demand { known.keep(judge.completeHashes, of: key) }
    }
    return outcome
  }
}

extension SentRows.Demand {
  /// Which rows have a key of whose values no two are alike.
  fileprivate enum Extent {
    case allRows, someRows
  }

  /// `nil` when it is about no such key.
  fileprivate var extent: Extent? {
    switch self {
    case .distinct(.some, _): .allRows
    case .distinct(nil, _): .someRows
    case .present: nil
    }
  }
}

extension PostgresConnection {
  /// Where the server is: a name, an address, or the folder of its socket (`PQhost`).
  var host: String { PQhost(connection).map { String(cString: $0) } ?? "" }

  /// Whether the server is reached without a network.
  var isOnThisMachine: Bool {
    host.isEmpty || host.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains(host)
  }

  /// About how many rows each large table has, as it was last analyzed (`pg_class.reltuples`).
  func estimatedRowCounts() throws(EngineError) -> [ObjectName: Int] {
    let rows = try query(
      """
      SELECT n.nspname, c.relname, GREATEST(c.reltuples, 0)::bigint FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND c.reltuples > 100000
      """
    ).rows
    return Dictionary(
      rows.map { (ObjectName(schema: $0.text(0), $0.text(1)), $0.number(2)) }, uniquingKeysWith: max)
  }
}
