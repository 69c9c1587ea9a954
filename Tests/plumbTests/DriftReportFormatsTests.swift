import Foundation
import FoundationXML
import Testing

/// What other programs read of a drift report is what they can read.
@Suite struct DriftReportFormatsTests {
  let workplace: Workplace
  let shop: Shop

  init() throws {
    workplace = try Workplace()
    shop = try Shop(.sqlite, in: workplace)
    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    try shop.run("ALTER TABLE customers ADD COLUMN note text; CREATE TABLE tmp_1 (\"a<b>&\" text);")
  }

  @Test func `text ends with a summary in one line`() throws {
    let outcome = try workplace.plumb("drift")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.hasSuffix("\n\n2 differences: 2 break a restore.\n"), "\(outcome.output)")
  }

  @Test func `JUnit XML is well formed and has a failed case for each difference`() throws {
    let outcome = try workplace.plumb("drift", "--format", "junit")
    #expect(outcome.exitCode == 1)
    let document = try XMLDocument(xmlString: outcome.output)
    #expect(try document.nodes(forXPath: "//testcase/failure").count == 2)
    #expect(try document.nodes(forXPath: "//testsuite/@failures").first?.stringValue == "2")
  }

  @Test func `SARIF places each finding in the blueprint's text`() throws {
    let document = try workplace.plumb("drift", "--format", "sarif").document()
    #expect(document["version"] as? String == "2.1.0")
    let runs = try #require(document["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["column/unexpected", "table/unexpected"])
    let locations = try #require(results[0]["locations"] as? [[String: Any]])
    let place = try #require(locations.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(place["artifactLocation"] as? [String: Any])
    #expect(artifact["uri"] as? String == "blueprint/schema.sql")
    let region = try #require(place["region"] as? [String: Any])
    let line = try #require(region["startLine"] as? Int)
    let text = try workplace.read("blueprint/schema.sql").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(text[line - 1].contains("customers"), "line \(line)")
  }

  @Test func `Markdown and HTML take names literally`() throws {
    let markdown = try workplace.plumb("drift", "--format", "markdown").output
    #expect(markdown.hasPrefix("## plumb drift: different\n"))
    #expect(markdown.contains("| table tmp\\_1 | is not expected |"), "\(markdown)")
    try shop.run("DROP TABLE tmp_1; CREATE TABLE \"<script>\" (a text);")
    let page = try workplace.plumb("drift", "--format", "html").output
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(page.contains("table &lt;script&gt;"))
    #expect(!page.contains("<script"))
  }

  @Test func `the SQL that would undo it is a draft that loses nothing by itself`() throws {
    try workplace.write("plumb.yaml", try workplace.read("plumb.yaml") + Self.acceptance)
    try shop.run("CREATE INDEX by_name ON customers (name)")
    let outcome = try workplace.plumb("drift", "--format", "sql")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.hasPrefix("-- DRAFT by plumb drift: makes "), "\(outcome.output)")
    #expect(outcome.output.contains("-- 1 difference that plumb.yaml ignores is left alone.\n"))
    #expect(outcome.output.contains("\nDROP INDEX by_name;\n"))
    #expect(outcome.output.contains("\n-- DROP TABLE customers;\n"))
    #expect(!outcome.output.contains("tmp_1"))
    try shop.run(outcome.output)
    #expect(
      try workplace.plumb("drift").output.contains("1 difference: 1 breaks a restore; 1 ignored on purpose."))
  }

  private static let acceptance = """
    ignore:
      - name: tmp_*
        reason: left by the nightly import

    """

  @Test func `the text tells where the SQL is to be had, and only when something differs`() throws {
    #expect(try workplace.plumb("drift").errors.contains("--format sql"))
    try shop.run("DROP TABLE tmp_1; ALTER TABLE customers DROP COLUMN note")
    let outcome = try workplace.plumb("drift")
    #expect(outcome.exitCode == 0)
    #expect(!outcome.errors.contains("--format sql"))
    let script = try workplace.plumb("drift", "--format", "sql")
    #expect(script.exitCode == 0)
    #expect(script.output.hasSuffix("-- Nothing differs, so there is nothing to do.\n"), "\(script.output)")
  }

  @Test func `a diff leads from the first to the second, and a drawing leads nowhere`() throws {
    let forth = try workplace.plumb("diff", "blueprint", shop.location, "--format", "sql").output
    #expect(forth.contains("\nCREATE TABLE tmp_1 ("), "\(forth)")
    let back = try workplace.plumb("diff", shop.location, "blueprint", "--format", "sql").output
    #expect(back.contains("\n-- DROP TABLE tmp_1;"), "\(back)")
    let drawn = try workplace.plumb("diff", "blueprint/ERD.md", shop.location, "--format", "sql")
    #expect(drawn.exitCode == 2, "\(drawn)")
  }

  @Test func `a rule ignores, an expired one is told, and none is asked for with a flag`() throws {
    let configuration = try workplace.read("plumb.yaml")
    try workplace.write(
      "plumb.yaml",
      configuration + """
        ignore:
          - name: tmp_*
            reason: left by the nightly import
          - kind: column
            until: 2020-01-01
            reason: it was to be gone by then
        """)
    let outcome = try workplace.plumb("drift")
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.output.contains("+ table tmp_1 is not expected (left by the nightly import)"), "\(outcome)")
    #expect(outcome.output.contains("held until 2020-01-01: it was to be gone by then"))
    #expect(outcome.output.hasSuffix("1 difference: 1 breaks a restore; 1 ignored on purpose.\n"))
    #expect(try workplace.plumb("drift", "--no-ignore").output.contains("2 differences:"))
    try shop.run("ALTER TABLE customers DROP COLUMN note")
    #expect(try workplace.plumb("drift").exitCode == 0)
    let document = try workplace.plumb("drift", "--format", "json").document()
    #expect(
      (document["ignored"] as? [[String: Any]])?.first?["reason"] as? String == "left by the nightly import")
    #expect((document["expiredRules"] as? [[String: Any]])?.count == 1)
  }

  @Test func `an environment has its own database, overlay and rules`() throws {
    try workplace.write("blueprint/staging.sql", "ALTER TABLE customers ADD COLUMN note text;\n")
    let configuration = try workplace.read("plumb.yaml")
    try workplace.write(
      "plumb.yaml",
      configuration + """
        environments:
          staging:
            database: \(shop.location)
            overlay: blueprint/staging.sql
        ignore:
          - name: tmp_*
            environment: staging
            reason: staging imports every night
        """)
    #expect(try workplace.plumb("drift").exitCode == 1)
    let outcome = try workplace.plumb("drift", "--environment", "staging")
    #expect(outcome.exitCode == 0, "\(outcome)")
    let unknown = try workplace.plumb("drift", "--environment", "stagin")
    #expect(unknown.exitCode == 2)
    #expect(unknown.headline.contains("knows no environment stagin"), "\(unknown)")
  }
}
