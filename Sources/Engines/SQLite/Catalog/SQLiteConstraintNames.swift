import SchemaModel

/// A constraint that may have been given no name.
protocol SQLiteConstraint: SchemaObject where Name == String {
  var isNamed: Bool { get set }
  /// What it is called when it has no name: readable, and the same whenever it says the same.
  var derivedName: String { get }
}

extension KeyConstraint: SQLiteConstraint {
  var derivedName: String {
    isPrimary ? "primary key" : "(\(columns.joined(separator: ", "))) unique"
  }
}

extension ForeignKey: SQLiteConstraint {
  var derivedName: String { "(\(columns.joined(separator: ", "))) -> \(referencedTable)" }
}

extension CheckConstraint: SQLiteConstraint {
  var derivedName: String { "check (\(expression))" }
}

/// The names of a table's constraints, of which SQLite demands nothing.
enum SQLiteConstraintNames {
  /// The constraints with a name each and no name twice, sorted by it.
  ///
  /// Of constraints without a name that say the same one is kept, as SQLite itself does for keys.
  /// Where different ones share a name, those that come later get a number.
  static func settled<Constraint: SQLiteConstraint>(
    _ constraints: [Constraint], of table: String, _ seen: inout SQLiteSeen
  ) -> [Constraint] {
    var settled: [String: Constraint] = [:]
    var unnamed: Set<Constraint> = []
    for var constraint in constraints {
      if !constraint.isNamed {
        constraint.name = constraint.derivedName
        guard unnamed.insert(constraint).inserted else { continue }
      }
      let name = constraint.name
      var number = 1
      while settled[constraint.name] != nil {
        number += 1
        constraint.name = "\(name) (\(number))"
      }
      if number > 1 && constraint.isNamed {
        seen.add("constraints that share a name", "\(table): \(name)")
      }
      settled[constraint.name] = constraint
    }
    return settled.values.sorted { $0.name < $1.name }
  }
}
