import SchemaModel

extension Configuration {
  /// What a drill does beyond restoring.
  package struct Drill: Hashable, Sendable {
    /// Questions whose answers are known.
    package var smoke: [SmokeQuery] = []

    package init() {}

    private enum Key: String, CaseIterable {
      case smoke
    }

    private enum SmokeKey: String, CaseIterable {
      case query
      case expect
      case name
      case database
    }

    static func read(
      _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> Drill {
      var drill = Drill()
      guard entry.value.content != .null else { return drill }
      guard case .mapping(let facts) = entry.value.content else {
        throw wrongShape("smoke", at: entry.value.position)
      }
      for fact in facts {
        guard let key = Key(rawValue: fact.key) else {
          findings.append(unknown(fact, among: Key.allCases.map(\.rawValue)))
          continue
        }
        switch key {
        case .smoke: drill.smoke = try smoke(of: fact, findings: &findings)
        }
      }
      return drill
    }

    private static func smoke(
      of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> [SmokeQuery] {
      let form = "a list of queries, each with query and expect"
      guard entry.value.content != .null else { return [] }
      guard case .sequence(let items) = entry.value.content else {
        throw wrongShape(form, at: entry.value.position)
      }
      var queries: [SmokeQuery] = []
      for item in items {
        guard case .mapping(let facts) = item.content else { throw wrongShape(form, at: item.position) }
        var values: [SmokeKey: String] = [:]
        for fact in facts {
          guard let key = SmokeKey(rawValue: fact.key) else {
            findings.append(unknown(fact, among: SmokeKey.allCases.map(\.rawValue)))
            continue
          }
          // An empty answer is one that can be expected.
          if key == .expect, fact.value.content == .scalar("") {
            values[key] = ""
          } else {
            values[key] = try value(of: fact)
          }
        }
        guard let sql = values[.query], let expected = values[.expect] else {
          throw wrongShape(form, at: item.position)
        }
        var trimmed = Substring(expected)
        while trimmed.last?.isNewline == true { trimmed.removeLast() }
        queries.append(
          SmokeQuery(
            sql: sql, expected: String(trimmed), name: values[.name], database: values[.database]))
      }
      return queries
    }
  }
}
