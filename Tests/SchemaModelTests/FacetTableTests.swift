import SchemaModel
import TestSupport
import Testing

/// A stored property without a facet would be a fact that nobody ever compares.
@Suite struct FacetTableTests {
  @Test func `every stored property of every object is its name, a facet or a known list of members`() {
    var visitor = Completeness()
    EveryKind.visit(&visitor)
    #expect(visitor.kinds.contains("Table") && visitor.kinds.contains("Column"))
  }

  @Test func `every list of a schema holds objects that are compared, except what is known to be none`() {
    var lists = ListCount()
    Schema.visitLists(&lists)
    let properties = Mirror(reflecting: Schema(engine: .sqlite, serverVersion: "")).children.compactMap(
      \.label)
    let others: Set = [
      "engine", "serverVersion", "databaseOwner", "statesOwners", "statesPopulation", "expressiveness",
      "precedences",
      "notCompared",
    ]
    #expect(Set(properties).isSuperset(of: others))
    #expect(properties.count == lists.count + others.count, "\(properties)")
  }

  @Test func `an object of every kind is visited and counted`() {
    var visitor = Counting()
    EveryKind.visit(&visitor)
    #expect(visitor.kinds.contains(.policy) && visitor.kinds.contains(.table))
  }

  @Test func `a new object's facts do not depend on its name`() {
    var visitor = Naming()
    EveryKind.visit(&visitor)
    #expect(visitor.count > 20)
  }

  private struct Naming: KindVisitor {
    private(set) var count = 0

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      guard let other = "another" as? Object.Name ?? ObjectName("another") as? Object.Name else { return }
      count += 1
      for facet in Object.facets {
        #expect(
          facet.value(Object(named: name)) == facet.value(Object(named: other)),
          "\(Object.self) \(facet.label)")
      }
    }
  }

  private struct Counting: KindVisitor {
    private(set) var kinds: Set<ObjectKind> = []

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      let object = Object(named: name)
      kinds.insert(object.kind)
      var schema = EveryKind.frame
      let count = schema.objectCount
      schema[keyPath: list].append(object)
      #expect(schema.objectCount == count + 1, "\(object.kind)")
      #expect(schema.countsByKind.contains { $0.kind == object.kind })
    }
  }

  private struct ListCount: SchemaListVisitor {
    var count = 0
    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
    ) where Object.Name == ObjectName { count += 1 }
    mutating func visitTables() { count += 1 }
    mutating func visitViews() { count += 1 }
  }

  private struct Completeness: KindVisitor {
    private(set) var kinds: Set<String> = []

    /// Lists that are compared object by object.
    private static let members: [String: Set<String>] = [
      "Table": [
        "columns", "primaryKey", "uniqueConstraints", "foreignKeys", "checks", "exclusions", "indexes",
        "policies",
        "triggers",
        "rules",
      ],
      "View": ["indexes", "triggers", "rules"],
    ]

    /// Several facts in one property.
    private static let composed: [String: [String]] = {
      func parts(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
      return [
        "notNull": parts(NotNullTerms()), "sequence": parts(IdentitySequence()),
        "index": parts(ConstraintIndex()), "attached": parts(AttachedIndexes()),
        "attachedRules": parts(AttachedRules()),
      ]
    }()

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      let kind = "\(Object.self)"
      kinds.insert(kind)
      let properties = Set(Mirror(reflecting: Object(named: name)).children.compactMap(\.label))
      let members = Self.members[kind] ?? []
      #expect(properties.isSuperset(of: members), "\(kind) lacks a listed member")
      var facts = properties.subtracting(members).subtracting(["name"])
      for (property, parts) in Self.composed where facts.remove(property) != nil {
        facts.formUnion(parts.map { "\(property).\($0)" })
      }
      let labels = Object.facets.map(\.label)
      if facts.remove("rights") != nil {
        facts.formUnion(labels.contains("privileges") ? ["owner", "privileges"] : ["owner"])
      }
      #expect(facts.count == labels.count, "\(kind) stores \(facts.sorted()) and has facets for \(labels)")
      #expect(Set(labels).count == labels.count, "\(kind): \(labels)")
    }
  }
}
