import SchemaModel
import SchemaText

/// Nothing is looked for ahead of a constraint's own query: SQLite answers in this very process, where a query costs no more than to
/// read the rows.
extension SQLiteConnection {
  package func readTables(
    _ asked: [TableQuestion], in schema: Schema, workers: Int,
    progress: (TableQuestion, TableAnswer?) -> Void
  ) {
    for question in asked { progress(question, nil) }
  }

  package func orphanKeys(violating query: ViolationQuery, merging: Bool) -> [[String]]? { nil }

  package func brokenRows(_ queries: [ViolationQuery], of table: Table) -> [ConstraintReference: [String]]? {
    nil
  }

  package func sharedKeys(violating query: ViolationQuery, of table: Table, in schema: Schema) -> [[String]]?
  { nil }

  /// Nothing to do: SQLite has no such setting.
  package func mayUseIndexes(_ may: Bool) {}
}
