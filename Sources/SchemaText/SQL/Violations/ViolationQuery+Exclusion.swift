import SchemaModel

extension ViolationQuery {
  /// The rows that an exclusion constraint does not allow beside a row before them (PostgreSQL only).
  ///
  /// What is left without them meets the constraint. Where a row conflicts only with one that is itself
  /// among them, it could have stayed.
  package static func exclusion(_ exclusion: ExclusionConstraint, of table: Table) -> ViolationQuery {
    let dialect = SQLDialect.postgreSQL
    let identity = RowIdentity(of: table, in: dialect)
    let values = exclusion.keys.enumerated().map { place, key in
      "\(key.value(in: dialect)) AS plumb_key\(place + 1)"
    }
    let filter = exclusion.predicate.map { " WHERE \(dialect.parenthesised($0))" } ?? ""
    let list = ([identity.list()] + values).joined(separator: ", ")
    let keyed = "(SELECT \(list) FROM \(dialect.name(table.name))\(filter))"
    let conflicts = exclusion.operators.enumerated().map { place, sign in
      "a.plumb_key\(place + 1) \(sign) b.plumb_key\(place + 1)"
    }
    let isBefore = "\(identity.value(of: "a")) < \(identity.value(of: "b"))"
    let condition = (conflicts + [isBefore]).joined(separator: " AND ")
    let later = "SELECT \(identity.list(of: "b")) FROM \(keyed) AS a JOIN \(keyed) AS b ON \(condition)"
    let words = zip(exclusion.keys, exclusion.operators).map { key, sign in "\(key.words) \(bare(sign))" }
    let scope = exclusion.predicate.map { " among the rows where \(dialect.parenthesised($0))" } ?? ""
    return ViolationQuery(
      of: table, kind: .exclusionConstraint, name: exclusion.name,
      predicate: "\(identity.value(of: "r")) IN (\(later))",
      reason: "another row conflicts with it by (\(words.joined(separator: ", ")))\(scope)",
      columns: IndexKey.columns(exclusion.keys, of: table, in: dialect), in: dialect)
  }

  /// `&&` of `OPERATOR(pg_catalog.&&)`.
  private static func bare(_ sign: String) -> String {
    guard sign.hasPrefix("OPERATOR("), sign.hasSuffix(")") else { return sign }
    let name = sign.dropFirst("OPERATOR(".count).dropLast()
    return String(name.split(separator: ".").last ?? name)
  }
}
