/// A foreign server: where a foreign data wrapper finds data.
package struct ForeignServer: OwnedObject {
  /// From `pg_foreign_server.srvname`; it has no schema.
  package var name: ObjectName
  package var wrapper = ""
  /// `pg_foreign_server.srvtype`.
  package var type: String?
  /// `pg_foreign_server.srvversion`.
  package var version: String?
  /// `name=value`, sorted; of an option that may be a secret only the name, ``ForeignOption``.
  package var options: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .foreignServer }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ForeignServer>] =
    [
      Facet("wrapper", .breaksApplication, \.wrapper),
      Facet("type", .breaksApplication, \.type),
      Facet("version", .breaksApplication, \.version),
      Facet("options", .breaksApplication, \.options),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}

/// What may be told of an option of a foreign server, table or user mapping.
package enum ForeignOption {
  /// The option as it is kept and shown: `name=value`, or only `name=` when the value may be a secret.
  package static func shown(_ option: String) -> String {
    let name = option.prefix { $0 != "=" }
    return isSecret(String(name)) ? "\(name)=" : option
  }

  /// Whether an option of that name may hold what nobody else is to know.
  package static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return !settings.contains(name) && secretWords.contains { name.contains($0) }
  }

  /// Whether a kept option is a secret: its name, and nothing behind it.
  package static func isWithheld(_ option: String) -> Bool {
    option.hasSuffix("=") && isSecret(String(option.dropLast()))
  }

  /// What names of such options contain.
  private static let secretWords = ["pass", "secret", "token", "key", "credential", "auth"]

  /// Options that speak of secrets and hold none.
  static let settings = [
    "password_required", "use_scram_passthrough", "passfile", "sslkey", "ssl_key", "require_auth",
    "primary_key",
  ]
}
