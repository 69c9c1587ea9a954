import SchemaModel

extension Schema {
  /// The schema in which what was found stands for what is accepted on purpose.
  ///
  /// - Parameters:
  ///   - accepted: differences between this schema and the found one.
  func accepting(_ accepted: [SchemaDifference], asIn found: Schema) -> Schema {
    guard !accepted.isEmpty else { return self }
    var visitor = Acceptance(
      schema: self, found: found, accepted: Dictionary(grouping: accepted, by: \.object.owner))
    Schema.visitLists(&visitor)
    return visitor.schema
  }
}

private struct Acceptance: SchemaListVisitor {
  var schema: Schema
  let found: Schema
  /// By the object, or the table or view it belongs to.
  let accepted: [ObjectName: [SchemaDifference]]

  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName {
    let differences = accepted.values.joined().filter { $0.object.member == nil }
    schema[keyPath: list] = Self.merged(schema[keyPath: list], found[keyPath: list], Array(differences)) {
      ObjectReference(kind: $0.kind, $0.name)
    }.sorted { $0.name < $1.name }
  }

  mutating func visitTables() {
    visit(\.tables, "")
    let others = Dictionary(found.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for place in schema.tables.indices {
      let name = schema.tables[place].name
      guard let differences = accepted[name], let other = others[name] else { continue }
      schema.tables[place].accept(differences, asIn: other)
    }
  }

  mutating func visitViews() {
    visit(\.views, "")
    let others = Dictionary(found.views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for place in schema.views.indices {
      let name = schema.views[place].name
      guard let differences = accepted[name], let other = others[name] else { continue }
      let view = schema.views[place]
      schema.views[place].indexes = Self.members(view.indexes, other.indexes, differences, of: name)
      schema.views[place].triggers = Self.members(view.triggers, other.triggers, differences, of: name)
      schema.views[place].rules = Self.members(view.rules, other.rules, differences, of: name)
    }
  }

  static func members<Member: SchemaObject>(
    _ expected: [Member], _ found: [Member], _ differences: [SchemaDifference], of owner: ObjectName
  ) -> [Member] where Member.Name == String {
    merged(expected, found, differences) { ObjectReference(kind: $0.kind, owner, member: $0.name) }
  }

  /// The expected objects with what is accepted of the found ones.
  static func merged<Object: SchemaObject>(
    _ expected: [Object], _ found: [Object], _ differences: [SchemaDifference],
    reference: (Object) -> ObjectReference
  ) -> [Object] {
    var result = expected
    // What is accepted may change the kind an object is told by, or its name.
    var names = Dictionary(expected.map { (reference($0), $0.name) }, uniquingKeysWith: { first, _ in first })
    for difference in differences {
      let name = names[difference.object]
      let place = result.firstIndex { $0.name == name }
      switch difference.change {
      case .missing: if let place { result.remove(at: place) }
      case .unexpected: result += found.filter { reference($0) == difference.object }
      case .changed(let fact, _, let words):
        guard let place else { continue }
        if fact == SchemaDifference.nameFact {
          guard let name = words as? Object.Name else { continue }
          result[place].name = name
          names[difference.object] = name
        } else if let twin = found.first(where: { $0.name == result[place].name }),
          let facet = Object.facets.first(where: { $0.label == fact })
        {
          // The value comes from an object of the same kind, so it always fits.
          try? facet.set(&result[place], facet.value(twin))
        }
      }
    }
    return result
  }
}

extension Table {
  fileprivate mutating func accept(_ differences: [SchemaDifference], asIn other: Table) {
    columns = Acceptance.members(columns, other.columns, differences, of: name)
    let order = other.columns.map(\.name)
    let added = Set(
      differences.filter { $0.object.kind == .column && $0.change == .unexpected }.compactMap(\.object.member)
    )
    var before: String?
    for name in order {
      // It stands where it was found: behind the one before it.
      if added.contains(name), let place = columns.firstIndex(where: { $0.name == name }) {
        let column = columns.remove(at: place)
        let position = columns.firstIndex { $0.name == before }.map { $0 + 1 }
        columns.insert(column, at: position ?? (before == nil ? 0 : columns.count))
      }
      before = name
    }
    if differences.contains(where: \.isOfColumnOrder) {
      columns.sort {
        (order.firstIndex(of: $0.name) ?? order.count) < (order.firstIndex(of: $1.name) ?? order.count)
      }
    }
    primaryKey =
      Acceptance.members(
        primaryKey.map { [$0] } ?? [], other.primaryKey.map { [$0] } ?? [], differences, of: name
      ).first
    uniqueConstraints = Acceptance.members(
      uniqueConstraints, other.uniqueConstraints, differences, of: name)
    foreignKeys = Acceptance.members(foreignKeys, other.foreignKeys, differences, of: name)
    checks = Acceptance.members(checks, other.checks, differences, of: name)
    exclusions = Acceptance.members(exclusions, other.exclusions, differences, of: name)
    indexes = Acceptance.members(indexes, other.indexes, differences, of: name)
    policies = Acceptance.members(policies, other.policies, differences, of: name)
    triggers = Acceptance.members(triggers, other.triggers, differences, of: name)
    rules = Acceptance.members(rules, other.rules, differences, of: name)
  }
}

extension SchemaDifference {
  fileprivate var isOfColumnOrder: Bool {
    if case .changed(Self.columnOrderFact, _, _) = change { return true }
    return false
  }
}
