import SchemaModel
import SchemaText

/// What was seen and is not modelled, gathered by kind.
struct SQLiteSeen {
  private var names: [String: [String]] = [:]

  /// Notes one thing of a kind; the kind in words, plural.
  mutating func add(_ kind: String, _ name: String) {
    names[kind, default: []].append(name)
  }

  /// Notes what a parser did not understand of a definition.
  mutating func add(_ findings: [SQLiteFinding], of object: String) {
    for finding in findings { add("definitions not fully understood", "\(object): \(finding)") }
  }

  /// By kind; some of the names of each, sorted.
  var notCompared: [NotCompared] {
    names.sorted { $0.key < $1.key }.map { kind, names in
      NotCompared(
        kind: kind, count: names.count, names: Array(names.sorted().prefix(NotCompared.namesKept)))
    }
  }
}
