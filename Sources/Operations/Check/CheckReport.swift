import SchemaModel

/// What counting found in the data itself.
package struct CheckReport: Sendable {
  /// Whose word it is that the constraint holds.
  package enum Origin: String, Hashable, Sendable {
    /// The database declares it and calls it valid.
    case declared
    /// The database declares it and says that old rows were never checked.
    case notValid = "declared, not valid"
    /// Only the blueprint draws it.
    case blueprintOnly = "drawn in the blueprint only"
  }

  /// A constraint that rows violate.
  package struct Finding: Hashable, Sendable {
    package var constraint: ConstraintReference
    package var origin: Origin
    package var violatingRowCount: Int
    /// Why a row violates it, in words.
    package var reason: String
    /// The columns whose values identify the samples.
    package var sampleColumns: [String]
    /// Some violating rows by those columns, as text.
    package var samples: [[String?]]
    /// Identifying columns left out because they are sensitive.
    package var withheldColumns: [String]
    /// The query that shows them all.
    package var listSQL: String
  }

  /// A constraint that could not be counted.
  package struct Unchecked: Hashable, Sendable {
    package var constraint: ConstraintReference
    package var reason: String
    /// What to do, as a sentence.
    package var hint: String?
  }

  /// Worst first: most rows.
  package var findings: [Finding] = []
  package var unchecked: [Unchecked] = []
  /// How many constraints were counted.
  package var checkedConstraintCount = 0

  /// What was looked at.
  package let scope: CheckScope

  package init(scope: CheckScope) { self.scope = scope }

  /// Rows that violate something; a row that violates two constraints counts twice.
  package var violatingRowCount: Int { findings.reduce(0) { $0 + $1.violatingRowCount } }
}
