/// Which object of a schema is spoken of.
package struct ObjectReference: Hashable, Sendable, CustomStringConvertible {
  package var kind: ObjectKind
  /// The object itself, or the table or materialized view it belongs to.
  package var owner: ObjectName
  /// The name inside its owner; `nil` for what stands by itself.
  package var member: String?

  package init(kind: ObjectKind, _ owner: ObjectName, member: String? = nil) {
    self.kind = kind
    self.owner = owner
    self.member = member
  }

  /// As people read it: `public.tasks.due_date`; not quoted, so not for SQL.
  package var path: String {
    member.map { "\(owner).\($0)" } ?? owner.description
  }

  /// The kind and the path: `column public.tasks.due_date`.
  package var description: String { kind == .database ? "the database" : "\(kind.label) \(path)" }
}

extension ObjectReference: Comparable {
  /// By owner; the owner itself before what belongs to it; then by kind and name.
  package static func < (left: ObjectReference, right: ObjectReference) -> Bool {
    if left.owner != right.owner { return left.owner < right.owner }
    if (left.member == nil) != (right.member == nil) { return left.member == nil }
    if left.kind != right.kind { return left.kind.rank < right.kind.rank }
    return (left.member ?? "") < (right.member ?? "")
  }
}

extension ObjectReference: FacetRepresentable {
  package var facetValue: FacetValue {
    .record(["kind": .text(kind.rawValue), "owner": owner.facetValue, "member": member.facetValue])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      kind: try ObjectKind(facetValue: facetValue["kind"]), try ObjectName(facetValue: facetValue["owner"]),
      member: try String?(facetValue: facetValue["member"]))
  }

  package var facetDescription: String { description }
}
