import SchemaModel

/// What a schema has and a source that says less cannot say.
enum BeyondSource {
  /// One sentence's words, such as `views (3), triggers (2)`; `nil` when there is nothing.
  static func words(_ schema: Schema, also counts: [(Int, String)]) -> String? {
    let views = schema.views.count
    let exclusions = schema.tables.reduce(0) { $0 + $1.exclusions.count }
    let own: [(Int, String)] = [
      (schema.extensions.count, "extensions"), (schema.domains.count, "domains"),
      (schema.sequences.filter { $0.ownedBy == nil }.count, "sequences"), (views, "views"),
      (exclusions, "exclusion constraints"),
      (schema.tables.filter { $0.partition != nil }.count, "partitions"),
    ]
    let others = schema.notCompared.map { ($0.count, $0.kind) }
    let seen = (own + counts + others).filter { $0.0 > 0 }
    return seen.isEmpty ? nil : seen.map { "\($0.1) (\($0.0.grouped))" }.joined(separator: ", ")
  }
}
