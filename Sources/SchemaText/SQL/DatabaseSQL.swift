import SchemaModel

/// What is set for the database as a whole, as SQL that works whatever the database is called.
package enum DatabaseSQL {
  /// One paragraph, or none when nothing is set.
  ///
  package static func paragraphs(_ properties: DatabaseProperties) -> [String] {
    var statements: [String] = []
    if properties.connectionLimit != -1 {
      statements.append("ALTER DATABASE %1$I CONNECTION LIMIT \(properties.connectionLimit)")
    }
    for (name, value) in properties.settings.sorted(by: { $0.key < $1.key }) {
      statements.append("ALTER DATABASE %1$I SET \(assignment(name, value))")
    }
    for (role, settings) in properties.roleSettings.sorted(by: { $0.key < $1.key }) {
      for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
        let role = escaped(SQLDialect.postgreSQL.role(role))
        statements.append("ALTER ROLE \(role) IN DATABASE %1$I SET \(assignment(name, value))")
      }
    }
    if let privileges = properties.privileges {
      statements += RightsSQL.grants(privileges, on: "DATABASE \u{1}", owner: nil, isOpen: true).map {
        escaped(String($0.dropLast())).replacing("\u{1}", with: "%1$I")
      }
    }
    if let comment = properties.comment {
      statements.append("COMMENT ON DATABASE %1$I IS \(escaped(SQLDialect.postgreSQL.literal(comment.text)))")
    }
    return block(statements)
  }

  /// What makes one fact of the database another, as one paragraph or none.
  static func changes(
    of fact: String, from found: DatabaseProperties, to expected: DatabaseProperties
  ) -> [String] {
    switch fact {
    case "settings":
      return block(
        OptionChange.settings(from: found.settings, to: expected.settings).map {
          "ALTER DATABASE %1$I \(escaped($0))"
        })
    case "role settings":
      let roles = Set(found.roleSettings.keys).union(expected.roleSettings.keys).sorted()
      return block(
        roles.flatMap { role in
          OptionChange.settings(from: found.roleSettings[role] ?? [:], to: expected.roleSettings[role] ?? [:])
            .map {
              "ALTER ROLE \(escaped(SQLDialect.postgreSQL.role(role))) IN DATABASE %1$I \(escaped($0))"
            }
        })
    case "connection limit":
      return block(["ALTER DATABASE %1$I CONNECTION LIMIT \(expected.connectionLimit)"])
    case "privileges":
      let change = RightsChange(
        noun: "DATABASE \u{1}", everyone: ["CONNECT", "TEMPORARY"], owner: "CURRENT_USER")
      return block(
        change.statements(from: found.privileges, to: expected.privileges).map {
          escaped($0).replacing("\u{1}", with: "%1$I")
        })
    case _: return []
    }
  }

  /// Statements in which `%1$I` is the database.
  static func block(_ statements: [String]) -> [String] {
    guard !statements.isEmpty else { return [] }
    let lines = statements.map {
      "  EXECUTE format(\(SQLDialect.postgreSQL.literal($0)), current_database());\n"
    }
    return ["DO $plumb$ BEGIN\n\(lines.joined())END $plumb$;"]
  }

  private static func assignment(_ name: String, _ value: String) -> String {
    escaped(SettingSQL.assignment(name, value))
  }

  /// For `format`, to which a percent sign is a word of its own.
  private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }
}

/// Default privileges and security labels as SQL.
enum DefaultPrivilegesSQL {
  static func paragraphs(_ item: DefaultPrivileges) -> [String] {
    let maker = RightsSQL.name(of: item.maker, owner: nil)
    let head = head(of: item)
    let isOpen = item.objects == "FUNCTIONS" || item.objects == "TYPES"
    // For one schema the list is what is granted beside the usual, so there is nothing to take away.
    let statements =
      item.name.schema == nil
      ? RightsSQL.grants(item.privileges, on: item.objects, owner: maker, isOpen: isOpen)
      : item.privileges.flatMap {
        RightsSQL.statements(for: $0, on: item.objects, to: RightsSQL.name(of: $0.grantee, owner: maker))
      }
    return CommentSQL.paragraph(statements.map { head + $0 })
  }

  /// What stands before the `GRANT` or `REVOKE`.
  static func head(of item: DefaultPrivileges) -> String {
    let place = item.name.schema.map { " IN SCHEMA \(SQLDialect.postgreSQL.identifier($0))" } ?? ""
    return "ALTER DEFAULT PRIVILEGES FOR ROLE \(RightsSQL.name(of: item.maker, owner: nil))\(place) "
  }

  static func paragraphs(_ label: SecurityLabel) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return [
      "SECURITY LABEL FOR \(dialect.identifier(label.provider)) ON \(label.objectType.uppercased()) \(label.object)"
        + " IS \(dialect.literal(label.label));"
    ]
  }
}
