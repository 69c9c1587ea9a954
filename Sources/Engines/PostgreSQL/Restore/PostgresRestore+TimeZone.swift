import SchemaModel
import SchemaText

extension PostgresRestore {
  /// The time zone in which moments are printed as they stand in the archive; UTC when there are none.
  ///
  /// - Returns: `nil` when there is none: rows with moments in them cannot be compared byte for byte.
  func timeZone(of loaded: [LoadedRows]) throws(EngineError) -> String? {
    var samples: Set<String> = []
    for rows in loaded where samples.count < 2000 { samples.formUnion(rows.moments.samples) }
    guard !samples.isEmpty else { return "UTC" }
    let values = samples.sorted().map { "(\(SQLDialect.postgreSQL.literal($0)))" }.joined(separator: ", ")
    let question = "SELECT bool_and(s::timestamptz::text = s) FROM (VALUES \(values)) AS v(s)"
    defer { try? connection.execute("SET TimeZone = 'UTC'") }
    for zone in try candidates(for: samples) {
      try connection.execute("SET TimeZone = \(SQLDialect.postgreSQL.literal(zone))")
      if try connection.rows(question).first?.first == "t" { return zone }
    }
    return nil
  }

  /// What the archive's source may have been set to, the likely first.
  private func candidates(for samples: Set<String>) throws(EngineError) -> [String] {
    let known = try connection.rows(
      """
      SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'
      UNION ALL (SELECT name FROM pg_timezone_names WHERE name !~ '^posix/' ORDER BY name)
      """
    ).compactMap { $0.first.flatMap { $0 } }
    // A zone that is nothing but an offset; its sign is that of POSIX, turned round.
    let offsets = Set(
      samples.compactMap { sample in sample.lastIndex { "+-".contains($0) }.map { String(sample[$0...]) } })
    let fixed = offsets.sorted().map { offset in
      "<\(offset)>" + (offset.hasPrefix("+") ? "-" : "+") + offset.dropFirst()
    }
    return ["UTC"] + known + fixed
  }
}
