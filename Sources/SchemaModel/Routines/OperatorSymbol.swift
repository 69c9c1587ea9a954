/// An operator: a symbol between or before values that calls a function.
///
/// Its name ends in the types of its operands: `+(integer, integer)`, `-(NONE, integer)`.
package struct OperatorSymbol: OwnedObject {
  package var name: ObjectName
  /// From `pg_operator.oprleft`; `nil` for one that stands before its operand.
  package var leftType: String?
  /// From `pg_operator.oprright`.
  package var rightType = ""
  /// Qualified, from `pg_operator.oprcode`.
  package var function = ""
  /// `OPERATOR(app.<)`, from `pg_operator.oprcom`.
  package var commutator: String?
  /// `OPERATOR(app.>=)`, from `pg_operator.oprnegate`.
  package var negator: String?
  /// Qualified, from `pg_operator.oprrest`.
  package var restrictionEstimator: String?
  /// Qualified, from `pg_operator.oprjoin`.
  package var joinEstimator: String?
  /// Whether it can join by hashes (`pg_operator.oprcanhash`).
  package var hashes = false
  /// Whether it can join by merging (`pg_operator.oprcanmerge`).
  package var merges = false
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .operator }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<OperatorSymbol>] = [
    Facet("left type", .breaksApplication, \.leftType),
    Facet("right type", .breaksApplication, \.rightType),
    Facet("function", .breaksApplication, \.function),
    Facet("commutator", .performance, \.commutator),
    Facet("negator", .performance, \.negator),
    Facet("restriction estimator", .performance, \.restrictionEstimator),
    Facet("join estimator", .performance, \.joinEstimator),
    Facet("hashes", .performance, \.hashes),
    Facet("merges", .performance, \.merges),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]

  /// The symbol without the types behind it (`pg_operator.oprname`), which never holds a parenthesis.
  package var symbol: String { String(name.name.prefix { $0 != "(" }) }
}
