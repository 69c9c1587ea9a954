import SchemaModel

extension ViolationQuery {
  /// The rows that an exclusion constraint does not allow beside a row before them (PostgreSQL only).
  ///
  /// What is left without them meets the constraint. Where a row conflicts only with one that is itself
  /// among them, it could stay: ``SetAsideSQL`` lets it.
  package static func exclusion(
    _ exclusion: ExclusionConstraint, of table: Table, alone: Bool = false
  ) -> ViolationQuery {
    let dialect = SQLDialect.postgreSQL
    let words = zip(exclusion.keys, exclusion.operators).map { key, sign in "\(key.words) \(bare(sign))" }
    let scope = exclusion.predicate.map { " among the rows where \(dialect.parenthesised($0))" } ?? ""
    let search = ConflictSearch(
      exclusion.keys, exclusion.operators, method: exclusion.method, predicate: exclusion.predicate,
      in: table,
      alone)
    var query = ViolationQuery(
      of: table, kind: .exclusionConstraint, name: exclusion.name, predicate: search.predicate,
      reason: "another row conflicts with it by (\(words.joined(separator: ", ")))\(scope)",
      columns: IndexKey.columns(exclusion.keys, of: table, in: dialect), alone: alone, in: dialect)
    query.conflicts = search
    return query
  }

  /// The rows whose key is another's while their periods overlap, and those of an empty period: what a key
  /// `WITHOUT OVERLAPS` does not allow (PostgreSQL 18).
  static func temporalKey(_ key: KeyConstraint, of table: Table, alone: Bool) -> ViolationQuery {
    let dialect = SQLDialect.postgreSQL
    let keys = key.columns.map { IndexKey(.column($0)) }
    let signs = key.columns.dropLast().map { _ in "OPERATOR(pg_catalog.=)" } + ["OPERATOR(pg_catalog.&&)"]
    let period = key.columns.last ?? ""
    let search = ConflictSearch(
      keys, signs, method: "gist", impossible: "pg_catalog.isempty(r.\(dialect.identifier(period)))",
      in: table,
      alone)
    var query = ViolationQuery(
      of: table, kind: key.kind, name: key.name, predicate: search.predicate,
      reason:
        "another row has the same \(IndexKey.list(Array(key.columns.dropLast()))) in a \(period) that overlaps, "
        + "or its \(period) is empty",
      columns: key.columns, alone: alone, in: dialect)
    query.conflicts = search
    return query
  }

  /// `&&` of `OPERATOR(pg_catalog.&&)`.
  private static func bare(_ sign: String) -> String {
    guard sign.hasPrefix("OPERATOR("), sign.hasSuffix(")") else { return sign }
    let name = sign.dropFirst("OPERATOR(".count).dropLast()
    return String(name.split(separator: ".").last ?? name)
  }
}
