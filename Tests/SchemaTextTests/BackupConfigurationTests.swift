import SchemaModel
import SchemaText
import Testing

/// What plumb.yaml says of backups and drills.
struct BackupConfigurationTests {
  @Test func `places, promises, rules and questions are read`() throws {
    let reading = try Configuration.read(
      """
      backups:
        - pgbackrest:main
        - location: store
        - location: pgbackrest:other
          config: /etc/other.conf
      objectives: {backup-age: 24h, drill-age: 7d}
      retention: {keep-last: 3, keep-daily: 7, keep-weekly: 4, keep-monthly: 12, max-age: 400d}
      drill:
        smoke:
          - query: SELECT 1
            expect: 1
          - {query: SELECT, expect: "", name: nothing, database: shop}
      """)
    let configuration = reading.configuration
    #expect(reading.findings.isEmpty)
    #expect(configuration.backups == "store")
    #expect(configuration.backupPlaces.map(\.location) == ["pgbackrest:main", "store", "pgbackrest:other"])
    #expect(configuration.backupPlaces.last?.configuration == "/etc/other.conf")
    #expect(configuration.objectives.backupAge == .seconds(86_400))
    #expect(configuration.objectives.drillAge == .seconds(7 * 86_400))
    #expect(configuration.retention.last == 3 && configuration.retention.monthly == 12)
    #expect(configuration.drill.smoke.map(\.expected) == ["1", ""])
    #expect(configuration.drill.smoke.last?.database == "shop")
  }

  @Test func `a bucket, its keys' place, and the archive of a log are read`() throws {
    let reading = try Configuration.read(
      """
      backups:
        location: s3://backups/shop
        endpoint: https://minio.example:9000
        region: eu-north-1
        wal-archive: /srv/wal
      encrypt:
        - age1one
        - ssh-ed25519 AAAA somebody
      """)
    #expect(reading.findings.isEmpty)
    let configuration = reading.configuration
    #expect(configuration.backups == "s3://backups/shop")
    #expect(configuration.backupPlaces.map(\.endpoint) == ["https://minio.example:9000"])
    #expect(configuration.backupPlaces.map(\.region) == ["eu-north-1"])
    #expect(configuration.backupPlaces.map(\.logFolder) == ["/srv/wal"])
    #expect(configuration.recipients == ["age1one", "ssh-ed25519 AAAA somebody"])
    #expect(try Configuration.read("encrypt: age1one").configuration.recipients == ["age1one"])
    #expect(try Configuration.read("backups: s3://b/c").configuration.backupPlaces.isEmpty)
  }

  @Test(arguments: [
    "backups: s3://key:secret@bucket/shop", "encrypt: AGE-SECRET-KEY-1QQQ", "encrypt: [AGE-SECRET-KEY-1QQQ]",
  ])
  func `a secret is refused, and not repeated`(text: String) {
    let error = #expect(throws: DocumentError.self) { try Configuration.read(text) }
    #expect(error?.message.contains("holds a") == true)
    #expect(
      error.map { "\($0)" }?.contains("QQQ") == false && error.map { "\($0)" }?.contains("key:s") == false)
  }

  @Test(arguments: [
    "retention: {keep-last: many}", "objectives: {backup-age: soon}", "drill: {smoke: [{query: SELECT 1}]}",
    "backups: [{config: x}]",
  ])
  func `a value that means nothing is refused with its line`(text: String) {
    let error = #expect(throws: DocumentError.self) { try Configuration.read(text) }
    #expect(error?.detail.first?.hasPrefix("line 1") == true)
  }

  @Test func `a smoke query takes an answer as it stands, or a comparison`() {
    #expect(SmokeQuery(sql: "", expected: "3").accepts("3"))
    #expect(!SmokeQuery(sql: "", expected: "3").accepts("30"))
    #expect(SmokeQuery(sql: "", expected: ">= 3").accepts("3"))
    #expect(!SmokeQuery(sql: "", expected: "> 3").accepts("3"))
    #expect(SmokeQuery(sql: "", expected: "<3.5").accepts("3"))
    #expect(!SmokeQuery(sql: "", expected: "> 3").accepts("many"))
  }
}
