extension Schema {
  /// How many constraints the server enforces, and has held all rows against.
  package var vouchedConstraintCount: Int {
    tables.reduce(0) { count, table in
      count + table.keys.count + table.exclusions.count + table.foreignKeys.count(where: \.isVouchedFor)
        + table.checks.count(where: \.isVouchedFor)
    } + domains.reduce(0) { $0 + $1.checks.count(where: \.isVouchedFor) }
  }

  /// Constraints that hold for new rows only, each with what it is of: rows that were there may break them.
  package var unvalidatedConstraints: [String] {
    tables.flatMap { table -> [String] in
      let names =
        table.foreignKeys.filter { $0.isEnforced && !$0.isValidated }.map(\.name)
        + table.checks.filter { $0.isEnforced && !$0.isValidated }.map(\.name)
        + table.columns.filter { $0.isNotNull && !$0.notNull.isValidated }.map { "NOT NULL of \($0.name)" }
      return names.map { "\($0) of \(table.name)" }
    }
      + domains.flatMap { domain in
        domain.checks.filter { !$0.isValidated }.map { "\($0.name) of \(domain.name)" }
      }
  }

  /// Constraints that the server keeps no row by (`NOT ENFORCED`, PostgreSQL 18 and later), each with its table.
  package var unenforcedConstraints: [String] {
    tables.flatMap { table in
      (table.foreignKeys.filter { !$0.isEnforced }.map(\.name)
        + table.checks.filter { !$0.isEnforced }.map(\.name)).map { "\($0) of \(table.name)" }
    }
  }
}
