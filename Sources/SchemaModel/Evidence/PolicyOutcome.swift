/// Rows that violated a constraint and stayed in their table, by one of the policies that leave them there.
package struct PolicyOutcome: Hashable, Sendable, Codable {
  package var table: ObjectName
  /// The violated constraint's name.
  package var constraint: String
  /// The kind of the constraint, in words.
  package var constraintKind: String
  /// `null`, `phantom` or `keep`.
  package var policy: ViolationPolicy
  /// Why they violated, in a sentence's words.
  package var reason: String
  /// Rows that stayed; for `keep`, rows that still violate.
  package var rowCount: Int
  /// Where the rows are recorded as they were; the rows that were made, for `phantom`.
  package var record: ObjectName?
  /// The table in which rows were made.
  package var phantomTable: ObjectName?
  /// How many rows were made.
  package var phantomCount: Int?

  package init(
    table: ObjectName, constraint: String, constraintKind: String, policy: ViolationPolicy, reason: String,
    rowCount: Int
  ) {
    self.table = table
    self.constraint = constraint
    self.constraintKind = constraintKind
    self.policy = policy
    self.reason = reason
    self.rowCount = rowCount
  }
}
