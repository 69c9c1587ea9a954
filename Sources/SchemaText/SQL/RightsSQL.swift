import SchemaModel

/// Owners and grants as SQL.
enum RightsSQL {
  /// `ALTER … OWNER TO` and the grants as one paragraph, or none when everything is as a new object has it.
  ///
  /// - Parameters:
  ///   - target: the object with its kind, such as `TABLE public.users`.
  ///   - grantTarget: how `GRANT` calls it, where that differs.
  ///   - isOpen: whether everybody has a privilege on a new object of this kind, as on functions and types.
  static func paragraph(
    _ rights: AccessRights, on target: String, grantTarget: String? = nil, isOpen: Bool = false
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    var statements: [String] = []
    if let owner = rights.owner { statements.append("ALTER \(target) OWNER TO \(dialect.role(owner));") }
    if let privileges = rights.privileges {
      statements += grants(
        privileges, on: grantTarget ?? target, owner: rights.owner.map(dialect.role), isOpen: isOpen)
    }
    return CommentSQL.paragraph(statements)
  }

  /// Grants on single columns, as one paragraph or none.
  ///
  /// - Parameter columns: the grants by column.
  static func columns(_ columns: [(name: String, grants: [Grant])], of relation: ObjectName) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return CommentSQL.paragraph(
      columns.flatMap { column in
        column.grants.flatMap { grant in
          statements(
            for: grant, on: "TABLE \(dialect.name(relation))", to: name(of: grant.grantee, owner: nil),
            column: column.name)
        }
      })
  }

  static func grants(
    _ grants: [Grant], on target: String, owner: String?, isOpen: Bool
  ) -> [String] {
    var statements: [String] = []
    let ownerHasAll = grants.contains {
      $0.grantee == .owner && $0.privileges == [Grant.all] && $0.grantable.isEmpty
    }
    if isOpen { statements.append("REVOKE ALL ON \(target) FROM PUBLIC;") }
    if !ownerHasAll { statements.append("REVOKE ALL ON \(target) FROM \(name(of: .owner, owner: owner));") }
    for grant in grants where !(grant.grantee == .owner && ownerHasAll) {
      statements += self.statements(for: grant, on: target, to: name(of: grant.grantee, owner: owner))
    }
    return statements
  }

  static func statements(
    for grant: Grant, on target: String, to grantee: String, column: String? = nil
  ) -> [String] {
    let plain =
      grant.grantable == [Grant.all] ? [] : grant.privileges.filter { !grant.grantable.contains($0) }
    let place = column.map { " (\(SQLDialect.postgreSQL.identifier($0)))" } ?? ""
    return [(plain, ""), (grant.grantable, " WITH GRANT OPTION")].compactMap { privileges, option in
      guard !privileges.isEmpty else { return nil }
      let words = privileges.map { $0 + place }.joined(separator: ", ")
      return "GRANT \(words) ON \(target) TO \(grantee)\(option);"
    }
  }

  static func name(of grantee: Grant.Grantee, owner: String?) -> String {
    switch grantee {
    case .owner: owner ?? "CURRENT_USER"
    case .everyone: "PUBLIC"
    case .role(let role): SQLDialect.postgreSQL.role(role)
    }
  }
}

extension SQLDialect {
  /// A role's name; `public` and `none` are words of GRANT unless quoted.
  package func role(_ name: String) -> String {
    ["public", "none"].contains(name) ? "\"\(name)\"" : identifier(name)
  }
}
