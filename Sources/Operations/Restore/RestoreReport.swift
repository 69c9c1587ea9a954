import Analysis
import SchemaModel

/// What a restore did and what it proved.
package struct RestoreReport: Sendable {
  /// A table whose rows are not those that were backed up.
  package struct ContentMismatch: Hashable, Sendable, Codable {
    package var table: ObjectName
    package var expectedRowCount: Int
    package var foundRowCount: Int
    /// Where the difference was seen.
    package var place: Place
    /// Who says what is expected.
    package var witness: StoredBackup.Evidence
    /// The rows that differ, where they could be told.
    package var rows: DifferingRows?

    /// Where rows were counted and hashed.
    package enum Place: String, Hashable, Sendable, Codable {
      case archive = "in the archive"
      case restoredDatabase = "in the restored database"
    }
  }

  package var timeline = Timeline()
  /// What every table must hold, restored and set aside together.
  package var expected: [TableDigest] = []
  /// Tables that differ from the manifest; empty when every row is proven.
  package var mismatches: [ContentMismatch] = []
  /// Whether every table was read back and hashed.
  package var isContentProven = false
  package var setAside: [SetAsideRows] = []
  /// Rows that do not belong to those that were asked for; empty when tables are restored whole.
  package var leftOut: [LeftOutRows] = []
  /// Violating rows that policies left in their tables.
  package var handled: [PolicyOutcome] = []
  /// What is worth knowing and no finding, each in one line.
  package var notes: [String] = []
  /// Constraints that hold at the end, counted: keys, foreign keys, checks, exclusions.
  package var enforcedConstraintCount = 0
  /// Constraints the source held as NOT VALID and that stay so, by name.
  package var keptUnvalidated: [String] = []
  /// Constraints the source held as NOT ENFORCED and that stay so, by name.
  package var keptUnenforced: [String] = []
  /// What could not be restored or does not hold, each in one line.
  package var problems: [String] = []
  /// The restored structure against that of the source when it was backed up.
  package var structure: SchemaComparison?
  /// Rows restored, over all tables.
  package var restoredRowCount = 0

  package init() {}

  /// Rows set aside, over all tables.
  package var setAsideRowCount: Int { setAside.reduce(0) { $0 + $1.rowCount } }

  /// Whether what was backed up is there again, whole, or in quarantine.
  package var isWhole: Bool {
    mismatches.isEmpty && problems.isEmpty && structure.map { $0.differences.isEmpty } ?? true
  }
}
