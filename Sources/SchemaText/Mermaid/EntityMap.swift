import SchemaModel

/// What is drawn of a schema: its tables without their partitions, the relations between them, their domains.
struct EntityMap {
  let engine: DatabaseEngine
  /// By name.
  let tables: [Table]
  /// By child and constraint.
  let relations: [EntityRelation]
  private let labels: [ObjectName: String]
  private let domains: [ObjectName: String]

  init(of schema: Schema) {
    engine = schema.engine
    let byName = Dictionary(schema.tables.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let drawn = schema.tables.filter { $0.partition == nil }.sorted { $0.name < $1.name }
    tables = drawn
    relations = drawn.flatMap { table in
      table.foreignKeys.sorted { $0.name < $1.name }.map { key in
        var relation = EntityRelation(key, of: table, engine: schema.engine)
        relation.parent = Self.partitioned(key.referencedTable, in: byName)
        return relation
      }
    }
    labels = Self.labels(Set(tables.map(\.name)).union(relations.map(\.parent)))
    domains = Dictionary(
      tables.compactMap { table in
        let tag = table.comment?.tag("domain") ?? ""
        return (tag.isEmpty ? table.name.schema : tag).map { (table.name, $0) }
      }, uniquingKeysWith: { one, _ in one })
  }

  /// The name an entity is drawn with: without `public`, and unlike every other entity's.
  func label(of name: ObjectName) -> String { labels[name] ?? name.description }

  /// The part of the business a table belongs to: its tag `@domain`, else its PostgreSQL schema; `nil` without
  /// both.
  func domain(of name: ObjectName) -> String? { domains[name] }

  /// The table that a key into one of its partitions is drawn to.
  private static func partitioned(_ name: ObjectName, in tables: [ObjectName: Table]) -> ObjectName {
    var current = name
    for _ in 0..<tables.count {
      guard let parent = tables[current]?.partition?.parent else { break }
      current = parent
    }
    return current
  }

  private static func labels(_ names: Set<ObjectName>) -> [ObjectName: String] {
    var labels: [ObjectName: String] = [:]
    var drawn: Set<String> = []
    for name in names.sorted() {
      let label = name.schema == "public" ? name.name : name.description
      var candidate = label
      var number = 1
      // Two names can come out equal once what Mermaid cannot read is replaced.
      while !drawn.insert(MermaidText.entity(candidate)).inserted {
        number += 1
        candidate = "\(label) \(number)"
      }
      labels[name] = candidate
    }
    return labels
  }
}
