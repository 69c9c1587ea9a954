/// Operator classes of an access method that work together across types.
///
/// Its name ends in the access method: `numbers USING btree`.
package struct OperatorFamily: OwnedObject {
  package var name: ObjectName
  /// From `pg_am.amname`.
  package var method = ""
  /// What belongs to the family and to none of its classes, as ``OperatorClass/members``.
  package var members: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .operatorFamily }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<OperatorFamily>] = [
    Facet("method", .breaksRestore, \.method),
    Facet("members", .breaksApplication, \.members),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]

  /// The name without the access method behind it, as `pg_opfamily.opfname` holds it.
  package var baseName: String { name.name.before(method: method) }
}

extension String {
  /// A name without ` USING method` behind it.
  func before(method: String) -> String {
    let ending = " USING \(method)"
    return hasSuffix(ending) ? String(dropLast(ending.count)) : self
  }
}
