import SchemaModel

/// Rights on what PostgreSQL or an extension brought, as SQL.
enum ChangedPrivilegesSQL {
  static func paragraphs(_ item: ChangedPrivileges) -> [String] { CommentSQL.paragraph(statements(item)) }

  /// What was revoked, then what was granted.
  static func statements(_ item: ChangedPrivileges) -> [String] {
    item.revoked.flatMap { revocations(of: $0, on: item, onlyOption: true) }
      + item.granted.flatMap { grants($0, on: item) }
  }

  /// What makes the rights again those that were brought.
  static func takingBack(_ item: ChangedPrivileges) -> [String] {
    item.granted.flatMap { revocations(of: $0, on: item, onlyOption: false) }
      + item.revoked.flatMap { grants($0, on: item) }
  }

  private static func grants(_ grant: Grant, on item: ChangedPrivileges) -> [String] {
    RightsSQL.statements(
      for: grant, on: target(of: item), to: RightsSQL.name(of: grant.grantee, owner: nil), column: item.column
    )
  }

  /// - Parameter onlyOption: whether of what could be handed on only that is taken away.
  private static func revocations(
    of grant: Grant, on item: ChangedPrivileges, onlyOption: Bool
  ) -> [String] {
    let grantee = RightsSQL.name(of: grant.grantee, owner: nil)
    let place = item.column.map { " (\(SQLDialect.postgreSQL.identifier($0)))" } ?? ""
    let whole = onlyOption ? grant.privileges.filter { !grant.grantable.contains($0) } : grant.privileges
    let options = onlyOption ? grant.grantable : []
    return [("REVOKE ", whole), ("REVOKE GRANT OPTION FOR ", options)].compactMap { verb, privileges in
      guard !privileges.isEmpty else { return nil }
      let words = privileges.map { $0 + place }.joined(separator: ", ")
      return "\(verb)\(words) ON \(target(of: item)) FROM \(grantee);"
    }
  }

  private static func target(of item: ChangedPrivileges) -> String {
    "\(item.objectType.uppercased()) \(item.object)"
  }
}
