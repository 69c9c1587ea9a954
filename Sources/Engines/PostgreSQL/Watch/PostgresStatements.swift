import Foundation
import SchemaModel

/// What the event triggers wrote down, handed out once.
///
/// Numbers are given out before a commit, so a smaller one may appear after a greater one. Therefore everything is
/// asked for that a transaction wrote which was still running at the last look, and what is known is left out.
final class PostgresStatements {
  /// Every transaction before it had ended at the last look, as `txid_snapshot_xmin` says.
  private var horizon: Int
  /// The numbers handed out of those at or after the horizon, with their transactions.
  private var known: [Int: Int] = [:]

  /// Passes over what was recorded before a moment.
  init(since: Date, of connection: PostgresConnection) throws(EngineError) {
    horizon = try connection.query(
      """
      SELECT coalesce((SELECT min(transaction) FROM \(PostgresRecorder.schema).statement
        WHERE at >= to_timestamp(\(min(since.timeIntervalSince1970, 1e11)))), txid_snapshot_xmin(txid_current_snapshot()))
      """
    ).rows[0].number(0)
  }

  /// Whether something was recorded since the last look; one probe of an index.
  func hasMore(over connection: PostgresConnection) throws(EngineError) -> Bool {
    try connection.query(
      "SELECT count(*) FROM \(PostgresRecorder.schema).statement WHERE transaction >= \(horizon)"
    ).rows[0].number(0) != known.count
  }

  /// What was recorded since the last look, in the transaction that is open.
  func take(over connection: PostgresConnection) throws(EngineError) -> [RecordedStatement] {
    let rows = try connection.query(
      """
      SELECT number, transaction, extract(epoch FROM at)::float8, tag, \(PostgresCatalog.joined("objects")),
        cardinality(objects), role, session_role, application, client, text
      FROM \(PostgresRecorder.schema).statement WHERE transaction >= \(horizon) ORDER BY number
      """
    ).rows
    let running = try connection.query("SELECT txid_snapshot_xmin(txid_current_snapshot())").rows[0].number(0)
    let found = rows.filter { known[$0.number(0)] == nil }
    horizon = max(horizon, running)
    for row in found { known[row.number(0)] = row.number(1) }
    known = known.filter { $0.value >= horizon }
    return Self.merged(found.map(Self.statement))
  }

  private static func statement(_ row: PostgresResult.Row) -> RecordedStatement {
    RecordedStatement(
      at: Date(timeIntervalSince1970: Double(row.text(2)) ?? 0), tag: row.text(3),
      objects: row.number(5) == 0 ? [] : row.list(4), role: row.text(6), sessionRole: row.text(7),
      application: row.text(8), client: row.optional(9), text: row.text(10), transaction: row.number(1))
  }

  /// One statement may be written down twice, for what it dropped and for what it changed.
  private static func merged(_ statements: [RecordedStatement]) -> [RecordedStatement] {
    statements.reduce(into: []) { merged, statement in
      guard let last = merged.last, last.transaction == statement.transaction, last.tag == statement.tag,
        last.text == statement.text
      else {
        merged.append(statement)
        return
      }
      let added = statement.objects.filter { !last.objects.contains($0) }
      merged[merged.count - 1].objects += added
    }
  }
}
