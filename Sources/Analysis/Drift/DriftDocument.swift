import SchemaModel

/// The JSON document of a drift report, `plumb/drift`; its contract is `Documentation/JSON.md`.
package enum DriftDocument {
  /// What the document says it is.
  package static let format = "plumb/drift"
  /// The layout this program writes; fields are only ever added to one.
  package static let version = 1

  /// The document, to be written as JSON.
  package static func value(
    of report: DriftReport, blueprint: ComparedSource, live: ComparedSource
  ) -> FacetValue {
    .record([
      "format": .text(format),
      "version": .number(version),
      "blueprint": blueprint.document,
      "live": live.document,
      "verdict": .text(report.verdict.label),
      "flaws": .list(report.flaws.map(value(of:))),
      "differences": .list(report.findings.map(value(of:))),
      "notCompared": .record([
        "blueprint": report.comparison.notComparedInFirst.facetValue,
        "live": report.comparison.notComparedInSecond.facetValue,
      ]),
      "limits": report.comparison.limits.facetValue,
      "ignored": DiffDocument.ignored(report.comparison),
      "expiredRules": DiffDocument.expired(report.comparison),
      "scope": report.comparison.scope.facetValue,
    ])
  }

  static func value(of flaw: ClassicFlaw) -> FacetValue {
    .record([
      "title": .text(flaw.title), "sentence": .text(flaw.sentence), "consequence": .text(flaw.consequence),
      "objects": .list(flaw.objects.map { .record(DiffDocument.fields(of: $0)) }),
    ])
  }

  private static func value(of finding: DriftReport.Finding) -> FacetValue {
    var fields = DiffDocument.fields(of: finding.difference)
    fields["consequence"] = .text(finding.consequence)
    if let flaw = finding.flaw { fields["flaw"] = .number(flaw) }
    if let evidence = finding.evidence {
      fields["evidence"] = .record([
        "violatingRows": .number(evidence.violatingRowCount), "totalRows": .number(evidence.totalRowCount),
        "sql": .text(evidence.sql),
      ])
    }
    return .record(fields)
  }
}
