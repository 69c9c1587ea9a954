import SchemaModel

/// PostgreSQL's publications and subscriptions as SQL.
enum ReplicationSQL {
  /// What a publication publishes when it is not told what.
  private static let usualOperations = ["insert", "update", "delete", "truncate"]

  /// The paragraphs of a publication.
  static func paragraphs(_ publication: Publication) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(publication.name)
    var words = ["CREATE PUBLICATION \(name)"]
    if publication.isOfAllTables {
      words.append("FOR ALL TABLES")
    } else {
      let objects = objects(of: publication)
      if !objects.isEmpty { words.append("FOR " + objects.joined(separator: ", ")) }
    }
    var options: [String] = []
    if publication.operations != usualOperations {
      options.append("publish = \(dialect.literal(publication.operations.joined(separator: ", ")))")
    }
    if publication.isViaRoot { options.append("publish_via_partition_root = true") }
    if publication.includesGeneratedColumns { options.append("publish_generated_columns = stored") }
    if !options.isEmpty { words.append("WITH (\(options.joined(separator: ", ")))") }
    return [words.joined(separator: " ") + ";"]
      + CommentSQL.statement(on: "PUBLICATION \(name)", publication.comment)
      + RightsSQL.paragraph(publication.rights, on: "PUBLICATION \(name)")
  }

  /// The tables and schemas of a publication, as `FOR` lists them.
  static func objects(of publication: Publication) -> [String] {
    // PostgreSQL 14 wants the word TABLE once.
    publication.tables.enumerated().map { ($0 == 0 ? "TABLE " : "") + table($1) }
      + publication.schemas.map { "TABLES IN SCHEMA \(SQLDialect.postgreSQL.identifier($0))" }
  }

  private static func table(_ published: PublishedTable) -> String {
    let dialect = SQLDialect.postgreSQL
    // Children of a table that inherits are listed themselves.
    var words = ["ONLY \(dialect.name(published.table))"]
    if let columns = published.columns { words.append("(\(dialect.identifiers(columns)))") }
    if let filter = published.filter { words.append("WHERE \(dialect.parenthesised(filter))") }
    return words.joined(separator: " ")
  }

  /// The paragraphs of a subscription, which is made disabled; its secrets are to be set by hand.
  static func paragraphs(_ subscription: Subscription) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(subscription.name)
    let publications = subscription.publications.map(dialect.identifier).joined(separator: ", ")
    var options = ["connect = false", "slot_name = \(subscription.slot.map(dialect.literal) ?? "NONE")"]
    // PostgreSQL 18 streams when it is told nothing.
    if !subscription.options.contains(where: { $0.hasPrefix("streaming=") }) {
      options.append("streaming = off")
    }
    options += subscription.options.map { option in
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2 ? "\(parts[0]) = \(dialect.literal(parts[1]))" : option
    }
    return [
      "CREATE SUBSCRIPTION \(name) CONNECTION \(dialect.literal(connection(subscription.connection ?? [])))"
        + " PUBLICATION \(publications) WITH (\(options.joined(separator: ", ")));"
    ] + CommentSQL.statement(on: "SUBSCRIPTION \(name)", subscription.comment)
      + RightsSQL.paragraph(subscription.rights, on: "SUBSCRIPTION \(name)")
  }

  /// The connection string of what is kept as `keyword=value`.
  static func connection(_ parameters: [String]) -> String {
    ConnectionText.pairs(
      parameters.map { parameter in
        let keyword = parameter.prefix { $0 != "=" }
        return (String(keyword), String(parameter.dropFirst(keyword.count + 1)))
      })
  }
}
