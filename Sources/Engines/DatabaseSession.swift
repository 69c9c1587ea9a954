import SchemaModel
import SchemaText

/// A blocking connection to a live database, used only by the thread that opened it.
package protocol DatabaseSession: AnyObject {
  /// The engine behind it.
  var engine: DatabaseEngine { get }
  /// What people call this database in messages: never a password.
  var displayName: String { get }
  /// The database's own name: `current_database()`, or the file's name.
  var databaseName: String { get }
  /// The version of the server or library, such as `15.20`.
  var serverVersion: String { get }

  /// Runs one or more statements and drops what they return.
  func execute(_ sql: String) throws(EngineError)
  /// Runs one query and returns its rows; every value as the text the server sends, NULL as `nil`.
  func rows(_ sql: String) throws(EngineError) -> [[String?]]
  /// Runs one statement and returns how many rows it changed.
  func changedRowCount(_ sql: String) throws(EngineError) -> Int
  /// Reads the structure, in one snapshot and without a lock on a user's table.
  ///
  /// - Parameter printable: whether ``Schema/precedences`` is read too: only the printing of SQL asks for it.
  func schema(printable: Bool) throws(EngineError) -> Schema
  /// Counts and hashes every row of the tables, in one snapshot.
  ///
  /// - Parameter progress: told after each table.
  func digests(of tables: [Table], progress: (TableDigest) -> Void) throws(EngineError) -> [TableDigest]
  /// Lets the server answer from indexes, as it does unless told not to: one that is damaged would vouch for itself.
  func mayUseIndexes(_ may: Bool) throws(EngineError)
  /// Reads tables, several at a time, and tells which of their constraints hold; each table once.
  ///
  /// A table has no answer where that cannot be told so, or asking for each constraint costs less.
  /// - Parameters:
  ///   - asked: in an order in which tables come after those that their rows refer to.
  ///   - workers: connections that may be made, this one among them.
  ///   - progress: told of each table, with its answer, soon after it was read.
  func readTables(
    _ asked: [TableQuestion], in schema: Schema, workers: Int,
    progress: (TableQuestion, TableAnswer?) -> Void
  ) throws(EngineError)
  /// The places (`ctid`) of the rows that break each of some rules of one table, told by one look at it.
  ///
  /// `nil` when they are too many, or where places do not tell rows; good only while nothing writes.
  /// - Parameter queries: each for a rule that concerns a row alone.
  func brokenRows(
    _ queries: [ViolationQuery], of table: Table
  ) throws(EngineError) -> [ConstraintReference: [String]]?
  /// The keys of rows that no row of another table has, with the help of indexes, by the values of the foreign key's columns.
  ///
  /// `nil` when the query is about something else, when they are too many, or where indexes may not be used.
  /// - Parameter merging: whether both sides are surely best read in the order of their indexes.
  func orphanKeys(violating query: ViolationQuery, merging: Bool) throws(EngineError) -> [[String]]?
  /// The keys that rows of a table share against the constraint of the query, by the values of its columns as text.
  ///
  /// `nil` when the query is about something else, when they are too many or cannot be told, or the query itself costs less.
  func sharedKeys(
    violating query: ViolationQuery, of table: Table, in schema: Schema
  ) throws(EngineError) -> [[String]]?
}

extension DatabaseSession {
  /// Reads the structure with all that printing asks for.
  package func schema() throws(EngineError) -> Schema { try schema(printable: true) }
}

/// A table, and what is asked of its rows.
package struct TableQuestion: Sendable {
  package let table: Table
  package let queries: [ViolationQuery]

  package init(_ table: Table, _ queries: [ViolationQuery]) {
    self.table = table
    self.queries = queries
  }
}

/// What became of the reading of a table.
package enum TableAnswer: Sendable {
  case told(ConstraintReading.Outcome)
  /// Somebody holds it locked: whatever is asked of it would wait, too.
  case locked(EngineError)
}
