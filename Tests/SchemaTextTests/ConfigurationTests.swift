import SchemaText
import Testing

@Suite struct ConfigurationTests {
  @Test func `a file says where everything is, and what it does not say has its usual place`() throws {
    let reading = try Configuration.read(
      """
      database: service=production
      blueprint: schema/blueprint
      ledger: sqlite:/var/lib/plumb.db
      """)
    var expected = Configuration()
    expected.database = "service=production"
    expected.blueprint = "schema/blueprint"
    expected.ledger = "sqlite:/var/lib/plumb.db"
    #expect(reading.configuration == expected)
    #expect(reading.configuration.backups == "backups")
    #expect(reading.findings.isEmpty)
  }

  @Test(arguments: ["", "# nothing yet", "database:\nblueprint: ~\n"])
  func `an empty file and empty keys leave every default`(text: String) throws {
    #expect(try Configuration.read(text).configuration == Configuration())
  }

  @Test(arguments: [
    ("databse: x", "Did you mean \"database\"?"), ("Backup: x", "Did you mean \"backups\"?"),
    (
      "keep: 7d",
      "Known are database, blueprint, backups, encrypt, ledger, ignore, environments, watch, restore, objectives, retention, drill."
    ),
  ])
  func `an unknown key is told with the nearest known one`(text: String, hint: String) throws {
    let findings = try Configuration.read("# one\n" + text).findings
    #expect(findings.map(\.place) == ["line 2"])
    #expect(findings.first?.hint == hint)
  }

  @Test(arguments: [
    ("database:\n  - a", "line 2: expected one text for \"database\""),
    ("blueprint: {a: b}", "line 1: expected one text for \"blueprint\""),
    ("backups: ''", "line 1: expected a text for \"backups\""),
    ("- a", "line 1: expected keys with values"), ("word", "line 1: expected keys with values"),
  ])
  func `a value of the wrong shape is refused with its line`(text: String, detail: String) {
    #expect { try Configuration.read(text) } throws: { ($0 as? DocumentError)?.detail == [detail] }
  }

  @Test func `a password is refused and never repeated`() {
    #expect {
      try Configuration.read("blueprint: b\ndatabase: postgres://me:s3cret@db/app")
    } throws: { error in
      guard let error = error as? DocumentError else { return false }
      return error.detail == ["line 2: database"] && error.hint?.contains("~/.pgpass") == true
        && !"\(error)".contains("s3cret")
    }
  }

  @Test(arguments: [
    "postgres://me:s@db/app", "postgresql://me:s@db:5432/app", "postgresql:///app?user=me&password=s",
    "postgresql://db/app?p%61ssword=s", "postgresql://db/app?sslpassword=s", "host=db password=s",
    "password = 's' host=db", "PASSWORD=s",
  ])
  func `a location with a password is known`(location: String) {
    #expect(SecretInLocation.isIn(location))
  }

  @Test(arguments: [
    "postgres://me@db:5432/app", "postgresql://me:@db/app", "service=production", "sqlite:password.db",
    "host=db user=password", "postgresql://db/app?passfile=/root/.pgpass", "host=db passfile=/x",
    "postgresql://[::1]:5432/app",
  ])
  func `a location without one is not suspected`(location: String) {
    #expect(!SecretInLocation.isIn(location))
  }

  @Test(arguments: [
    nil, "service=production", "postgresql://me@db:5432/app?sslmode=verify-full", "sqlite:", "yes", "7", "-x",
    "a # b", "tab\tand \"quote\" \\ back", "sqlite:/srv/ünï 漢.db", "a: b", "\u{85}\u{200E}", "'", "*x",
    "null",
  ])
  func `a new file is read back as what it was made of`(location: String?) throws {
    var configuration = Configuration()
    configuration.database = location
    configuration.backups = location ?? "backups"
    let reading = try Configuration.read(configuration.text)
    #expect(reading.configuration == configuration)
    #expect(reading.findings.isEmpty)
  }

  @Test func `a new file says what each key is for`() {
    #expect(Configuration().text.contains("\n# database:\n"))
    #expect(Configuration().text.contains("\nblueprint: blueprint\n"))
    #expect(Configuration().text.contains("Never a password"))
    #expect(Configuration().text.hasSuffix("# ledger:\n"))
  }
}
