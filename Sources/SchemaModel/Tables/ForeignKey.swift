/// A foreign key: every row's columns are found in the referenced table, or are NULL.
package struct ForeignKey: SchemaObject {
  /// What happens to a row when the row it refers to goes or changes.
  package enum Action: String, Hashable, Sendable, FacetRepresentable {
    case noAction = "no action"
    case restrict
    case cascade
    case setNull = "set null"
    case setDefault = "set default"
  }

  /// How NULLs in a key of several columns count, from `pg_constraint.confmatchtype`.
  package enum Match: String, Hashable, Sendable, FacetRepresentable {
    /// One NULL exempts the row.
    case simple
    /// All columns are NULL, or none is.
    case full
    case partial
  }

  /// What one of the triggers does that enforce a key.
  package enum TriggerRole: String, Hashable, Sendable {
    case checkOnInsert = "check on insert"
    case checkOnUpdate = "check on update"
    /// On the referenced table.
    case actionOnDelete = "action on delete"
    /// On the referenced table.
    case actionOnUpdate = "action on update"
  }

  package var name: String
  /// Whether the name was given; SQLite constraints often have none and are called by what they say.
  package var isNamed = true
  package var columns: [String] = []
  package var referencedTable = ObjectName("")
  /// One for each of `columns`; SQLite's implicit reference to a primary key is spelled out.
  package var referencedColumns: [String] = []
  package var onDelete = Action.noAction
  package var onUpdate = Action.noAction
  /// The columns `onDelete` sets, when not all (`pg_constraint.confdelsetcols`, PostgreSQL 15 and later).
  package var setColumnsOnDelete: [String] = []
  package var match = Match.simple
  package var deferrability = Deferrability.notDeferrable
  /// Whether the server says that existing rows were checked (`convalidated`): a claim, not evidence.
  package var isValidated = true
  /// Whether it is checked at all (`pg_constraint.conenforced`, PostgreSQL 18 and later).
  package var isEnforced = true
  /// Whether the last column's ranges must be covered (`PERIOD`, PostgreSQL 18 and later).
  package var isTemporal = false
  /// Those of its own triggers that do not fire as usual, by ``TriggerRole``: from `pg_trigger.tgenabled`.
  package var triggers: [String: Firing] = [:]
  package var comment: Comment?

  package var kind: ObjectKind { .foreignKey }

  package init(named name: String) { self.name = name }

  /// Whether the server says that every row complies: it enforces the constraint, and checked what was there before.
  package var isVouchedFor: Bool { isValidated && isEnforced }

  package static let facets: [Facet<ForeignKey>] = [
    Facet("named", .cosmetic, \.isNamed),
    Facet("columns", .breaksRestore, \.columns),
    Facet("referenced table", .breaksRestore, \.referencedTable),
    Facet("referenced columns", .breaksRestore, \.referencedColumns),
    Facet("on delete", .breaksApplication, \.onDelete),
    Facet("on update", .breaksApplication, \.onUpdate),
    Facet("columns set on delete", .breaksApplication, \.setColumnsOnDelete),
    Facet("match", .breaksRestore, \.match),
    Facet("deferrability", .breaksApplication, \.deferrability),
    Facet("validated", .breaksRestore, \.isValidated),
    Facet("enforced", .breaksRestore, \.isEnforced),
    Facet("period", .breaksRestore, \.isTemporal),
    Facet("triggers", .breaksRestore, \.triggers),
    Facet("comment", .cosmetic, \.comment),
  ]
}
