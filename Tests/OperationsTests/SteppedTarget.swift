import Engines
import Operations
import SchemaModel

/// A target that does something of a test's after each of its steps.
final class SteppedTarget: RestoreTarget {
  /// The target itself, until it is gone.
  var restore: PostgresRestore?
  private let afterStep: (SteppedTarget) throws(EngineError) -> Void
  private(set) var stepCount = 0

  init(_ restore: PostgresRestore, afterStep: @escaping (SteppedTarget) throws(EngineError) -> Void) throws {
    self.restore = restore
    self.afterStep = afterStep
    nobody = try SQLiteConnection(inMemoryAs: "nobody")
  }

  /// Who would be asked when the target is gone.
  private let nobody: SQLiteConnection
  var session: any DatabaseSession { restore?.session ?? nobody }

  private func step<Value>(
    _ body: (PostgresRestore) throws(EngineError) -> Value
  ) throws(EngineError) -> Value {
    guard let restore else { throw EngineError(.connectionLost, "the target is gone") }
    let value = try body(restore)
    stepCount += 1
    try afterStep(self)
    return value
  }

  var relaxedConstraints: [ConstraintReference] { restore?.relaxedConstraints ?? [] }
  var changedRowCounts: [ObjectName: Int] {
    get { restore?.changedRowCounts ?? [:] }
    set { restore?.changedRowCounts = newValue }
  }
  var keptConstraints: Set<ConstraintReference> {
    get { restore?.keptConstraints ?? [] }
    set { restore?.keptConstraints = newValue }
  }

  func finished(_ step: RestoreJournal.Step) -> String? { restore?.finished(step) }
  func remember(_ what: RestoreJournal.Step, _ detail: String) throws(EngineError) {
    try step { target throws(EngineError) in try target.remember(what, detail) }
  }
  func createTables() throws(EngineError) -> String? {
    try step { target throws(EngineError) in try target.createTables() }
  }
  func loadRows(
    settler: (any RowSettler)?, progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [TableDigest] {
    try step { target throws(EngineError) in try target.loadRows(settler: settler, progress: progress) }
  }
  func readBack(_ tables: [Table]) throws(EngineError) -> [TableDigest] {
    try step { target throws(EngineError) in try target.readBack(tables) }
  }
  func differingRows(of table: Table) throws(EngineError) -> DifferingRows? {
    try restore?.differingRows(of: table)
  }
  func enforceRelaxedConstraints() throws(EngineError) {
    try step { target throws(EngineError) in try target.enforceRelaxedConstraints() }
  }
  var refusedKeys: [ConstraintReference] { restore?.refusedKeys ?? [] }
  var brokenRows: [ConstraintReference: [String]] { restore?.brokenRows ?? [:] }
  var sharedKeys: [ConstraintReference: [[String]]] { restore?.sharedKeys ?? [:] }

  func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    try step { target throws(EngineError) in try target.buildKeysAndIndexes() }
  }
  func tryForeignKeys(rowsMayBeMade: Bool) throws(EngineError) -> ForeignKeyTrial? {
    try step { target throws(EngineError) in try target.tryForeignKeys(rowsMayBeMade: rowsMayBeMade) }
  }
  func enforceForeignKeys() throws(EngineError) {
    try step { target throws(EngineError) in try target.enforceForeignKeys() }
  }
  func finish() throws(EngineError) -> [String] {
    try step { target throws(EngineError) in try target.finish() }
  }
  func engineFindings() throws(EngineError) -> [String] {
    try step { target throws(EngineError) in try target.engineFindings() }
  }
}
