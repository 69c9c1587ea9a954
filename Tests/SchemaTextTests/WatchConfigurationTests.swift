import Foundation
import SchemaText
import Testing

/// The section `watch:` of plumb.yaml, and the times that people write.
@Suite struct WatchConfigurationTests {
  @Test func `everything that can be said is understood`() throws {
    let reading = try Configuration.read(
      """
      watch:
        poll: 30s
        reread: 1h 30m
        webhook: $HOOK
        command: [notify, --urgent]
        pipeline: flyway
        maintenance:
          - Sat 02:00-04:00 Europe/Berlin
          - 2026-12-24 to 2026-12-27 UTC
      """)
    let watch = reading.configuration.watch
    #expect(reading.findings == [])
    #expect(watch.poll == .seconds(30) && watch.reread == .seconds(5400))
    #expect(
      watch.webhook == "$HOOK" && watch.command == ["notify", "--urgent"] && watch.pipeline == ["flyway"])
    #expect(
      watch.maintenance.map(\.description) == [
        "Sat 02:00-04:00 Europe/Berlin", "2026-12-24 to 2026-12-27 UTC",
      ])
  }

  @Test(arguments: [
    ("poll: soon", "line 2: expected a length of time such as 30s, 10m or 2h"),
    ("poll: 0s", "line 2: expected a length of time such as 30s, 10m or 2h"),
    ("webhook: file:///etc/passwd", "line 2: expected a URL that begins with https://"),
    ("maintenance: [Sat 02:00-04:00, Someday]", "line 2: expected a window such as"),
    ("command: {a: b}", "line 2: expected one text for \"command\""),
  ])
  func `what is wrong is told with its line`(line: String, expected: String) throws {
    let error = #expect(throws: DocumentError.self) { try Configuration.read("watch:\n  \(line)\n") }
    #expect(try #require(error?.detail.first).hasPrefix(expected))
  }

  @Test func `a key that is not known is told with the nearest one`() throws {
    let findings = try Configuration.read("watch:\n  web-hook: https://a\n").findings
    #expect(findings.map(\.place) == ["line 2"])
    #expect(findings.map(\.hint) == ["Did you mean \"webhook\"?"])
  }

  @Test(arguments: [
    // A Saturday; Berlin is an hour ahead in November.
    ("Sat 02:00-04:00 Europe/Berlin", "2026-11-21T01:00:00Z", true),
    ("Sat 02:00-04:00 Europe/Berlin", "2026-11-21T00:59:59Z", false),
    ("Sat 02:00-04:00 Europe/Berlin", "2026-11-21T03:00:00Z", false),
    ("Sat 02:00-04:00 Europe/Berlin", "2026-11-22T01:30:00Z", false),
    // In summer it is two.
    ("Sat 02:00-04:00 Europe/Berlin", "2026-07-18T00:00:00Z", true),
    ("sat,Sun 22:00-01:00 UTC", "2026-11-21T22:00:00Z", true),
    ("sat,Sun 22:00-01:00 UTC", "2026-11-23T00:59:00Z", true),
    ("sat,Sun 22:00-01:00 UTC", "2026-11-21T00:30:00Z", false),
    ("Fri-Mon 09:00-10:00 UTC", "2026-11-23T09:30:00Z", true),
    ("Fri-Mon 09:00-10:00 UTC", "2026-11-24T09:30:00Z", false),
    ("daily 00:00-24:00 UTC", "2026-11-24T23:59:59Z", true),
    ("2026-12-24T18:00 to 2026-12-27T06:00 Europe/Berlin", "2026-12-24T17:00:00Z", true),
    ("2026-12-24T18:00 to 2026-12-27T06:00 Europe/Berlin", "2026-12-27T05:00:00Z", false),
  ])
  func `a window holds the moments between its ends`(window: String, moment: String, isInside: Bool) throws {
    let window = try #require(MaintenanceWindow(window))
    #expect(window.contains(try Date(moment, strategy: .iso8601)) == isInside)
  }

  @Test(arguments: [
    "", "Sat", "Sat 02:00", "Sat 2-4", "Sat 04:00-04:00", "Sun-Someday 01:00-02:00", "daily 01:00-25:00",
    "2026-12-27 to 2026-12-24", "Sat 02:00-04:00 Europe/Nowhere",
  ])
  func `what is no window is none`(text: String) {
    #expect(MaintenanceWindow(text) == nil)
  }

  @Test(arguments: [
    ("2026-11-20", "2026-11-20T00:00:00Z"), ("2026-11-20T14:02", "2026-11-20T14:02:00Z"),
    ("2026-11-20 14:02:30", "2026-11-20T14:02:30Z"), ("2026-11-20T14:02:30.5Z", "2026-11-20T14:02:30Z"),
    ("2026-11-20T14:02+02:00", "2026-11-20T12:02:00Z"), ("2026-11-20T14:02-01:30", "2026-11-20T15:32:00Z"),
  ])
  func `a moment is read as it is typed`(text: String, expected: String) throws {
    let moment = try #require(MomentText.read(text, in: .gmt))
    #expect(moment == (try Date(expected, strategy: .iso8601)))
    #expect(MomentText.read(MomentText.text(moment, in: .gmt), in: .gmt) == moment)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-13-01", "2026-11-20T25:00", "2026-11-20T14", "db", "2026-11-20x",
  ])
  func `what is no moment is none`(text: String) {
    #expect(MomentText.read(text, in: .gmt) == nil)
  }

  @Test func `lengths of time are printed as they are read`() {
    for text in ["5s", "1m 30s", "2h", "1d 1s"] {
      #expect(DurationText.read(text).map(DurationText.text) == text)
    }
    for text in ["", "5", "s", "5x", "-5s", "99999999h"] { #expect(DurationText.read(text) == nil) }
  }
}
