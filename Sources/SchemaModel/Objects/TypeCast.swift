/// A way from one type to another.
///
/// It is called by its types, as SQL writes them: `app.mood AS integer`.
package struct TypeCast: SchemaObject {
  /// Where it is applied without being asked for, from `pg_cast.castcontext`.
  package enum Context: String, Hashable, Sendable, FacetRepresentable {
    case explicit
    case assignment
    case implicit
  }

  package var name: ObjectName
  /// As SQL writes it: `WITH FUNCTION app.f(app.mood)`, `WITH INOUT` or `WITHOUT FUNCTION`; from
  /// `pg_cast.castmethod` and `castfunc`.
  package var method = ""
  package var context = Context.explicit
  package var comment: Comment?

  package var kind: ObjectKind { .cast }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TypeCast>] = [
    Facet("method", .breaksApplication, \.method),
    Facet("context", .breaksApplication, \.context),
    Facet("comment", .cosmetic, \.comment),
  ]
}
