import SchemaModel

/// PostgreSQL's ways to data elsewhere as SQL.
enum ForeignSQL {
  /// The paragraphs of a foreign data wrapper.
  static func paragraphs(_ wrapper: ForeignDataWrapper) -> [String] {
    let name = SQLDialect.postgreSQL.name(wrapper.name)
    var words = ["CREATE FOREIGN DATA WRAPPER \(name)"]
    if let handler = wrapper.handler { words.append("HANDLER \(handler)") }
    if let validator = wrapper.validator { words.append("VALIDATOR \(validator)") }
    words += options(wrapper.options)
    let target = "FOREIGN DATA WRAPPER \(name)"
    return [words.joined(separator: " ") + ";"] + CommentSQL.statement(on: target, wrapper.comment)
      + RightsSQL.paragraph(wrapper.rights, on: target)
  }

  /// The paragraphs of a foreign server.
  static func paragraphs(_ server: ForeignServer) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(server.name)
    var words = ["CREATE SERVER \(name)"]
    if let type = server.type { words.append("TYPE \(dialect.literal(type))") }
    if let version = server.version { words.append("VERSION \(dialect.literal(version))") }
    words.append("FOREIGN DATA WRAPPER \(dialect.identifier(server.wrapper))")
    words += options(server.options)
    return [words.joined(separator: " ") + ";"] + CommentSQL.statement(on: "SERVER \(name)", server.comment)
      + RightsSQL.paragraph(server.rights, on: "SERVER \(name)", grantTarget: "FOREIGN SERVER \(name)")
  }

  /// The paragraph of a user mapping; the values of its secret options are to be set by hand.
  static func paragraphs(_ mapping: UserMapping) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let role = mapping.role == "public" ? "PUBLIC" : dialect.role(mapping.role)
    let words =
      ["CREATE USER MAPPING FOR \(role) SERVER \(dialect.identifier(mapping.server))"]
      + options(mapping.options)
    return [words.joined(separator: " ") + ";"]
  }

  /// `OPTIONS (name 'value', …)` of options held as `name=value`, or nothing when there are none.
  static func options(_ options: [String]) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let list = options.map { option in
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      return "\(dialect.identifier(parts[0])) \(dialect.literal(parts.count > 1 ? parts[1] : ""))"
    }
    return list.isEmpty ? [] : ["OPTIONS (\(list.joined(separator: ", ")))"]
  }
}
