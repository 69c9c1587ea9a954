import SchemaModel
import Testing

/// A stored property without a facet would be a fact that nobody ever compares.
@Suite struct FacetTableTests {
  @Test func `every stored property of every object is its name, a facet or a known list of members`() {
    expectComplete(Namespace(named: ObjectName("n")))
    expectComplete(InstalledExtension(named: ObjectName("n")))
    expectComplete(EnumType(named: ObjectName("n")))
    expectComplete(DomainType(named: ObjectName("n")))
    expectComplete(SequenceGenerator(named: ObjectName("n")))
    expectComplete(
      Table(named: ObjectName("n")),
      members: [
        "columns", "primaryKey", "uniqueConstraints", "foreignKeys", "checks", "exclusions", "indexes",
      ])
    expectComplete(Column(named: "n"))
    expectComplete(KeyConstraint(named: "n"))
    expectComplete(ForeignKey(named: "n"))
    expectComplete(CheckConstraint(named: "n"))
    expectComplete(ExclusionConstraint(named: "n"))
    expectComplete(TableIndex(named: "n"))
    expectComplete(View(named: ObjectName("n")), members: ["indexes", "dependencies"])
  }

  @Test func `every list of a schema holds objects that are compared, except what is listed as not compared`()
  {
    let properties = Mirror(reflecting: Schema(engine: .sqlite, serverVersion: "")).children.compactMap(
      \.label)
    #expect(
      properties == [
        "engine", "serverVersion", "namespaces", "extensions", "enums", "domains", "sequences", "tables",
        "views", "notCompared", "expressiveness",
      ])
  }

  @Test func `no kind of object names a fact twice`() {
    expectDistinctLabels(Namespace.self)
    expectDistinctLabels(InstalledExtension.self)
    expectDistinctLabels(EnumType.self)
    expectDistinctLabels(DomainType.self)
    expectDistinctLabels(SequenceGenerator.self)
    expectDistinctLabels(Table.self)
    expectDistinctLabels(Column.self)
    expectDistinctLabels(KeyConstraint.self)
    expectDistinctLabels(ForeignKey.self)
    expectDistinctLabels(CheckConstraint.self)
    expectDistinctLabels(ExclusionConstraint.self)
    expectDistinctLabels(TableIndex.self)
    expectDistinctLabels(View.self)
  }

  private func expectComplete<Object: SchemaObject>(_ object: Object, members: Set<String> = []) {
    let properties = Set(Mirror(reflecting: object).children.compactMap(\.label))
    #expect(properties.isSuperset(of: members), "\(Object.self) lacks a listed member")
    let facts = properties.subtracting(members).subtracting(["name"])
    #expect(
      facts.count == Object.facets.count,
      "\(Object.self) stores \(facts.sorted()) and has facets for \(Object.facets.map(\.label))")
  }

  private func expectDistinctLabels<Object: SchemaObject>(_ type: Object.Type) {
    let labels = Object.facets.map(\.label)
    #expect(Set(labels).count == labels.count, "\(type): \(labels)")
  }
}
