import SchemaModel

extension IgnoreRule {
  enum Key: String, CaseIterable {
    case kind
    case name
    case fact
    case environment
    case until
    case reason
  }

  /// The rules below `ignore:`; each needs a reason, and a condition beside the date.
  static func read(
    _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> [IgnoreRule] {
    guard entry.value.content != .null else { return [] }
    guard case .sequence(let items) = entry.value.content else {
      throw Configuration.wrongShape("a list of rules, each begun with \"- \"", at: entry.value.position)
    }
    var rules: [IgnoreRule] = []
    for item in items {
      guard case .mapping(let facts) = item.content else {
        throw Configuration.wrongShape(
          "a rule: kind, name, fact, environment, until, reason", at: item.position)
      }
      var rule = IgnoreRule(reason: "", line: item.position.line)
      for fact in facts {
        guard let key = Key(rawValue: fact.key) else {
          findings.append(Configuration.unknown(fact, among: Key.allCases.map(\.rawValue)))
          continue
        }
        try rule.set(key, fact, findings: &findings)
      }
      guard !rule.reason.isEmpty else {
        throw DocumentError(
          "a rule that ignores drift gives no reason", detail: ["line \(rule.line)"],
          hint: "Add 'reason:' to it: whoever is on call will want to know.")
      }
      guard rule.kind != nil || rule.name != nil || rule.fact != nil else {
        throw DocumentError(
          "a rule ignores everything", detail: ["line \(rule.line)"],
          hint: "Say what it is for with 'kind:', 'name:' or 'fact:'.")
      }
      rules.append(rule)
    }
    return rules
  }

  private mutating func set(
    _ key: Key, _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) {
    if key == .environment, case .sequence(let items) = entry.value.content {
      environments = items.compactMap { item in
        if case .scalar(let text) = item.content { text } else { nil }
      }
      return
    }
    guard let value = try Configuration.value(of: entry) else { return }
    switch key {
    case .kind:
      kind = value
      let known = ObjectKind.allCases.map(\.label)
      // What is not compared has words of its own, so an unknown kind is only worth a word when it is nearly right.
      if !known.contains(value), let nearest = NearestSpelling.of(value, among: known) {
        findings.append(
          DocumentFinding(
            place: "line \(entry.position.line)", message: "no kind of object is called \"\(value)\"",
            hint: "Did you mean \"\(nearest)\"?"))
      }
    case .name: name = NamePattern(value)
    case .fact: fact = value
    case .environment: environments = [value]
    case .until:
      guard Self.isDate(value) else {
        throw Configuration.wrongShape("a day such as 2026-12-31", at: entry.value.position)
      }
      until = value
    case .reason: reason = value
    }
  }

  /// Whether it is a day written `YYYY-MM-DD`, so that days compare as texts.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }
}
