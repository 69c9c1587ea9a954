/// What an access method needs to know of a type in order to build an index over it.
///
/// Its name ends in the access method: `mood_ops USING btree`.
package struct OperatorClass: OwnedObject {
  package var name: ObjectName
  /// From `pg_am.amname`.
  package var method = ""
  /// From `pg_opclass.opcintype`.
  package var type = ""
  /// Whether it is taken when none is named (`pg_opclass.opcdefault`).
  package var isDefault = false
  /// Qualified, from `pg_opclass.opcfamily`.
  package var family = ""
  /// What an index stores, where that is another type, from `pg_opclass.opckeytype`.
  package var storageType: String?
  /// Operators and support functions as SQL lists them, by number: `OPERATOR 1 app.<(app.mood,app.mood)`; from
  /// `pg_amop` and `pg_amproc`.
  package var members: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .operatorClass }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<OperatorClass>] = [
    Facet("method", .breaksRestore, \.method),
    Facet("type", .breaksRestore, \.type),
    Facet("default", .breaksApplication, \.isDefault),
    Facet("family", .breaksApplication, \.family),
    Facet("storage type", .breaksApplication, \.storageType),
    Facet("members", .breaksApplication, \.members),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]

  /// The name without the access method behind it, as `pg_opclass.opcname` holds it.
  package var baseName: String { name.name.before(method: method) }
}
