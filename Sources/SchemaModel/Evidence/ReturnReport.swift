/// What a return of rows from the quarantine did: printed by `plumb quarantine return --format json`.
///
/// Fields are only ever added.
package struct ReturnReport: Hashable, Sendable, Codable {
  /// Rows that went back, by the constraint that had brought them out.
  package struct Returned: Hashable, Sendable, Codable {
    package var table: ObjectName
    package var constraint: String
    package var policy: ViolationPolicy
    package var rowCount: Int

    package init(table: ObjectName, constraint: String, policy: ViolationPolicy, rowCount: Int) {
      self.table = table
      self.constraint = constraint
      self.policy = policy
      self.rowCount = rowCount
    }
  }

  /// Rows that stay in the quarantine, by what stands against them now.
  package struct Left: Hashable, Sendable, Codable {
    package var table: ObjectName
    package var constraint: String
    package var reason: String
    package var rowCount: Int

    package init(table: ObjectName, constraint: String, reason: String, rowCount: Int) {
      self.table = table
      self.constraint = constraint
      self.reason = reason
      self.rowCount = rowCount
    }
  }

  package var format = "plumb/quarantine-return"
  package var version = 1
  package var database: String
  /// Whether everything was only tried, and taken back.
  package var isDryRun: Bool
  package var returned: [Returned] = []
  package var left: [Left] = []

  package init(database: String, isDryRun: Bool) {
    self.database = database
    self.isDryRun = isDryRun
  }
}
