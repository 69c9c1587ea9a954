import SchemaModel
import SchemaText

/// Rules of domains that were taken off so that rows could be loaded (``RelaxedRules``), put back when those are gone.
extension PostgresRestore {
  /// Puts the rules back; the server looks at every value of the domain again.
  func enforceDomains() throws(EngineError) {
    let enforcedBefore = try domainRulesThatAreBack()
    for rule in rules.domains where !enforcedBefore.contains(rule) {
      guard let domain = schema.domains.first(where: { $0.name == rule.domain }) else { continue }
      let check = rule.check.flatMap { name in domain.checks.first { $0.name == name } }
      let isKept = keptConstraints.contains { kept in
        kept.kind == .domainType && isOf(rule, kept)
      }
      try enforce(check, of: domain, isKept: isKept)
      if let comment = check?.comment {
        try connection.execute(DomainRuleSQL.comment(comment, onCheck: check?.name ?? "", of: domain.name))
      }
    }
  }

  private func enforce(_ check: CheckConstraint?, of domain: DomainType, isKept: Bool) throws(EngineError) {
    if isKept, let check {
      return try connection.execute(DomainRuleSQL.add(check, to: domain.name, isValidated: false))
    }
    do throws(EngineError) {
      try connection.underSearchPath(of: schema) { () throws(EngineError) in
        try connection.execute(
          check.map { DomainRuleSQL.add($0, to: domain.name, isValidated: true) }
            ?? DomainRuleSQL.setNotNull(domain.name))
      }
    } catch {
      // The server cannot look into arrays and composite values; we have.
      guard error.kind == .unsupported || error.kind == .refused else { throw error }
      try connection.execute(
        check.map { DomainRuleSQL.add($0, to: domain.name, isValidated: false) }
          ?? DomainRuleSQL.vouchForNotNull(domain.name))
      if let check { try? connection.execute(DomainRuleSQL.vouch(forCheck: check.name, of: domain.name)) }
    }
  }

  private func isOf(_ rule: DomainRule, _ kept: ConstraintReference) -> Bool {
    guard let check = rule.check, let table = tablesByName[kept.table] else { return false }
    return ViolationQuery.domains(of: table, in: schema).contains {
      $0.constraint == kept && $0.domain == rule.domain && kept.name.hasSuffix(".\(check)")
    }
  }
}

/// A rule of a domain: a check by its name, or its NOT NULL.
struct DomainRule: Hashable, Codable {
  var domain: ObjectName
  var check: String?
}

extension EngineError {
  /// Whether the cause may be a check's condition, or a function it calls, and not the row's own text.
  package var mayLieInRules: Bool {
    switch kind {
    case .violation: true
    case .refused, .notFound, .unsupported, .permission:
      ["22", "42", "P0", "38", "39", "3F", "0A"].contains { sqlState?.hasPrefix($0) == true }
    case .unreachable, .authentication, .damaged, .diskFull, .connectionLost, .timeout, .interrupted: false
    }
  }
}
