import SchemaModel

/// PostgreSQL's statistics objects as SQL.
enum StatisticsSQL {
  /// The kinds that are gathered when none is named.
  private static let usualKinds = ["dependencies", "mcv", "ndistinct"]

  /// The paragraphs of a statistics object.
  static func paragraphs(_ object: ExtendedStatistics) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(object.name)
    let isUsual = object.kinds.isEmpty || object.kinds == usualKinds
    let kinds = isUsual ? "" : " (\(object.kinds.joined(separator: ", ")))"
    let subjects = object.columns.map(dialect.identifier) + object.expressions.map(dialect.parenthesised)
    let target = object.target.map { ["ALTER STATISTICS \(name) SET STATISTICS \($0);"] } ?? []
    return [
      "CREATE STATISTICS \(name)\(kinds) ON \(subjects.joined(separator: ", ")) FROM \(dialect.name(object.table));"
    ] + target + CommentSQL.statement(on: "STATISTICS \(name)", object.comment)
      + RightsSQL.paragraph(object.rights, on: "STATISTICS \(name)")
  }
}
