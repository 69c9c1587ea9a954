/// Rows of a table that a restore left out on purpose, because they do not belong to the rows that were asked for.
package struct LeftOutRows: Hashable, Sendable, Codable {
  package var table: ObjectName
  package var rowCount: Int
  /// Rows of the table that stayed.
  package var keptRowCount: Int

  package init(table: ObjectName, rowCount: Int, keptRowCount: Int) {
    self.table = table
    self.rowCount = rowCount
    self.keptRowCount = keptRowCount
  }
}
