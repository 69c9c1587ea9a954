/// A role of the server that this database speaks of: by owner, grant, policy, default privileges, or settings here.
///
/// The database's owner and the roles PostgreSQL brings along are left out, and so are passwords.
package struct Role: SchemaObject {
  /// From `pg_roles.rolname`.
  package var name: ObjectName
  package var canLogIn = false
  package var isSuperuser = false
  /// Whether it has the privileges of the roles it is a member of without asking for them.
  package var inherits = true
  package var canCreateRoles = false
  package var canCreateDatabases = false
  package var canReplicate = false
  package var bypassesRowSecurity = false
  /// From `rolconnlimit`; -1 is none.
  package var connectionLimit = -1
  /// From `rolvaliduntil`, in UTC.
  package var validUntil: String?
  /// The roles it is a member of, from `pg_auth_members`, sorted.
  package var memberOf: [Membership] = []
  /// Its settings in every database, from `pg_db_role_setting`.
  package var settings: [String: String] = [:]
  /// What it may do with the server's settings, in words such as `SET`, by setting (`pg_parameter_acl`, PostgreSQL 15
  /// and later), sorted; with a `*` behind it what it may hand on.
  package var parameterPrivileges: [String: [String]] = [:]
  package var comment: Comment?

  package var kind: ObjectKind { .role }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Role>] = [
    Facet("login", .security, \.canLogIn),
    Facet("superuser", .security, \.isSuperuser),
    Facet("inherit", .security, \.inherits),
    Facet("create role", .security, \.canCreateRoles),
    Facet("create database", .security, \.canCreateDatabases),
    Facet("replication", .security, \.canReplicate),
    Facet("bypass row security", .security, \.bypassesRowSecurity),
    Facet("connection limit", .breaksApplication, \.connectionLimit),
    Facet("valid until", .security, \.validUntil),
    Facet("member of", .security, \.memberOf),
    Facet("settings", .breaksApplication, \.settings),
    Facet("parameter privileges", .security, \.parameterPrivileges),
    Facet("comment", .cosmetic, \.comment),
  ]
}

/// That a role is a member of another.
package struct Membership: Hashable, Sendable, Comparable {
  package var role: String
  /// Whether it may let others in (`admin_option`).
  package var isAdministrator: Bool
  /// Whether it has that role's privileges without asking, where that is not as with ``Role/inherits``
  /// (`inherit_option`, PostgreSQL 16 and later).
  package var inherits: Bool?
  /// Whether it may become that role (`set_option`, PostgreSQL 16 and later).
  package var maySwitch = true

  package init(of role: String, isAdministrator: Bool) {
    self.role = role
    self.isAdministrator = isAdministrator
  }

  package static func < (left: Membership, right: Membership) -> Bool { left.role < right.role }
}

extension Membership: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] = ["role": .text(role), "administrator": .flag(isAdministrator)]
    if let inherits { fields["inherits"] = .flag(inherits) }
    if !maySwitch { fields["switches"] = .flag(false) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      of: try String(facetValue: facetValue["role"]),
      isAdministrator: try Bool(facetValue: facetValue["administrator"]))
    inherits = try Bool?(facetValue: facetValue["inherits"])
    maySwitch = try Bool?(facetValue: facetValue["switches"]) ?? true
  }

  package var facetDescription: String {
    var words = [role]
    if isAdministrator { words.append("with admin option") }
    if let inherits { words.append(inherits ? "inheriting" : "not inheriting") }
    if !maySwitch { words.append("without SET ROLE") }
    return words.joined(separator: " ")
  }
}
