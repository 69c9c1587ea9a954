/// A subscription: what this database takes from another one's publications.
///
/// A database that is built from a blueprint does not begin to take rows: its subscriptions are disabled.
package struct Subscription: OwnedObject {
  /// From `pg_subscription.subname`; it has no schema.
  package var name: ObjectName
  /// The publications it asks for, sorted.
  package var publications: [String] = []
  /// How it reaches the publisher: `keyword=value` of libpq, of a secret only `keyword=`, sorted
  /// (`pg_subscription.subconninfo`); `nil` where the reader may not see it.
  package var connection: [String]?
  /// Whether it takes rows (`pg_subscription.subenabled`); `nil` where a text does not say.
  package var isEnabled: Bool?
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
    Facet("connection", .breaksApplication, \.connection),
    Facet("enabled", .breaksApplication, \.isEnabled, isBuiltByText: false),
    Facet("slot", .breaksApplication, \.slot),
    Facet("options", .breaksApplication, \.options),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}

extension Schema {
  /// Leaves open whether subscriptions take rows, in what was made of a text that enables none: dumps and
  /// blueprints make all of them disabled.
  package mutating func forgetDisabledSubscriptions() {
    guard !subscriptions.contains(where: { $0.isEnabled == true }) else { return }
    for place in subscriptions.indices { subscriptions[place].isEnabled = nil }
  }
}
