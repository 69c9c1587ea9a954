/// What is said of a partition's shares of its partitioned table's foreign keys and triggers.
package struct AttachedRules: Hashable, Sendable {
  /// Which of the triggers that enforce its share of a foreign key fire otherwise than usual, by the share's name and by
  /// ``ForeignKey/TriggerRole``.
  package var foreignKeyTriggers: [String: [String: Firing]] = [:]
  /// By the share's name.
  package var foreignKeyComments: [String: Comment] = [:]
  /// By the trigger's name.
  package var triggerComments: [String: Comment] = [:]

  package init() {}
}

extension AttachedRules {
  /// The facts of a partition's shares.
  static var facets: [Facet<Table>] {
    [
      Facet("attached foreign key triggers", .breaksRestore, \.attachedRules.foreignKeyTriggers),
      Facet("attached foreign key comments", .cosmetic, \.attachedRules.foreignKeyComments),
      Facet("attached trigger comments", .cosmetic, \.attachedRules.triggerComments),
    ]
  }
}
