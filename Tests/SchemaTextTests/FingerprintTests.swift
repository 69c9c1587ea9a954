import SchemaModel
import SchemaText
import TestSupport
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

  @Test func `every single fact of every kind of object changes the fingerprint`() {
    var visitor = Counts()
    EveryKind.visit(&visitor)
  }

  @Test func `the primary key and the order of columns change the fingerprint`() {
    var plain = EveryKind.frame
    plain.tables[0].columns = [Column(named: "a"), Column(named: "b")]
    var reordered = plain
    reordered.tables[0].columns.reverse()
    var keyed = plain
    keyed.tables[0].primaryKey = KeyConstraint(named: "k")
    #expect(Set([plain, reordered, keyed].map { Fingerprint(of: $0) }).count == 3)
  }

  @Test func `the engine counts, and neither the server's version nor what is not compared does`() {
    let schema = EveryKind.frame
    var same = schema
    same.serverVersion = "16.1"
    same.notCompared = [NotCompared(kind: "functions", count: 1, names: ["f"])]
    same.precedences = [Precedence(of: ObjectReference(kind: .view, ObjectName("v")), needs: [])]
    var other = schema
    other.engine = .sqlite
    #expect(Fingerprint(of: same) == Fingerprint(of: schema))
    #expect(Fingerprint(of: other) != Fingerprint(of: schema))
  }

  @Test(arguments: ["", "abc", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
  func `a text that is no fingerprint is not taken for one`(text: String) {
    #expect(Fingerprint(hexadecimal: text) == nil)
  }

  private struct Counts: KindVisitor {
    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      let plain = Object(named: name)
      let objects = [plain] + Object.facets.compactMap { try? EveryFact.changed(plain, $0) }
      var fingerprints: Set<Fingerprint> = [Fingerprint(of: EveryKind.frame)]
      for object in objects {
        var schema = EveryKind.frame
        schema[keyPath: list].append(object)
        fingerprints.insert(Fingerprint(of: schema))
      }
      // A state that no text brings about is none of it.
      #expect(fingerprints.count == Object.facets.count(where: \.isBuiltByText) + 2, "\(Object.self)")
    }
  }
}
