/// A subscription: what this database takes from another one's publications.
///
/// How it connects (`pg_subscription.subconninfo`) holds a password and is never read. Whether it is enabled is
/// not a fact either: a database built from a blueprint must not begin to take rows.
package struct Subscription: OwnedObject {
  /// From `pg_subscription.subname`; it has no schema.
  package var name: ObjectName
  /// The publications it asks for, sorted.
  package var publications: [String] = []
  /// The replication slot on the publisher; `nil` when it has none.
  package var slot: String?
  /// `name=value` of what is not the server's own choice (`binary`, `streaming`, `origin`…), sorted.
  package var options: [String] = []
  /// The owner; a subscription has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .subscription }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Subscription>] = [
    Facet("publications", .breaksApplication, \.publications),
    Facet("slot", .breaksApplication, \.slot),
    Facet("options", .breaksApplication, \.options),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
