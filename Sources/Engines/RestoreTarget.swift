import SchemaModel

/// The engine's half of a restore: steps that `Operations/Restore` calls in the order they stand here.
///
/// Between the steps the caller finds violating rows on `session` and sets them aside; no step ever
/// drops a row, and no foreign key, trigger or cascade is active before ``enforceForeignKeys()``.
package protocol RestoreTarget: AnyObject {
  /// What an earlier run, which was interrupted, wrote down of a step that it had finished here.
  func finished(_ step: RestoreJournal.Step) -> String?

  /// Writes down that a step is finished, in the session's transaction if it is in one.
  func remember(_ step: RestoreJournal.Step, _ detail: String) throws(EngineError)

  /// A connection to the database that is being restored.
  var session: any DatabaseSession { get }

  /// Makes types, tables and everything rows need, but no key, foreign key, index or trigger.
  ///
  /// - Returns: what to say of it in a timeline, in a few words.
  func createTables() throws(EngineError) -> String?

  /// Loads every row of the archive, relaxing checks and NOT NULL of tables whose rows violate them.
  ///
  /// - Parameters:
  ///   - settler: settles rows of a table while others are loaded; `nil` when none may be settled before all are there.
  ///   - progress: told, on any thread, how many rows more have been loaded.
  /// - Returns: what the archive itself held, table by table; empty when the engine cannot tell apart
  ///   what the archive held from what was loaded.
  func loadRows(
    settler: (any RowSettler)?, progress: @escaping @Sendable (_ rowCount: Int) -> Void
  ) throws(EngineError) -> [TableDigest]

  /// Counts and hashes what is in the database now, row by row.
  func readBack(_ tables: [Table]) throws(EngineError) -> [TableDigest]

  /// Checks and NOT NULLs that had to be relaxed for rows to be loaded.
  var relaxedConstraints: [ConstraintReference] { get }

  /// Constraints that are added as NOT VALID and not checked: by a policy, rows that violate them stay.
  ///
  /// Set before ``enforceRelaxedConstraints()`` and ``enforceForeignKeys()``.
  var keptConstraints: Set<ConstraintReference> { get set }

  /// How many rows of each table were taken away or changed since they were loaded.
  ///
  /// Set before ``tryForeignKeys(rowsMayBeMade:)`` and ``enforceForeignKeys()``.
  var changedRowCounts: [ObjectName: Int] { get set }

  /// Which rows of a table are not those of the archive; `nil` when the archive's rows cannot be told one from another.
  func differingRows(of table: Table) throws(EngineError) -> DifferingRows?

  /// Of some relaxed constraints, the places of all rows that violate them; found while other tables were loaded.
  ///
  /// Good until rows are written.
  var brokenRows: [ConstraintReference: [String]] { get }

  /// Puts the relaxed checks and NOT NULLs back; violating rows have been set aside.
  func enforceRelaxedConstraints() throws(EngineError)

  /// Keys and indexes that rows were found to violate while rows were loaded.
  var refusedKeys: [ConstraintReference] { get }

  /// Of some of them, all keys that rows share, by the values of the columns as text; found while other tables were loaded.
  var sharedKeys: [ConstraintReference: [[String]]] { get }

  /// Builds every index, primary key, unique and exclusion constraint that is not built yet.
  ///
  /// - Returns: those that rows violate; they are tried again at the next call.
  func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference]

  /// Adds every foreign key in the hope that no row is an orphan: then checking them is itself the complete search.
  ///
  /// Keys the source held as NOT VALID stay so.
  /// - Parameter rowsMayBeMade: whether parents may be made for orphans.
  /// - Returns: `nil` when all are enforced. Otherwise none is left that could refuse what is done with orphans.
  func tryForeignKeys(rowsMayBeMade: Bool) throws(EngineError) -> ForeignKeyTrial?

  /// Adds every foreign key that is not there and has the engine check every row against it.
  ///
  /// Keys the source held as NOT VALID stay so.
  func enforceForeignKeys() throws(EngineError)

  /// Restores everything else: sequence values, large objects, triggers, rules, policies, grants, comments,
  /// materialized views' rows.
  ///
  /// - Returns: what could not be restored, each in one line.
  func finish() throws(EngineError) -> [String]

  /// Asks the engine itself, independently of our own queries, whether everything holds.
  ///
  /// - Returns: what it found wrong, each in one line.
  func engineFindings() throws(EngineError) -> [String]
}

/// Settles what becomes of rows that violate constraints, while other tables are still being loaded.
package protocol RowSettler: Sendable {
  /// Settles rows of a table, over the ``RestoreTarget/session``, one table at a time.
  ///
  /// - Returns: false when that has to wait until all rows are loaded: then nothing was done.
  func settle(_ dirty: DirtyTable) throws -> Bool
}

/// What rows of a table violate.
package struct DirtyTable: Sendable {
  /// The places of all rows that violate each rule that concerns a row alone.
  package var brokenRows: [ConstraintReference: [String]] = [:]
  /// What forbids rows to be alike, and does not hold.
  package var refused: Set<ConstraintReference> = []
  /// Of some of these, all keys that rows share, by the values of their columns as text.
  package var sharedKeys: [ConstraintReference: [[String]]] = [:]
}

/// What was found when foreign keys were tried, and not all could be enforced.
package struct ForeignKeyTrial: Sendable {
  /// Those that hold for every row as it is: only the others need to be searched.
  package var sound: Set<ConstraintReference>
  /// Of some of the others, the keys of all their orphans, by the values of the columns as text.
  package var orphanKeys: [ConstraintReference: [[String]]] = [:]

  package init(sound: Set<ConstraintReference>) { self.sound = sound }
}
