import SchemaModel

// Keys that only a drawing has: which columns its lines mean.

extension DiagramKeys {
  /// The key a line without one asks for: its columns by the words on the line, by their names, or by the marks FK.
  func inferredKey(for relation: DrawnRelation) -> (table: ObjectName, key: ForeignKey)? {
    // The end with many rows refers; of two single ends the one that may be absent, else the second.
    let isSecondChild =
      relation.atFirst.isMany
      ? false
      : relation.atSecond.isMany
        ? true
        : relation.atSecond.isRequired == false
          || relation.atFirst.isRequired
    let reading = Reading(relation: relation, isSecondChild: isSecondChild)
    let parentKey = primaryKey(of: reading.parent) ?? []
    let columns = inferredColumns(reading, parentKey)
    let suffix = columns.isEmpty ? reading.parent.name : columns.joined(separator: "_")
    var key = ForeignKey(named: "\(reading.child.name)_\(suffix)_fkey")
    key.isNamed = false
    key.columns = columns
    key.referencedTable = reading.parent
    key.referencedColumns =
      columns.count == parentKey.count ? parentKey : sharedColumns(columns, reading, parentKey)
    if key.referencedColumns.count != columns.count {
      key.columns = []
      key.referencedColumns = []
    }
    return (reading.child, key)
  }

  private func inferredColumns(_ reading: Reading, _ parentKey: [String]) -> [String] {
    let columns = columns(of: reading.child)
    let label = reading.relation.label
    let named = label.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    if !named.isEmpty, Set(columns).isSuperset(of: named) { return named }
    guard parentKey.count == 1, let key = parentKey.first else { return [] }
    let used = Set(
      (livePlaces[reading.child].map { live.tables[$0].foreignKeys } ?? []).flatMap(\.columns)
        + (drawnPlaces[reading.child].map { drawn.tables[$0].foreignKeys } ?? []).flatMap(\.columns))
    let open = columns.filter { !used.contains($0) }
    var wanted = DrawnKeyNames.names(for: reading.parent, key: key)
    if key.lowercased() != "id" { wanted.insert(DrawnKeyNames.squeezed(key)) }
    if !label.isEmpty {
      wanted.formUnion([DrawnKeyNames.squeezed(label), DrawnKeyNames.squeezed(label + "_" + key)])
    }
    // The parent's own columns never refer to itself by the key's name.
    let isSelf = reading.child == reading.parent
    if let column = open.first(where: {
      wanted.contains(DrawnKeyNames.squeezed($0)) && !(isSelf && $0 == key)
    }) {
      return [column]
    }
    let marked = open.filter {
      diagram.foreignColumns.contains(ColumnReference(table: reading.child, column: $0))
    }
    return marked.count == 1 ? marked : []
  }

  /// For a key of several columns: the parent's columns of the same names, and its primary key for the one left.
  private func sharedColumns(_ columns: [String], _ reading: Reading, _ parentKey: [String]) -> [String] {
    let ofParent = Set(self.columns(of: reading.parent))
    let others = columns.filter { !ofParent.contains($0) }
    guard others.count <= 1, parentKey.count == 1 else { return [] }
    return columns.map { ofParent.contains($0) ? $0 : parentKey[0] }
  }

  /// Drawn and live.
  private func columns(of table: ObjectName) -> [String] {
    let drawnColumns = drawnPlaces[table].map { drawn.tables[$0].columns.map(\.name) } ?? []
    let liveColumns = livePlaces[table].map { live.tables[$0].columns.map(\.name) } ?? []
    return drawnColumns + liveColumns.filter { !drawnColumns.contains($0) }
  }

  func primaryKey(of table: ObjectName) -> [String]? {
    let live = livePlaces[table].flatMap { self.live.tables[$0].primaryKey?.columns }
    return live ?? drawnPlaces[table].flatMap { drawn.tables[$0].primaryKey?.columns }
  }
}

extension DiagramKeys {
  /// A diagram whose lines are read as the keys they ask for, so that another can be held against it.
  static func inferred(_ schema: Schema, _ diagram: Diagram) -> Schema {
    var keys = DiagramKeys(drawn: schema, live: schema, diagram: diagram)
    for relation in diagram.relations where !(relation.atFirst.isMany && relation.atSecond.isMany) {
      keys.settleWithoutKey(relation)
    }
    var result = keys.drawn
    for line in keys.lines {
      guard let place = result.tables.firstIndex(where: { $0.name == line.child }),
        let key = result.tables[place].foreignKeys.first(where: { $0.name == line.name })
      else { continue }
      let isSecondChild = line.relation.second == line.child
      let atParent = isSecondChild ? line.relation.atFirst : line.relation.atSecond
      let atChild = isSecondChild ? line.relation.atSecond : line.relation.atFirst
      for index in result.tables[place].columns.indices
      where key.columns.contains(result.tables[place].columns[index].name) {
        result.tables[place].columns[index].isNotNull = atParent.isRequired
      }
      if !atChild.isMany, !key.columns.isEmpty {
        var unique = KeyConstraint(named: "\(key.name)_one")
        unique.columns = key.columns
        result.tables[place].uniqueConstraints.append(unique)
      }
    }
    return result
  }
}
