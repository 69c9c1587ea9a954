import SchemaModel

extension ViolationQuery {
  /// The rows that an exclusion constraint does not allow beside a row before them (PostgreSQL only).
  ///
  /// What is left without them meets the constraint. Where a row conflicts only with one that is itself
  /// among them, it could have stayed.
  package static func exclusion(
    _ exclusion: ExclusionConstraint, of table: Table, alone: Bool = false
  ) -> ViolationQuery {
    let dialect = SQLDialect.postgreSQL
    let words = zip(exclusion.keys, exclusion.operators).map { key, sign in "\(key.words) \(bare(sign))" }
    let scope = exclusion.predicate.map { " among the rows where \(dialect.parenthesised($0))" } ?? ""
    return ViolationQuery(
      of: table, kind: .exclusionConstraint, name: exclusion.name,
      predicate: conflict(exclusion.keys, exclusion.operators, exclusion.predicate, in: table, alone),
      reason: "another row conflicts with it by (\(words.joined(separator: ", ")))\(scope)",
      columns: IndexKey.columns(exclusion.keys, of: table, in: dialect), alone: alone, in: dialect)
  }

  /// The rows whose key is another's while their periods overlap, and those of an empty period: what a key
  /// `WITHOUT OVERLAPS` does not allow (PostgreSQL 18).
  static func temporalKey(_ key: KeyConstraint, of table: Table, alone: Bool) -> ViolationQuery {
    let dialect = SQLDialect.postgreSQL
    let keys = key.columns.map { IndexKey(.column($0)) }
    let signs = key.columns.dropLast().map { _ in "OPERATOR(pg_catalog.=)" } + ["OPERATOR(pg_catalog.&&)"]
    let period = key.columns.last ?? ""
    return ViolationQuery(
      of: table, kind: key.kind, name: key.name,
      predicate:
        "(\(conflict(keys, signs, nil, in: table, alone)) OR pg_catalog.isempty(r.\(dialect.identifier(period))))",
      reason:
        "another row has the same \(IndexKey.list(Array(key.columns.dropLast()))) in a \(period) that overlaps, "
        + "or its \(period) is empty",
      columns: key.columns, alone: alone, in: dialect)
  }

  /// A condition on `r`: true for a row that conflicts with one before it in every key.
  private static func conflict(
    _ keys: [IndexKey], _ operators: [String], _ predicate: String?, in table: Table, _ alone: Bool
  ) -> String {
    let dialect = SQLDialect.postgreSQL
    let identity = RowIdentity(of: table, in: dialect)
    let values = keys.enumerated().map { place, key in
      "\(key.value(in: dialect)) AS plumb_key\(place + 1)"
    }
    let filter = predicate.map { " WHERE \(dialect.parenthesised($0))" } ?? ""
    let list = ([identity.list()] + values).joined(separator: ", ")
    let keyed = "(SELECT \(list) FROM \(dialect.rows(of: table, alone: alone))\(filter))"
    let conflicts = operators.enumerated().map { place, sign in
      "a.plumb_key\(place + 1) \(sign) b.plumb_key\(place + 1)"
    }
    let isBefore = "\(identity.value(of: "a")) < \(identity.value(of: "b"))"
    let condition = (conflicts + [isBefore]).joined(separator: " AND ")
    let later = "SELECT \(identity.list(of: "b")) FROM \(keyed) AS a JOIN \(keyed) AS b ON \(condition)"
    return "\(identity.value(of: "r")) IN (\(later))"
  }

  /// `&&` of `OPERATOR(pg_catalog.&&)`.
  private static func bare(_ sign: String) -> String {
    guard sign.hasPrefix("OPERATOR("), sign.hasSuffix(")") else { return sign }
    let name = sign.dropFirst("OPERATOR(".count).dropLast()
    return String(name.split(separator: ".").last ?? name)
  }
}
