import SchemaModel

/// Finds the live tables and columns that the words of a diagram mean.
struct DiagramNames {
  /// By the drawn name.
  private(set) var tables: [ObjectName: ObjectName] = [:]
  /// Entities that are views in production: a diagram does not tell them apart.
  private(set) var views: Set<ObjectName> = []

  init(_ drawn: [Table], _ diagram: Diagram, in live: Schema) {
    let candidates = live.tables.filter { $0.partition == nil }.map(\.name)
    let exact = Set(live.tables.map(\.name))
    var taken: Set<ObjectName> = []
    // What is called exactly so is taken first, so that a looser match never takes it away.
    for table in drawn where exact.contains(table.name) {
      tables[table.name] = table.name
      taken.insert(table.name)
    }
    for table in drawn where tables[table.name] == nil {
      let words =
        [table.name.description, table.name.name] + (diagram.aliases[table.name].map { [$0] } ?? [])
      let free = candidates.filter { !taken.contains($0) }
      for word in words.map(Self.folded) {
        let matches = free.filter { Self.folded($0.name) == word || Self.folded($0.description) == word }
        guard matches.count == 1 else { continue }
        tables[table.name] = matches[0]
        taken.insert(matches[0])
        break
      }
      let isView = live.views.contains { view in
        words.contains { Self.folded($0) == Self.folded(view.name.name) || $0 == view.name.description }
      }
      if tables[table.name] == nil, isView { views.insert(table.name) }
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
