import SchemaModel

extension Configuration {
  /// How backups are restored.
  package struct RestoreSection: Hashable, Sendable {
    /// What is done with rows that violate constraints, in the order of the file.
    package var policies: [PolicyRule] = []

    package init() {}

    enum Key: String, CaseIterable {
      case policies
    }

    enum RuleKey: String, CaseIterable {
      case constraint
      case table
      case policy
      case reason
    }

    static func read(
      _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> RestoreSection {
      var section = RestoreSection()
      guard entry.value.content != .null else { return section }
      guard case .mapping(let facts) = entry.value.content else {
        throw wrongShape("policies", at: entry.value.position)
      }
      for fact in facts {
        guard let key = Key(rawValue: fact.key) else {
          findings.append(unknown(fact, among: Key.allCases.map(\.rawValue)))
          continue
        }
        switch key {
        case .policies: section.policies = try policies(of: fact, findings: &findings)
        }
      }
      return section
    }

    private static func policies(
      of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> [PolicyRule] {
      guard entry.value.content != .null else { return [] }
      guard case .sequence(let items) = entry.value.content else {
        throw wrongShape("a list of policies, each begun with \"- \"", at: entry.value.position)
      }
      var rules: [PolicyRule] = []
      for item in items {
        guard case .mapping(let facts) = item.content else {
          throw wrongShape("a policy: constraint or table, policy, reason", at: item.position)
        }
        rules.append(try rule(facts, line: item.position.line, at: item.position, findings: &findings))
      }
      return rules
    }

    private static func rule(
      _ facts: [YAMLNode.Entry], line: Int, at position: YAMLNode.Position,
      findings: inout [DocumentFinding]
    ) throws(DocumentError) -> PolicyRule {
      var policy: ViolationPolicy?
      var pattern: NamePattern?
      for fact in facts {
        guard let key = RuleKey(rawValue: fact.key) else {
          findings.append(unknown(fact, among: RuleKey.allCases.map(\.rawValue)))
          continue
        }
        switch key {
        case .constraint, .table: pattern = try value(of: fact).map { NamePattern($0) } ?? pattern
        case .policy:
          // The policy `null` is YAML's word for nothing.
          let word = fact.value.content == .null ? "null" : try value(of: fact) ?? ""
          guard let read = ViolationPolicy(rawValue: word) else {
            throw wrongShape("one of \(PolicyText.words.joined(separator: ", "))", at: fact.value.position)
          }
          policy = read
        case .reason: _ = try value(of: fact)
        }
      }
      guard let policy else { throw wrongShape("\"policy:\" with its word", at: position) }
      return PolicyRule(policy, for: pattern, origin: .configuration(line: line))
    }
  }
}
