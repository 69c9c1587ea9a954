/// A constraint as policies see it: what it may be called, what a comment says of it, what cannot be done.
package struct PolicySubject: Hashable, Sendable {
  /// A tag in a comment: `@orphans quarantine legacy rows from the 2019 import`.
  package struct Tag: Hashable, Sendable {
    package var policy: ViolationPolicy
    /// Whose comment it is, for people: `table public.orders`.
    package var place: String

    package init(_ policy: ViolationPolicy, at place: String) {
      self.policy = policy
      self.place = place
    }
  }

  package var constraint: ConstraintReference
  /// What names exactly this constraint: `public.orders.orders_fkey`, `orders.orders_fkey`, `orders_fkey`.
  package var names: [String]
  /// What names it among others: its table, its domain.
  package var groups: [String]
  package var tag: Tag?
  /// The policies that cannot be followed here, each with why.
  package var impossible: [ViolationPolicy: String]

  package init(
    _ constraint: ConstraintReference, names: [String], groups: [String], tag: Tag? = nil,
    impossible: [ViolationPolicy: String] = [:]
  ) {
    self.constraint = constraint
    self.names = names
    self.groups = groups
    self.tag = tag
    self.impossible = impossible
  }
}
