import SchemaModel
import SchemaText

/// Restores a SQLite archive as the pipeline asks for it.
///
/// A SQLite file holds its rows, keys, indexes and constraints together, so making the tables and loading
/// them is one copy, and "relaxed" means that the engine does not act on constraints while rows are moved.
package final class SQLiteRestore: RestoreTarget {
  private let archive: String
  private let path: String
  private let schema: Schema
  private let rowsOf: Set<ObjectName>?
  private var target: SQLiteRestoreTarget?
  private var needsReindex = false
  package private(set) var relaxedConstraints: [ConstraintReference] = []
  /// Always empty: SQLite has no NOT VALID, and no policy asks for it.
  package var keptConstraints: Set<ConstraintReference> = []
  /// Nothing goes by it.
  package var changedRowCounts: [ObjectName: Int] = [:]

  /// - Parameters:
  ///   - path: a file that does not exist.
  ///   - rowsOf: tables whose rows are restored; `nil` for all.
  package init(archive: String, to path: String, schema: Schema, rowsOf: Set<ObjectName>? = nil) {
    self.rowsOf = rowsOf
    self.archive = archive
    self.path = path
    self.schema = schema
  }

  package var session: any DatabaseSession { restored.session }

  private var restored: SQLiteRestoreTarget {
    guard let target else { preconditionFailure("the session was asked for before createTables()") }
    return target
  }

  package func createTables() throws(EngineError) -> String? {
    target = try SQLiteRestoreTarget.load(
      archive: archive, into: path, shouldStop: { Interruption.isRequested })
    return "\(schema.tables.count) tables, copied with their rows"
  }

  package func loadRows(
    settler: (any RowSettler)?, progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [TableDigest] {
    let findings = try restored.integrityFindings()
    let damage = findings.filter { $0.nature == .damage }
    guard damage.isEmpty else {
      throw EngineError(
        .damaged, "the archive is a damaged SQLite database", detail: damage.prefix(6).map(\.text),
        hint: "Use another backup: 'plumb backups' lists them.")
    }
    if let rowsOf {
      // The file came over whole; nothing acts on its constraints and triggers yet.
      for table in schema.tables where !rowsOf.contains(table.name) && table.holdsRows {
        try session.execute("DELETE FROM \(SQLDialect.sqlite.name(table.name))")
      }
    }
    needsReindex = findings.contains { $0.nature == .index }
    if findings.contains(where: { $0.nature == .violation }) {
      relaxedConstraints = schema.tables.flatMap { table in
        ViolationQuery.all(of: table, in: schema).map(\.constraint).filter { $0.kind != .foreignKey }
      }
    }
    return []
  }

  package func readBack(_ tables: [Table]) throws(EngineError) -> [TableDigest] {
    try session.digests(of: tables) { _ in }
  }

  package func enforceRelaxedConstraints() throws(EngineError) {
    try session.execute("REINDEX")
  }

  package var brokenRows: [ConstraintReference: [String]] { [:] }
  package var refusedKeys: [ConstraintReference] { [] }
  package var sharedKeys: [ConstraintReference: [[String]]] { [:] }

  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    if needsReindex { try session.execute("REINDEX") }
    needsReindex = false
    return []
  }

  /// Nothing: the file takes its place only when it is complete.
  package func finished(_ step: RestoreJournal.Step) -> String? { nil }

  package func remember(_ step: RestoreJournal.Step, _ detail: String) throws(EngineError) {}

  /// Unknown: the archive is a file of which this one is a copy, so what differs differs in both.
  package func differingRows(of table: Table) throws(EngineError) -> DifferingRows? { nil }

  package func tryForeignKeys(rowsMayBeMade: Bool) throws(EngineError) -> ForeignKeyTrial? {
    try orphans().isEmpty ? nil : ForeignKeyTrial(sound: [])
  }

  /// The keys are in the file already; what is left is to have SQLite itself check every row against them.
  package func enforceForeignKeys() throws(EngineError) {
    let orphans = try orphans()
    guard orphans.isEmpty else {
      throw EngineError(.violation, "SQLite finds orphans that were not set aside", detail: orphans)
    }
  }

  private func orphans() throws(EngineError) -> [String] {
    try restored.foreignKeyFindings().compactMap { finding in
      guard case .orphans = finding else { return nil }
      return finding.words
    }
  }

  package func finish() throws(EngineError) -> [String] {
    try session.execute("PRAGMA ignore_check_constraints = OFF")
    return []
  }

  package func engineFindings() throws(EngineError) -> [String] {
    try restored.integrityFindings().map(\.text) + restored.foreignKeyFindings().map(\.words)
  }

  /// Closes the restored file and waits until it is on the disk.
  package func close() throws(EngineError) {
    try restored.finish()
  }
}

extension SQLiteForeignKeyFinding {
  /// The finding in one line.
  fileprivate var words: String {
    switch self {
    case .orphans(let table, let columns, let referencedTable, let rowCount, _):
      "\(table) (\(columns.joined(separator: ", "))): \(rowCount) rows without a row in \(referencedTable)"
    case .unchecked(let table, let reason): "\(table): SQLite cannot check its foreign keys: \(reason)"
    }
  }
}
