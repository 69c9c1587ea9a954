/// What a statement on a table or view is rewritten to.
package struct RewriteRule: SchemaObject {
  /// From `pg_rewrite.ev_type`; the rule that makes a view is the view.
  package enum Event: String, Hashable, Sendable, FacetRepresentable {
    case select
    case insert
    case update
    case delete
  }

  package var name: String
  package var event = Event.insert
  /// From `pg_rewrite.is_instead`.
  package var isInstead = false
  /// The condition after `WHERE`, from `pg_get_ruledef`.
  package var condition: String?
  /// What stands after `DO`, from `pg_get_ruledef`.
  package var actions = "NOTHING"
  package var firing = Firing.enabled
  package var comment: Comment?

  package var kind: ObjectKind { .rule }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<RewriteRule>] = [
    Facet("event", .breaksApplication, \.event),
    Facet("instead", .breaksApplication, \.isInstead),
    Facet("condition", .breaksApplication, \.condition),
    Facet("actions", .breaksApplication, \.actions),
    Facet("fires", .breaksApplication, \.firing),
    Facet("comment", .cosmetic, \.comment),
  ]
}
