/// Rows a restore took out of a table because they violate a constraint; none of them is lost.
package struct SetAsideRows: Hashable, Sendable, Codable {
  package var table: ObjectName
  /// The violated constraint's name.
  package var constraint: String
  /// The kind of the constraint, in words.
  package var constraintKind: String
  /// Why, in a sentence's words: `no row in public.users has this user_id`.
  package var reason: String
  package var rowCount: Int
  /// The table they are in now.
  package var quarantine: ObjectName
  /// The database of a server that has several.
  package var database: String?

  package init(
    table: ObjectName, constraint: String, constraintKind: String, reason: String, rowCount: Int,
    quarantine: ObjectName
  ) {
    self.table = table
    self.constraint = constraint
    self.constraintKind = constraintKind
    self.reason = reason
    self.rowCount = rowCount
    self.quarantine = quarantine
  }
}
