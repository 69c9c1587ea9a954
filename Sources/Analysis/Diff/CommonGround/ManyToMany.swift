import SchemaModel

/// Finds what production keeps of a relation that is drawn many to many.
enum ManyToMany {
  /// - Parameters:
  ///   - drawn: the drawing, its tables called as they are live.
  ///   - live: production, reduced to what a drawing can say.
  static func line(_ relation: DrawnRelation, drawn: Schema, live: Schema) -> DrawnLine {
    var line = DrawnLine(
      relation: relation, child: relation.first, parent: relation.second,
      name: relation.label.isEmpty ? "\(relation.first.name)_\(relation.second.name)" : relation.label)
    let joins = live.tables.filter { $0.relates(relation.first, relation.second) }
    let names = Set(drawn.tables.map(\.name))
    if joins.contains(where: { names.contains($0.name) }) { return line }
    if let join = joins.first {
      line.findings = [.joinTable(join.name)]
      return line
    }
    let ends = [(relation.first, relation.second), (relation.second, relation.first)]
    for (child, parent) in ends {
      guard let table = live.table(named: child),
        let key = table.foreignKeys.first(where: { $0.referencedTable == parent })
      else { continue }
      line.child = child
      line.parent = parent
      line.name = key.name
      let cardinality = child == relation.second ? relation.atFirst : relation.atSecond
      line.findings = [.manyParents(columns: key.columns)]
      line.differences = [
        SchemaDifference(
          object: line.object,
          change: .changed(
            fact: DrawnLine.parentFact, expected: cardinality.rawValue,
            found: DrawnRelation.Cardinality.zeroOrOne.rawValue), severity: .breaksApplication)
      ]
      return line
    }
    line.findings = [.noJoinTable]
    line.differences = [
      SchemaDifference(object: line.object, change: .missing, severity: .breaksRestore)
    ]
    return line
  }
}

extension Table {
  /// Whether its keys make it a table that relates rows of the two many to many.
  fileprivate func relates(_ first: ObjectName, _ second: ObjectName) -> Bool {
    let parents = junctionKeys.map(\.referencedTable)
    return first == second
      ? parents.count { $0 == first } > 1 : parents.contains(first) && parents.contains(second)
  }
}
