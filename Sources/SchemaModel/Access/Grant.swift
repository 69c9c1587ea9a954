/// What one grantee may do with an object, from an access list such as `pg_class.relacl`.
///
/// Who granted it, and in which order, is no part of it.
package struct Grant: Hashable, Sendable {
  /// Who may.
  package enum Grantee: Hashable, Sendable, Comparable {
    /// The object's owner, whatever the role is called.
    case owner
    /// `PUBLIC`: every role there is or will be.
    case everyone
    case role(String)
  }

  package var grantee: Grantee
  /// The privileges in the server's words (`SELECT`), sorted; ``all`` alone for all that the kind has.
  package var privileges: [String]
  /// Those it may hand on (`WITH GRANT OPTION`), likewise.
  package var grantable: [String]

  /// Stands for all privileges of the kind of object: a newer server may know more of them.
  package static let all = "ALL"

  package init(to grantee: Grantee, _ privileges: [String], grantable: [String] = []) {
    self.grantee = grantee
    self.privileges = privileges
    self.grantable = grantable
  }
}

extension Grant.Grantee: CustomStringConvertible {
  package var description: String {
    switch self {
    case .owner: "the owner"
    case .everyone: "PUBLIC"
    case .role(let name): name
    }
  }
}

extension Grant.Grantee: FacetRepresentable {
  package var facetValue: FacetValue {
    switch self {
    case .owner: .record(["owner": .flag(true)])
    case .everyone: .record(["everyone": .flag(true)])
    case .role(let name): .text(name)
    }
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    switch facetValue {
    case .text(let name): self = .role(name)
    case .record(["owner": .flag(true)]): self = .owner
    case .record(["everyone": .flag(true)]): self = .everyone
    case .absent, .flag, .number, .list, .record:
      throw FacetMismatch(expected: "a role, the owner or everyone", found: facetValue)
    }
  }
}

extension Grant: FacetRepresentable {
  package var facetValue: FacetValue {
    .record([
      "to": grantee.facetValue, "privileges": privileges.facetValue, "grantable": grantable.facetValue,
    ])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      to: try Grantee(facetValue: facetValue["to"]), try [String](facetValue: facetValue["privileges"]),
      grantable: try [String](facetValue: facetValue["grantable"]))
  }

  package var facetDescription: String {
    let words = privileges.map { grantable.contains($0) ? "\($0) with grant option" : $0 }
    return "\(grantee) may \(words.joined(separator: ", "))"
  }
}
