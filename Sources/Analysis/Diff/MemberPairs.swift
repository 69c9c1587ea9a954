import SchemaModel

/// A constraint or index: matched by what it says when its name differs.
protocol TableRule: SchemaObject where Name == String {
  /// Whether its name was given; one without a name is called by what it says.
  var isNamed: Bool { get }
  /// How bad it is that only one of two databases has it.
  var presenceSeverity: Severity { get }
  /// How bad it is that it differs from another in this fact.
  func severity(of facet: Facet<Self>, against other: Self) -> Severity
}

extension TableRule {
  func severity(of facet: Facet<Self>, against other: Self) -> Severity { facet.severity }

  /// All that it demands, without how it is called.
  var demand: [FacetValue] {
    Self.facets.filter { $0.label != "comment" && $0.label != "named" }.map { $0.value(self) }
  }
}

extension KeyConstraint: TableRule {}
extension ForeignKey: TableRule {}
extension CheckConstraint: TableRule {}

extension ExclusionConstraint: TableRule {
  var isNamed: Bool { true }
}

extension Trigger: TableRule {
  var isNamed: Bool { true }
}

extension RewriteRule: TableRule {
  var isNamed: Bool { true }
}

extension TableIndex: TableRule {
  var isNamed: Bool { true }

  func severity(of facet: Facet<TableIndex>, against other: TableIndex) -> Severity {
    let decidesWhichRowsFit = facet.label == "keys" || facet.label == "predicate"
    return decidesWhichRowsFit && (isUnique || other.isUnique) ? .breaksRestore : facet.severity
  }
}

/// Two lists of constraints or indexes, each matched to its counterpart: by name, else by what it demands.
struct MemberPairs<Rule: TableRule> {
  /// First the one of the first schema.
  private(set) var pairs: [(Rule, Rule)] = []
  private(set) var missing: [Rule] = []
  private(set) var unexpected: [Rule] = []

  init(from first: [Rule], to second: [Rule]) {
    let (left, right) = match(first, second, by: \.name)
    // What a rule demands is worth computing only for those whose names did not match.
    (missing, unexpected) = match(left, right, by: \.demand)
  }

  /// Pairs what has the same key, in order, and returns the rest of both sides.
  private mutating func match<Key: Hashable>(
    _ first: [Rule], _ second: [Rule], by key: (Rule) -> Key
  ) -> ([Rule], [Rule]) {
    guard !first.isEmpty, !second.isEmpty else { return (first, second) }
    // Positions are kept last first, so that taking the last one gives the first of equals.
    var positions: [Key: [Int]] = [:]
    for (position, rule) in second.enumerated().reversed() {
      positions[key(rule), default: []].append(position)
    }
    var isTaken = [Bool](repeating: false, count: second.count)
    var left: [Rule] = []
    for rule in first {
      if let position = positions[key(rule)]?.popLast() {
        isTaken[position] = true
        pairs.append((rule, second[position]))
      } else {
        left.append(rule)
      }
    }
    return (left, zip(second, isTaken).filter { !$0.1 }.map(\.0))
  }
}
