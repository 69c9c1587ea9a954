/// What a database does by itself when its structure changes.
package struct EventTrigger: OwnedObject {
  /// From `pg_event_trigger.evtname`; event triggers have no schema.
  package var name: ObjectName
  /// From `pg_event_trigger.evtevent`.
  package var event = ""
  /// The commands it is for, from `pg_event_trigger.evttags`; empty for any.
  package var tags: [String] = []
  /// What it calls, qualified, from `pg_event_trigger.evtfoid`.
  package var function = ""
  package var firing = Firing.enabled
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .eventTrigger }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<EventTrigger>] = [
    Facet("event", .breaksApplication, \.event),
    Facet("tags", .breaksApplication, \.tags, comparedAs: SettledOptions.ordered),
    Facet("function", .breaksApplication, \.function),
    Facet("fires", .security, \.firing),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
