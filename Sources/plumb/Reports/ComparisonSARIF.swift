import Analysis
import SchemaModel
import Terminal

/// A comparison as SARIF 2.1.0, which code hosts show beside the file a finding is about.
enum ComparisonSARIF {
  /// - Parameter file: the blueprint's text and its path, where findings are placed at the object's paragraph.
  static func document(_ report: ComparisonReport, file: (path: String, text: String)?) -> FacetValue {
    let lines = file.map { PlaceInText($0.text) }
    let results: [FacetValue] = report.items.map { item in
      let object = item.difference.object
      let predicate = ComparisonText.predicate(of: item.difference)
      let sentence = "\(object)\(predicate)" + (item.consequence.map { ". \($0.firstUppercased)" } ?? "")
      var location: [String: FacetValue] = [
        "logicalLocations": .list([
          .record(["fullyQualifiedName": .text(object.path), "kind": .text(object.kind.label)])
        ])
      ]
      if let file, let lines {
        location["physicalLocation"] = .record([
          "artifactLocation": .record(["uri": .text(file.path)]),
          "region": .record(["startLine": .number(lines.line(of: object))]),
        ])
      }
      return .record([
        "ruleId": .text(rule(of: item.difference)), "level": .text(level(of: item.difference.severity)),
        "message": .record(["text": .text(sentence)]), "locations": .list([.record(location)]),
        "partialFingerprints": .record([
          "difference/v1": .text("\(object) \(rule(of: item.difference))")
        ]),
      ])
    }
    let rules: [FacetValue] = Set(report.items.map { rule(of: $0.difference) }).sorted().map { id in
      .record(["id": .text(id), "shortDescription": .record(["text": .text("\(id) differs")])])
    }
    let driver: FacetValue = .record([
      "name": .text("plumb"), "version": .text(Plumb.version), "rules": .list(rules),
    ])
    return .record([
      "$schema": .text("https://json.schemastore.org/sarif-2.1.0.json"), "version": .text("2.1.0"),
      "runs": .list([
        .record([
          "tool": .record(["driver": driver]), "results": .list(results),
          "invocations": .list([
            .record(["executionSuccessful": .flag(report.verdict != .couldNotTell)])
          ]),
        ])
      ]),
    ])
  }

  private static func rule(of difference: SchemaDifference) -> String {
    switch difference.change {
    case .missing: "\(difference.object.kind.label)/missing"
    case .unexpected: "\(difference.object.kind.label)/unexpected"
    case .changed(let fact, _, _): "\(difference.object.kind.label)/\(fact)"
    }
  }

  private static func level(of severity: Severity) -> String {
    switch severity {
    case .breaksRestore, .breaksApplication, .security: "error"
    case .performance: "warning"
    case .cosmetic: "note"
    }
  }
}

/// Finds the line of a text on which an object is named first.
private struct PlaceInText {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// From 1; the first line when the object is not there.
  func line(of object: ObjectReference) -> Int {
    let owner = lines.firstIndex { $0.hasPrefix("CREATE") && $0.contains(object.owner.description) } ?? 0
    guard let member = object.member else { return owner + 1 }
    let paragraph = lines[owner...].prefix { !$0.isEmpty }
    return (paragraph.firstIndex { $0.contains(member) } ?? owner) + 1
  }
}
