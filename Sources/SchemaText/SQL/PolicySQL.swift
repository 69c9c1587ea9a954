import SchemaModel

/// Row security as SQL.
enum PolicySQL {
  /// The statements that switch it on, as one paragraph or none.
  static func switches(of table: Table) -> [String] {
    let name = SQLDialect.postgreSQL.name(table.name)
    let enable = table.hasRowSecurity ? ["ALTER TABLE \(name) ENABLE ROW LEVEL SECURITY;"] : []
    let force = table.forcesRowSecurity ? ["ALTER TABLE ONLY \(name) FORCE ROW LEVEL SECURITY;"] : []
    return CommentSQL.paragraph(enable + force)
  }

  static func paragraphs(_ policy: Policy, on table: ObjectName) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.identifier(policy.name)
    var words = ["CREATE POLICY \(name) ON \(dialect.name(table))"]
    if !policy.isPermissive { words.append("AS RESTRICTIVE") }
    if policy.command != "ALL" { words.append("FOR \(policy.command)") }
    if policy.roles != [.everyone] {
      words.append("TO " + policy.roles.map { RightsSQL.name(of: $0, owner: nil) }.joined(separator: ", "))
    }
    if let using = policy.using { words.append("\n  USING (\(using))") }
    if let check = policy.check { words.append("\n  WITH CHECK (\(check))") }
    return [words.joined(separator: " ").replacing(" \n", with: "\n") + ";"]
      + CommentSQL.statement(on: "POLICY \(name) ON \(dialect.name(table))", policy.comment)
  }
}
