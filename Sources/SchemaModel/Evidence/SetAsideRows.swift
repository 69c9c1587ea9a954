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
  /// `quarantine` or `delete`.
  package var policy: ViolationPolicy
  /// The database of a server that has several.
  package var database: String?

  package init(
    table: ObjectName, constraint: String, constraintKind: String, reason: String, rowCount: Int,
    quarantine: ObjectName, policy: ViolationPolicy = .quarantine
  ) {
    self.table = table
    self.constraint = constraint
    self.constraintKind = constraintKind
    self.reason = reason
    self.rowCount = rowCount
    self.quarantine = quarantine
    self.policy = policy
  }

  /// Records of before there were policies say none.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    table = try fields.decode(ObjectName.self, forKey: .table)
    constraint = try fields.decode(String.self, forKey: .constraint)
    constraintKind = try fields.decode(String.self, forKey: .constraintKind)
    reason = try fields.decode(String.self, forKey: .reason)
    rowCount = try fields.decode(Int.self, forKey: .rowCount)
    quarantine = try fields.decode(ObjectName.self, forKey: .quarantine)
    database = try fields.decodeIfPresent(String.self, forKey: .database)
    policy = try fields.decodeIfPresent(ViolationPolicy.self, forKey: .policy) ?? .quarantine
  }
}
