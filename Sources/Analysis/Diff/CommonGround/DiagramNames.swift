import SchemaModel

/// Finds the live tables and columns that the words of a diagram mean.
struct DiagramNames {
  /// By the drawn name.
  private(set) var tables: [ObjectName: ObjectName] = [:]
  /// Entities that are views in production: a diagram does not tell them apart.
  private(set) var views: Set<ObjectName> = []

  init(_ drawn: [Table], _ diagram: Diagram, in live: Schema) {
    let exact = Set(live.tables.map(\.name))
    var taken: Set<ObjectName> = []
    // What is called exactly so is taken first, so that a looser match never takes it away.
    for table in drawn where exact.contains(table.name) {
      tables[table.name] = table.name
      taken.insert(table.name)
    }
    var candidates: [String: Set<ObjectName>] = [:]
    for table in live.tables where table.partition == nil && !taken.contains(table.name) {
      candidates[Self.folded(table.name.name), default: []].insert(table.name)
      candidates[Self.folded(table.name.description), default: []].insert(table.name)
    }
    let liveViews = Set(live.views.flatMap { [Self.folded($0.name.name), Self.folded($0.name.description)] })
    for table in drawn where tables[table.name] == nil {
      let alias = diagram.aliases[table.name].map { [$0] } ?? []
      let words = ([table.name.description, table.name.name] + alias).map(Self.folded)
      for word in words {
        let matches = candidates[word, default: []].subtracting(taken)
        guard matches.count == 1, let match = matches.first else { continue }
        tables[table.name] = match
        taken.insert(match)
        break
      }
      if tables[table.name] == nil, words.contains(where: liveViews.contains) { views.insert(table.name) }
    }
  }

  /// The live name of an entity; its own when production has no such table.
  func table(_ name: ObjectName) -> ObjectName { tables[name] ?? name }

  /// The live column that a drawn name means: by its case and signs if need be, when it is the only one.
  static func column(_ name: String, in columns: [Column]) -> String {
    if columns.contains(where: { $0.name == name }) { return name }
    let matches = columns.filter { folded($0.name) == folded(name) }
    return matches.count == 1 ? matches[0].name : name
  }

  /// Lower case, with an underscore for every sign that a diagram's words cannot hold.
  static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}
