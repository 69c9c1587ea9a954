import SchemaModel
import SchemaText

/// What pragmas tell of one table.
struct SQLiteTableRows {
  var columns: [SQLiteColumnRow]
  var indexes: [SQLiteIndexRow]
  var references: [SQLiteReferenceRow]
}

/// Merges what pragmas and the `CREATE TABLE` text tell of one table.
struct SQLiteTableReader {
  let object: SQLiteObjects.Definition
  let text: SQLiteTableText
  let rows: SQLiteTableRows
  let names: SQLiteDeclaredNames

  init(
    _ object: SQLiteObjects.Definition, _ text: SQLiteTableText, _ rows: SQLiteTableRows,
    _ names: SQLiteDeclaredNames
  ) {
    self.object = object
    self.text = text
    self.rows = rows
    self.names = names
  }

  /// The table's name.
  var table: String { object.name }

  /// The table with everything that belongs to it.
  func table(indexTexts: [String: String], _ seen: inout SQLiteSeen) -> Table {
    var table = Table(named: ObjectName(object.name))
    table.isStrict = object.isStrict
    table.isWithoutRowID = object.isWithoutRowID
    table.comment = text.comment
    table.columns = columns(&seen)
    table.primaryKey = primaryKey
    table.uniqueConstraints = uniqueConstraints(&seen)
    table.foreignKeys = foreignKeys(&seen)
    table.checks = checks(&seen)
    table.indexes = indexes(indexTexts, &seen)
    noteUnmodelled(&seen)
    return table
  }

  /// The collation a column sorts by, as a fact.
  func collation(of column: String) -> String? {
    text.columns.first { SQLiteName.folded($0.name) == SQLiteName.folded(column) }?.collation
  }

  /// The checks, which no pragma tells.
  private func checks(_ seen: inout SQLiteSeen) -> [CheckConstraint] {
    SQLiteConstraintNames.settled(text.checks, of: table, &seen)
  }

  private func noteUnmodelled(_ seen: inout SQLiteSeen) {
    seen.add(text.findings, of: table)
    for clause in text.unmodelled {
      switch clause {
      case .clauseName(let name, let column):
        seen.add("names of clauses that are no constraints", "\(table).\(column): \(name)")
      }
    }
  }
}
