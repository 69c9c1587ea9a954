/// How many backups are kept: one is kept when any of the counts keeps it and it is not older than the greatest age.
package struct RetentionRules: Hashable, Sendable {
  /// The newest ones, so many.
  package var last: Int?
  /// Of each of so many days that have any, the newest; days are counted in UTC.
  package var daily: Int?
  /// The same by weeks, which begin on Monday.
  package var weekly: Int?
  package var monthly: Int?
  /// What is older is kept by no count; without any count, everything younger is kept.
  package var greatestAge: Duration?

  package init() {}

  /// Whether they say anything.
  package var saysNothing: Bool { self == RetentionRules() }
}
