/// A foreign data wrapper: functions through which data elsewhere looks like tables.
package struct ForeignDataWrapper: OwnedObject {
  /// From `pg_foreign_data_wrapper.fdwname`; it has no schema.
  package var name: ObjectName
  /// Qualified (`fdwhandler`); without one nothing can be read.
  package var handler: String?
  /// Qualified (`fdwvalidator`).
  package var validator: String?
  /// `name=value`, sorted.
  package var options: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .foreignDataWrapper }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ForeignDataWrapper>] =
    [
      Facet("handler", .breaksApplication, \.handler),
      Facet("validator", .breaksApplication, \.validator),
      Facet("options", .breaksApplication, \.options),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
