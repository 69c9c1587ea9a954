import SchemaModel

/// The comparison of two schemas, fact by fact.
package enum Diff {
  /// Everything in which the second schema differs from the first; linear in the size of both.
  ///
  /// Objects match by name; constraints and indexes whose name differs match by what they demand, and only
  /// their name is told then. The members of a table that one side lacks are not told one by one.
  package static func compare(from first: Schema, to second: Schema) -> SchemaComparison {
    compare(on: CommonGround.of(first, second))
  }

  /// Everything in which the second schema of the common ground differs from the first.
  static func compare(on ground: CommonGround) -> SchemaComparison {
    var lists = ListComparison(first: ground.first, second: ground.second)
    Schema.visitLists(&lists)
    return SchemaComparison(
      differences: sorted(lists.differences + ground.differences),
      notComparedInFirst: ground.first.notCompared, notComparedInSecond: ground.second.notCompared,
      limits: ground.limits, scope: ground.scope)
  }

  /// By object; the facts of one object stay in the order of its facet table.
  private static func sorted(_ differences: [SchemaDifference]) -> [SchemaDifference] {
    differences.enumerated().sorted { left, right in
      if left.element.object != right.element.object { return left.element.object < right.element.object }
      return left.offset < right.offset
    }.map(\.element)
  }
}

/// Compares two schemas list by list.
private struct ListComparison: SchemaListVisitor {
  let first: Schema
  let second: Schema
  private(set) var differences: [SchemaDifference] = []

  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName {
    differences += Differences.of(first[keyPath: list], second[keyPath: list])
  }

  mutating func visitTables() {
    differences += Differences.of(
      first.tables, second.tables,
      renames: { RenamePairs(missing: $0, unexpected: $1, likeness: \.likeness) },
      members: { TableComparison(of: $0, with: $1).differences })
  }

  mutating func visitViews() {
    differences += Differences.of(
      first.views, second.views, members: { TableComparison(of: $0, with: $1).differences })
  }
}

/// The differences of two lists of objects of one kind.
private enum Differences {
  static func of<Object: SchemaObject>(
    _ first: [Object], _ second: [Object],
    renames: (_ missing: [Object], _ unexpected: [Object]) -> RenamePairs<Object>? = { _, _ in nil },
    members: (Object, Object) -> [SchemaDifference] = { _, _ in [] }
  ) -> [SchemaDifference] where Object.Name == ObjectName {
    // Most lists are equal, and both are in order: that is seen in one pass.
    guard first != second else { return [] }
    let places = Dictionary(
      second.indices.map { (second[$0].name, $0) }, uniquingKeysWith: { one, _ in one })
    let names = Set(first.map(\.name))
    let missing = first.filter { places[$0.name] == nil }
    let unexpected = second.filter { !names.contains($0.name) }
    let renames = renames(missing, unexpected)
    var differences: [SchemaDifference] = []
    for object in missing {
      differences.append(
        SchemaDifference(
          object: ObjectReference(kind: object.kind, object.name), change: .missing,
          severity: object.presenceSeverity, renameGuess: renames?.guess(missing: object.name)))
    }
    for object in unexpected {
      differences.append(
        SchemaDifference(
          object: ObjectReference(kind: object.kind, object.name), change: .unexpected,
          severity: object.presenceSeverity, renameGuess: renames?.guess(unexpected: object.name)))
    }
    for object in first {
      guard let place = places[object.name], second[place] != object else { continue }
      let other = second[place]
      differences += object.changes(to: other, as: ObjectReference(kind: object.kind, object.name))
      differences += members(object, other)
    }
    return differences
  }
}
