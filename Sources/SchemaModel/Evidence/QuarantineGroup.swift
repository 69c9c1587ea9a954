/// Rows of one table that one constraint, policy and reason brought into the quarantine.
package struct QuarantineGroup: Hashable, Sendable, Codable {
  package var table: ObjectName
  /// The table they are in.
  package var quarantine: ObjectName
  /// The constraint as people call it; `COLUMN NOT NULL` for a NOT NULL.
  package var constraint: String
  /// The kind of the constraint, in words.
  package var constraintKind: String
  package var policy: ViolationPolicy
  package var reason: String
  package var rowCount: Int
  /// When the first and the last of them came, RFC 3339 in UTC.
  package var firstAt: String
  package var lastAt: String
  /// The backup whose restore brought the table's rows last.
  package var backup: String

  package init(
    table: ObjectName, quarantine: ObjectName, constraint: String, constraintKind: String,
    policy: ViolationPolicy, reason: String, rowCount: Int, firstAt: String, lastAt: String, backup: String
  ) {
    self.table = table
    self.quarantine = quarantine
    self.constraint = constraint
    self.constraintKind = constraintKind
    self.policy = policy
    self.reason = reason
    self.rowCount = rowCount
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.backup = backup
  }
}
