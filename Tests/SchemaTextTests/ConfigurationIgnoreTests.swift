import SchemaModel
import SchemaText
import Testing

@Suite struct ConfigurationIgnoreTests {
  @Test func `rules and environments are read`() throws {
    let reading = try Configuration.read(
      """
      ignore:
        - kind: index
          name: public.tmp_*
          fact: missing
          environment: [staging, test]
          until: 2026-12-31
          reason: built by hand during the import
        - kind: large objects
          reason: data, not structure
      environments:
        staging:
          database: service=staging
          overlay: blueprint/staging.sql
        production:
      """)
    #expect(reading.findings.isEmpty)
    let rules = reading.configuration.ignore
    #expect(rules.map(\.kind) == ["index", "large objects"])
    #expect(rules[0].name == NamePattern("public.tmp_*"))
    #expect(rules[0].fact == "missing")
    #expect(rules[0].environments == ["staging", "test"])
    #expect(rules[0].until == "2026-12-31")
    #expect(rules.map(\.line) == [2, 8])
    let environments = reading.configuration.environments
    #expect(environments.map(\.name) == ["staging", "production"])
    #expect(environments[0].database == "service=staging")
    #expect(environments[0].overlay == "blueprint/staging.sql")
  }

  @Test(arguments: [
    ("ignore:\n  - kind: index", "gives no reason"),
    ("ignore:\n  - reason: all of it", "ignores everything"),
    ("ignore:\n  - name: x\n    until: tomorrow\n    reason: y", "wrong shape"),
    ("ignore:\n  - name: x\n    until: 2026-02-30\n    reason: y", "wrong shape"),
    ("ignore: everything", "wrong shape"),
    ("environments: staging", "wrong shape"),
    ("environments:\n  staging:\n    database: postgres://me:secret@host/db", "holds a password"),
  ])
  func `what a rule or environment may not be is refused`(text: String, message: String) {
    #expect {
      try Configuration.read(text)
    } throws: { error in
      (error as? DocumentError)?.message.contains(message) == true
    }
  }

  @Test func `a kind that is nearly one gets the nearest word`() throws {
    for word in ["tabl", "tabel", "atble"] {
      let reading = try Configuration.read("ignore:\n  - kind: \(word)\n    reason: typo")
      #expect(reading.findings.map(\.hint) == ["Did you mean \"table\"?"])
    }
  }
}
