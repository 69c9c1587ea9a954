import Analysis
import Operations
import SchemaModel
import Terminal

/// `--only` and `--except`: tables of which rows are restored, and rows with what belongs to them.
struct SelectionOptions: ParameterGroup {
  let only = RepeatedOption<String>(
    "only", value: "table",
    """
    Restore only these tables' rows (* and ? allowed), and those they refer to; of 'TABLE where CONDITION' the rows it \
    fits and what belongs to them.
    """)
  let except = RepeatedOption<String>(
    "except", value: "table", "Leave these tables' rows out.")

  /// The selection; `nil` when all rows are wanted.
  func selection(_ arguments: ParsedArguments, of backup: StoredBackup) throws -> RestoreSelection? {
    let (only, except) = (arguments[only], arguments[except])
    guard !only.isEmpty || !except.isEmpty else { return nil }
    do throws(RestoreSelection.Refusal) {
      return try RestoreSelection(
        only: only.map(RowChoice.init), except: except.map(NamePattern.init), of: backup.schema)
    } catch {
      switch error {
      case .nothingFits(let pattern):
        throw UsageError.refused(
          "the backup has no table \(pattern)",
          hint: "Its tables are \(Self.some(backup.schema.tables.map(\.name))).")
      case .needed(let table, let dependents):
        throw UsageError.refused(
          "\(table) cannot be left out: rows of \(Self.some(dependents)) refer to it",
          hint: "Leave those out as well, or set their orphans aside with a full restore.")
      case .severalFit(let pattern, let names):
        throw UsageError.refused(
          "a condition is for one table, and \(Self.some(names)) fit \(pattern)",
          hint: "Write an --only with a condition for each of them.")
      case .wholeAnyway(let table):
        throw UsageError.refused(
          "a condition on \(table) says nothing: all of its rows are needed by tables that are restored whole",
          hint: "Leave out the --only without a condition, or give it one.")
      }
    }
  }

  /// The first of some tables' names, for a hint.
  static func some(_ names: [ObjectName]) -> String {
    let shown = names.prefix(8).map(\.description).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
