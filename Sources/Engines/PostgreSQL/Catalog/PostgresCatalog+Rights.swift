import SchemaModel

extension PostgresCatalog {
  /// An expression: the role that owns an object, NULL when it is the database's owner.
  ///
  /// - Parameter owner: the catalog's column, such as `c.relowner`.
  static func owner(_ owner: String) -> String {
    """
    CASE WHEN \(owner) <> (SELECT datdba FROM pg_database WHERE datname = current_database()) \
    THEN pg_get_userbyid(\(owner)) END
    """
  }

  /// An expression: an access list in a form that ``privileges(_:)`` reads.
  ///
  /// NULL when it is what a new object of the kind has, spelled out or not. What was granted and revoked again
  /// leaves a list that says the same in words.
  ///
  /// - Parameters:
  ///   - acl: the catalog's column, such as `c.relacl`.
  ///   - kind: an expression for the letter that `acldefault` knows the kind of object by.
  ///   - usual: another list that counts as that of a new object, as `pg_init_privs.initprivs` does.
  static func privileges(_ acl: String, kind: String, owner: String, usual: String? = nil) -> String {
    let usual = usual ?? "acldefault(\(kind), \(owner))"
    return """
      CASE WHEN \(acl) IS NOT NULL AND (\(acl) @> \(usual) AND \(acl) <@ \(usual)) IS NOT TRUE THEN
        (SELECT count(*) FROM aclexplode(acldefault(\(kind), \(owner))) mine WHERE mine.grantee = \(owner))
          || array_to_string(ARRAY(
            SELECT E'\\x01' || CASE item.grantee WHEN \(owner) THEN 'o' WHEN 0 THEN 'p'
                ELSE 'r' || pg_get_userbyid(item.grantee) END
              || E'\\x02' || item.privilege_type || E'\\x02' || bool_or(item.is_grantable)
            FROM aclexplode(\(acl)) item GROUP BY item.grantee, item.privilege_type ORDER BY 1), '')
      END
      """
  }

  /// An expression: the grants on a column, in the same form; NULL when there are none.
  static func columnPrivileges(_ acl: String, owner: String) -> String {
    "CASE WHEN cardinality(\(acl)) > 0 THEN \(privileges(acl, kind: "'c'", owner: owner)) END"
  }
}

extension PostgresResult.Row {
  /// What ``PostgresCatalog/privileges(_:kind:owner:usual:)`` gives; `nil` for NULL.
  func grants(_ column: Int) -> [Grant]? {
    guard let text = optional(column) else { return nil }
    let parts = text.split(separator: PostgresResult.separator, omittingEmptySubsequences: false)
    let all = parts.first.flatMap { Int($0) } ?? 0
    var granted: [Grant.Grantee: [(privilege: String, isGrantable: Bool)]] = [:]
    for part in parts.dropFirst() {
      let words = part.split(separator: "\u{2}", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 3 else { continue }
      granted[Self.grantee(words[0]), default: []].append((words[1], words[2] == "true"))
    }
    return granted.sorted { $0.key < $1.key }.map { grantee, items in
      Grant(
        to: grantee, Self.folded(items.map(\.privilege), all: all),
        grantable: Self.folded(items.filter(\.isGrantable).map(\.privilege), all: all))
    }
  }

  /// Owner and access list of a kind of object, from two columns that stand one behind the other.
  func rights(_ column: Int) -> AccessRights {
    AccessRights(owner: optional(column), privileges: grants(column + 1))
  }

  private static func grantee(_ word: String) -> Grant.Grantee {
    switch word.first {
    case "o": .owner
    case "p": .everyone
    case _: .role(String(word.dropFirst()))
    }
  }

  private static func folded(_ privileges: [String], all: Int) -> [String] {
    all > 0 && privileges.count == all ? [Grant.all] : privileges.sorted()
  }
}
