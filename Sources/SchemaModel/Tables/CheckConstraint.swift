/// A check constraint of a table or a domain.
package struct CheckConstraint: SchemaObject {
  package var name: String
  /// Whether the name was given; SQLite constraints often have none and are called by what they say.
  package var isNamed = true
  /// The condition without the word CHECK, from `pg_get_expr(conbin)` or as SQLite holds it.
  package var expression = ""
  /// Whether the server says that existing rows were checked (`convalidated`): a claim, not evidence.
  package var isValidated = true
  /// Whether partitions and children are exempt (`NO INHERIT`).
  package var isNotInherited = false
  /// Whether it is checked at all (`pg_constraint.conenforced`, PostgreSQL 18 and later).
  package var isEnforced = true
  /// Whether it is there only because a parent table has it (`NOT pg_constraint.conislocal`); never of a partition.
  package var isInherited = false
  package var comment: Comment?

  package var kind: ObjectKind { .checkConstraint }

  package init(named name: String) { self.name = name }

  /// Whether the server says that every row complies: it enforces the constraint, and checked what was there before.
  package var isVouchedFor: Bool { isValidated && isEnforced }

  package static let facets: [Facet<CheckConstraint>] = [
    Facet("named", .cosmetic, \.isNamed),
    Facet("expression", .breaksRestore, \.expression),
    Facet("validated", .breaksRestore, \.isValidated),
    Facet("no inherit", .breaksApplication, \.isNotInherited),
    Facet("enforced", .breaksRestore, \.isEnforced),
    Facet("inherited", .breaksApplication, \.isInherited),
    Facet("comment", .cosmetic, \.comment),
  ]
}

/// A domain's checks are facts of the domain, so a check can itself be a fact.
extension CheckConstraint: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] = ["name": .text(name)]
    for facet in Self.facets { fields[facet.label] = facet.value(self) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(named: try String(facetValue: facetValue["name"]))
    for facet in Self.facets where facetValue[facet.label] != .absent {
      try facet.set(&self, facetValue[facet.label])
    }
  }

  package var facetDescription: String {
    "\(name) (\(expression))" + (isValidated ? "" : " not valid")
      + (comment.map { ", commented '\($0.text)'" } ?? "")
  }
}
