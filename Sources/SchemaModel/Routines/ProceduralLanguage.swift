/// A language that functions are written in, and no extension brought.
package struct ProceduralLanguage: OwnedObject {
  /// From `pg_language.lanname`; languages have no schema.
  package var name: ObjectName
  /// Whether everybody may write functions in it (`pg_language.lanpltrusted`).
  package var isTrusted = false
  /// Calls functions, qualified, from `pg_language.lanplcallfoid`.
  package var handler: String?
  /// Runs `DO` blocks, qualified, from `pg_language.laninline`.
  package var inlineHandler: String?
  /// Checks new functions, qualified, from `pg_language.lanvalidator`.
  package var validator: String?
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .language }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ProceduralLanguage>] =
    [
      Facet("trusted", .security, \.isTrusted),
      Facet("handler", .breaksApplication, \.handler),
      Facet("inline handler", .breaksApplication, \.inlineHandler),
      Facet("validator", .breaksApplication, \.validator),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
