import SchemaModel

/// The JSON document of a comparison, `plumb/diff`; its contract is `Documentation/JSON.md`.
package enum DiffDocument {
  /// What the document says it is.
  package static let format = "plumb/diff"
  /// The layout this program writes; fields are only ever added to one.
  package static let version = 1

  /// The document, to be written as JSON.
  /// - Parameter flaws: the classic flaws of a drawing on either side.
  package static func value(
    of comparison: SchemaComparison, flaws: [ClassicFlaw] = [], from first: ComparedSource,
    to second: ComparedSource
  ) -> FacetValue {
    .record([
      "format": .text(format),
      "version": .number(version),
      "from": first.document,
      "to": second.document,
      "verdict": .text(comparison.verdict.label),
      "flaws": .list(flaws.map(DriftDocument.value(of:))),
      "differences": .list(comparison.differences.map { .record(fields(of: $0)) }),
      "notCompared": .record([
        "from": comparison.notComparedInFirst.facetValue, "to": comparison.notComparedInSecond.facetValue,
      ]),
      "limits": comparison.limits.facetValue,
      "scope": comparison.scope.facetValue,
    ])
  }

  /// What was accepted on purpose, and the rules that no longer hold.
  static func ignored(_ comparison: SchemaComparison) -> FacetValue {
    .list(
      comparison.ignored.map { item in
        var fields = fields(of: item.difference)
        fields["reason"] = .text(item.rule.reason)
        fields["line"] = .number(item.rule.line)
        return .record(fields)
      })
  }

  static func expired(_ comparison: SchemaComparison) -> FacetValue {
    .list(
      comparison.expiredRules.map { rule in
        .record([
          "line": .number(rule.line), "until": .text(rule.until ?? ""), "reason": .text(rule.reason),
        ])
      })
  }

  /// What every document says of a difference.
  static func fields(of difference: SchemaDifference) -> [String: FacetValue] {
    var fields = fields(of: difference.object)
    fields["severity"] = .text(difference.severity.label)
    switch difference.change {
    case .missing: fields["change"] = .text("missing")
    case .unexpected: fields["change"] = .text("unexpected")
    case .changed(let fact, let expected, let found):
      fields["change"] = .text("changed")
      fields["fact"] = .text(fact)
      fields["expected"] = .text(expected)
      fields["found"] = .text(found)
    }
    switch difference.renameGuess {
    case nil: break
    case .to(let name): fields["perhapsRenamedTo"] = .text(name)
    case .from(let name): fields["perhapsRenamedFrom"] = .text(name)
    }
    return fields
  }

  /// What every document says of an object: for people, and in its parts for programs.
  static func fields(of object: ObjectReference) -> [String: FacetValue] {
    var fields: [String: FacetValue] = [
      "kind": .text(object.kind.label), "object": .text(object.path), "owner": object.owner.facetValue,
    ]
    if let member = object.member { fields["member"] = .text(member) }
    return fields
  }
}
