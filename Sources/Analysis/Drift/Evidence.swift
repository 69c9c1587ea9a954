import SchemaModel

/// What was counted on the live data about one demand of the blueprint.
package struct Evidence: Hashable, Sendable {
  /// Rows that break the demand.
  package var violatingRowCount: Int
  /// All rows of the table.
  package var totalRowCount: Int
  /// The query that lists the rows.
  package var sql: String

  package init(violatingRowCount: Int, totalRowCount: Int, sql: String) {
    self.violatingRowCount = violatingRowCount
    self.totalRowCount = totalRowCount
    self.sql = sql
  }
}

/// A demand of the blueprint that can be counted on live data.
package enum EvidenceSubject: Hashable, Sendable {
  /// A constraint or unique index, by its name in the blueprint.
  case constraint(ConstraintReference)
  /// That the column holds no NULL.
  case column(ColumnReference)
}

extension EvidenceSubject {
  /// The table whose rows were counted.
  var table: ObjectName {
    switch self {
    case .constraint(let constraint): constraint.table
    case .column(let column): column.table
    }
  }

  /// The demand a difference is about; `nil` when it is about none that can be counted.
  init?(_ object: ObjectReference) {
    guard let member = object.member else { return nil }
    switch object.kind {
    case .column: self = .column(ColumnReference(table: object.owner, column: member))
    case .primaryKey, .uniqueConstraint, .foreignKey, .checkConstraint, .exclusionConstraint, .index:
      self = .constraint(ConstraintReference(kind: object.kind, table: object.owner, name: member))
    // No row breaks any other kind of object.
    case _: return nil
    }
  }
}

/// How a row breaks a demand.
enum Violation {
  case noParent
  case holdsNull
  case failsCheck
  case repeatsKey

  /// In words: `7 of 20,031 rows have no parent`.
  func words(_ evidence: Evidence) -> String {
    let isOne = evidence.violatingRowCount == 1
    let predicate =
      switch self {
      case .noParent: isOne ? "has no parent" : "have no parent"
      case .holdsNull: isOne ? "holds NULL" : "hold NULL"
      case .failsCheck: isOne ? "fails the check" : "fail the check"
      case .repeatsKey: isOne ? "repeats a key" : "repeat a key"
      }
    let count = evidence.violatingRowCount == 0 ? "none" : evidence.violatingRowCount.grouped
    return "\(count) of \(evidence.totalRowCount.grouped) rows \(predicate)"
  }

  /// What a restore that enforces the demand meets: counted where there is evidence.
  /// - Parameter assumed: the sentence for when nothing was counted.
  func consequence(_ evidence: Evidence?, assumed: String) -> String {
    guard let evidence else { return assumed }
    if evidence.violatingRowCount == 0 {
      return words(evidence)
        + ": a restore from this blueprint passes here today, and nothing in production keeps it so."
    }
    return words(evidence) + ": a restore from this blueprint would stop here."
  }
}

extension Int {
  /// The number with commas between thousands.
  var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.utf8.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}
