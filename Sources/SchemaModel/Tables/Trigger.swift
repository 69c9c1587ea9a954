/// What a table or view does by itself when its rows are touched.
package struct Trigger: SchemaObject {
  /// From `pg_trigger.tgtype`.
  package enum Timing: String, Hashable, Sendable, FacetRepresentable {
    case before
    case after
    case insteadOf = "instead of"
  }

  /// From `pg_trigger.tgtype`, in the order in which they are listed.
  package enum Event: String, CaseIterable, Hashable, Sendable, FacetRepresentable {
    case insert
    case update
    case delete
    case truncate
  }

  package var name: String
  package var timing = Timing.after
  package var events: [Event] = []
  /// The columns an update must name, sorted; empty for any.
  package var columns: [String] = []
  /// Once for each row, or once for each statement.
  package var isForEachRow = false
  /// The condition after `WHEN`, from `pg_get_triggerdef`.
  package var condition: String?
  /// What its function calls the rows as they were (`pg_trigger.tgoldtable`).
  package var oldTable: String?
  /// What its function calls the rows as they are (`pg_trigger.tgnewtable`).
  package var newTable: String?
  /// PostgreSQL: what it calls, qualified, from `pg_trigger.tgfoid`.
  package var function: String?
  /// What it hands to the function, from `pg_trigger.tgargs`.
  package var arguments: [String] = []
  /// SQLite: the statements between `BEGIN` and `END`.
  package var body: String?
  /// Whether it is a constraint trigger, which can wait for the end of the transaction.
  package var isConstraint = false
  package var deferrability = Deferrability.notDeferrable
  /// The other table of a constraint trigger (`pg_trigger.tgconstrrelid`).
  package var referencedTable: ObjectName?
  package var firing = Firing.enabled
  /// Extensions with which it goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String] = []
  package var comment: Comment?

  package var kind: ObjectKind { .trigger }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<Trigger>] = [
    Facet("timing", .breaksApplication, \.timing),
    Facet("events", .breaksApplication, \.events),
    Facet("columns", .breaksApplication, \.columns),
    Facet("for each row", .breaksApplication, \.isForEachRow),
    Facet("condition", .breaksApplication, \.condition),
    Facet("old table", .breaksApplication, \.oldTable),
    Facet("new table", .breaksApplication, \.newTable),
    Facet("function", .breaksApplication, \.function),
    Facet("arguments", .breaksApplication, \.arguments),
    Facet("body", .breaksApplication, \.body),
    Facet("constraint", .breaksApplication, \.isConstraint),
    Facet("deferrability", .breaksApplication, \.deferrability),
    Facet("referenced table", .cosmetic, \.referencedTable),
    Facet("fires", .breaksApplication, \.firing),
    Facet("depends on extensions", .breaksApplication, \.extensions),
    Facet("comment", .cosmetic, \.comment),
  ]
}
