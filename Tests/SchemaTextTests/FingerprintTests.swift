import SchemaModel
import SchemaText
import Testing

@Suite struct FingerprintTests {
  @Test func `equal schemas have equal fingerprints of 64 digits`() throws {
    let fingerprint = Fingerprint(of: try EveryFact.schema())
    #expect(fingerprint == Fingerprint(of: try EveryFact.schema()))
    #expect(Fingerprint(hexadecimal: fingerprint.hexadecimal) == fingerprint)
    #expect(fingerprint.short.count == 12)
    #expect(fingerprint.hexadecimal.hasPrefix(fingerprint.short))
  }

  @Test func `the fingerprint is the SHA-256 that sha256sum gives for the canonical encoding`() {
    // printf 'plumb/schema-fingerprint 1\n{"engine":"sqlite"}' | sha256sum
    #expect(
      Fingerprint(of: Schema(engine: .sqlite, serverVersion: "3.40.1")).hexadecimal
        == "b63545397d4df7bbfbcd6ba30d02b5288cea6986f5678f4639979d4f739ebbfa")
  }

  @Test func `every single fact of every kind of object changes the fingerprint`() throws {
    try expectEveryFactCounts(Namespace.self, named: ObjectName("n"), in: \.namespaces)
    try expectEveryFactCounts(InstalledExtension.self, named: ObjectName("n"), in: \.extensions)
    try expectEveryFactCounts(EnumType.self, named: ObjectName("n"), in: \.enums)
    try expectEveryFactCounts(DomainType.self, named: ObjectName("n"), in: \.domains)
    try expectEveryFactCounts(SequenceGenerator.self, named: ObjectName("n"), in: \.sequences)
    try expectEveryFactCounts(Table.self, named: ObjectName("n"), in: \.tables)
    try expectEveryFactCounts(View.self, named: ObjectName("n"), in: \.views)
    try expectEveryFactCounts(Column.self, named: "n", in: \.tables[0].columns)
    try expectEveryFactCounts(KeyConstraint.self, named: "n", in: \.tables[0].uniqueConstraints)
    try expectEveryFactCounts(ForeignKey.self, named: "n", in: \.tables[0].foreignKeys)
    try expectEveryFactCounts(CheckConstraint.self, named: "n", in: \.tables[0].checks)
    try expectEveryFactCounts(ExclusionConstraint.self, named: "n", in: \.tables[0].exclusions)
    try expectEveryFactCounts(TableIndex.self, named: "n", in: \.tables[0].indexes)
    try expectEveryFactCounts(TableIndex.self, named: "n", in: \.views[0].indexes)
  }

  @Test func `the primary key and the order of columns change the fingerprint`() {
    var plain = Self.frame()
    plain.tables[0].columns = [Column(named: "a"), Column(named: "b")]
    var reordered = plain
    reordered.tables[0].columns.reverse()
    var keyed = plain
    keyed.tables[0].primaryKey = KeyConstraint(named: "k")
    #expect(Set([plain, reordered, keyed].map { Fingerprint(of: $0) }).count == 3)
  }

  @Test func `the engine counts, and neither the server's version nor what is not compared does`() {
    let schema = Self.frame()
    var same = schema
    same.serverVersion = "16.1"
    same.notCompared = [NotCompared(kind: "functions", count: 1, names: ["f"])]
    same.views[0].dependencies = [ObjectName("w")]
    var other = schema
    other.engine = .sqlite
    #expect(Fingerprint(of: same) == Fingerprint(of: schema))
    #expect(Fingerprint(of: other) != Fingerprint(of: schema))
  }

  @Test(arguments: ["", "abc", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
  func `a text that is no fingerprint is not taken for one`(text: String) {
    #expect(Fingerprint(hexadecimal: text) == nil)
  }

  private func expectEveryFactCounts<Object: SchemaObject>(
    _ type: Object.Type, named name: Object.Name, in list: WritableKeyPath<Schema, [Object]>
  ) throws {
    var objects = [Object(named: name)]
    for facet in Object.facets { objects.append(try EveryFact.changed(Object(named: name), facet)) }
    var fingerprints: Set<Fingerprint> = [Fingerprint(of: Self.frame())]
    for object in objects {
      var schema = Self.frame()
      schema[keyPath: list].append(object)
      fingerprints.insert(Fingerprint(of: schema))
    }
    #expect(fingerprints.count == Object.facets.count + 2, "\(type)")
  }

  private static func frame() -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.tables = [Table(named: ObjectName("t"))]
    schema.views = [View(named: ObjectName("v"))]
    return schema
  }
}
