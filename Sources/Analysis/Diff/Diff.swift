import SchemaModel

/// The comparison of two schemas, fact by fact.
package enum Diff {
  /// Everything in which the second schema differs from the first; linear in the size of both.
  ///
  /// Objects match by name; constraints and indexes whose name differs match by what they demand, and only
  /// their name is told then. The members of a table that one side lacks are not told one by one.
  package static func compare(from first: Schema, to second: Schema) -> SchemaComparison {
    let ground = CommonGround.of(first, second)
    let (left, right) = (ground.first, ground.second)
    var differences = objects(left.namespaces, right.namespaces)
    differences += objects(left.extensions, right.extensions)
    differences += objects(left.enums, right.enums)
    differences += objects(left.domains, right.domains)
    differences += objects(left.sequences, right.sequences)
    differences += objects(
      left.tables, right.tables, renames: { RenamePairs(missing: $0, unexpected: $1, likeness: \.likeness) },
      members: { TableComparison(of: $0, with: $1).differences })
    differences += objects(
      left.views, right.views, members: { TableComparison(of: $0, with: $1).differences })
    return SchemaComparison(
      differences: sorted(differences + ground.differences), notComparedInFirst: left.notCompared,
      notComparedInSecond: right.notCompared, limits: ground.limits, scope: ground.scope)
  }

  private static func objects<Object: SchemaObject>(
    _ first: [Object], _ second: [Object],
    renames: (_ missing: [Object], _ unexpected: [Object]) -> RenamePairs<Object>? = { _, _ in nil },
    members: (Object, Object) -> [SchemaDifference] = { _, _ in [] }
  ) -> [SchemaDifference] where Object.Name == ObjectName {
    let inFirst = Dictionary(first.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let inSecond = Dictionary(second.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let missing = first.filter { inSecond[$0.name] == nil }
    let unexpected = second.filter { inFirst[$0.name] == nil }
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
      guard let other = inSecond[object.name], other != object else { continue }
      differences += object.changes(to: other, as: ObjectReference(kind: object.kind, object.name))
      differences += members(object, other)
    }
    return differences
  }

  /// By object; the facts of one object stay in the order of its facet table.
  private static func sorted(_ differences: [SchemaDifference]) -> [SchemaDifference] {
    differences.enumerated().sorted { left, right in
      if left.element.object != right.element.object { return left.element.object < right.element.object }
      return left.offset < right.offset
    }.map(\.element)
  }
}
