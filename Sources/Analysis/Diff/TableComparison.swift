import SchemaModel

/// Compares the members of two tables, or the indexes of two views, of one name.
struct TableComparison {
  private let owner: ObjectName
  private(set) var differences: [SchemaDifference] = []

  init(of first: Table, with second: Table) {
    owner = first.name
    compareColumns(first.columns, second.columns)
    comparePrimaryKeys(first.primaryKey, second.primaryKey)
    compare(first.uniqueConstraints, second.uniqueConstraints)
    compare(first.foreignKeys, second.foreignKeys)
    compare(first.checks, second.checks)
    compare(first.exclusions, second.exclusions)
    compare(first.indexes, second.indexes)
    comparePeers(first.policies, second.policies)
    compare(first.triggers, second.triggers)
    compare(first.rules, second.rules)
  }

  init(of first: View, with second: View) {
    owner = first.name
    compare(first.indexes, second.indexes)
    compare(first.triggers, second.triggers)
    compare(first.rules, second.rules)
  }

  private mutating func compareColumns(_ first: [Column], _ second: [Column]) {
    guard first != second else { return }
    comparePeers(first, second)
    let inFirst = Set(first.map(\.name))
    let inSecond = Set(second.map(\.name))
    compareOrder(
      first.map(\.name).filter(inSecond.contains), second.map(\.name).filter(inFirst.contains))
  }

  /// Says only which stretch of columns is out of order, so that a wide table stays readable.
  private mutating func compareOrder(_ first: [String], _ second: [String]) {
    guard first != second, first.count == second.count else { return }
    let moved = first.indices.filter { first[$0] != second[$0] }
    guard let start = moved.first, let end = moved.last else { return }
    differences.append(
      SchemaDifference(
        object: ObjectReference(kind: .table, owner),
        change: .changed(
          fact: SchemaDifference.columnOrderFact, expected: first[start...end].joined(separator: ", "),
          found: second[start...end].joined(separator: ", ")),
        severity: .breaksApplication))
  }

  /// A table has at most one primary key, so two of them are the same object whatever they are called.
  private mutating func comparePrimaryKeys(_ first: KeyConstraint?, _ second: KeyConstraint?) {
    switch (first, second) {
    case (nil, nil): return
    case (let first?, nil): append(first, .missing)
    case (nil, let second?): append(second, .unexpected)
    case (let first?, let second?): append(changesFrom: first, to: second)
    }
  }

  private mutating func compare<Rule: TableRule>(_ first: [Rule], _ second: [Rule]) {
    guard first != second else { return }
    let members = MemberPairs(from: first, to: second)
    for rule in members.missing { append(rule, .missing) }
    for rule in members.unexpected { append(rule, .unexpected) }
    for (rule, other) in members.pairs { append(changesFrom: rule, to: other) }
  }

  /// What is known by its name alone: a policy called otherwise is another one.
  private mutating func comparePeers<Member: SchemaObject>(
    _ first: [Member], _ second: [Member]
  ) where Member.Name == String {
    guard first != second else { return }
    let inFirst = Dictionary(first.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let inSecond = Dictionary(second.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let renames = RenamePairs(
      missing: first.filter { inSecond[$0.name] == nil },
      unexpected: second.filter { inFirst[$0.name] == nil },
      likeness: \.likeness)
    for member in first where inSecond[member.name] == nil {
      differences.append(
        SchemaDifference(
          object: reference(to: member), change: .missing, severity: member.presenceSeverity,
          renameGuess: renames.guess(missing: member.name)))
    }
    for member in second where inFirst[member.name] == nil {
      differences.append(
        SchemaDifference(
          object: reference(to: member), change: .unexpected, severity: member.presenceSeverity,
          renameGuess: renames.guess(unexpected: member.name)))
    }
    for member in first {
      guard let other = inSecond[member.name], other != member else { continue }
      differences += member.changes(to: other, as: reference(to: member))
    }
  }

  private mutating func append<Rule: TableRule>(_ rule: Rule, _ change: SchemaDifference.Change) {
    differences.append(
      SchemaDifference(object: reference(to: rule), change: change, severity: rule.presenceSeverity))
  }

  private mutating func append<Rule: TableRule>(changesFrom rule: Rule, to other: Rule) {
    guard rule != other else { return }
    let object = reference(to: rule)
    // A name that was not given is only a way to speak of the constraint.
    if rule.name != other.name, rule.isNamed, other.isNamed {
      differences.append(
        SchemaDifference(
          object: object,
          change: .changed(fact: SchemaDifference.nameFact, expected: rule.name, found: other.name),
          severity: .cosmetic))
    }
    differences += rule.changes(to: other, as: object) { rule.severity(of: $0, against: other) }
  }

  private func reference<Member: SchemaObject>(to member: Member) -> ObjectReference
  where Member.Name == String {
    ObjectReference(kind: member.kind, owner, member: member.name)
  }
}

extension SchemaObject {
  /// The facts in which another object differs from this one.
  /// - Parameter severity: how bad a difference in a fact is, where the facet alone cannot say.
  func changes(
    to other: Self, as object: ObjectReference, severity: (Facet<Self>) -> Severity = { $0.severity }
  ) -> [SchemaDifference] {
    Self.facets.compactMap { facet in
      guard facet.value(self) != facet.value(other) else { return nil }
      return SchemaDifference(
        object: object,
        change: .changed(fact: facet.label, expected: facet.words(self), found: facet.words(other)),
        severity: severity(facet))
    }
  }
}
