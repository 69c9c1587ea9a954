import Analysis
import Engines
import SchemaModel
import SchemaText

/// Holds a live database against its blueprint.
package enum Drift {
  /// Compares, and counts on the live data what the differences may cost.
  ///
  /// - Parameter counts: whether rows are counted for the demands that only the blueprint makes; each count
  ///   is one statement under the session's time limit, and one that fails leaves its difference uncounted.
  package static func report(
    blueprint: Schema, live session: any DatabaseSession, counts: Bool = true
  ) throws -> DriftReport {
    let live = try session.schema()
    var evidence: [EvidenceSubject: Evidence] = [:]
    if counts {
      for probe in DriftProbes.find(blueprint: blueprint, live: live) {
        try Interruption.check()
        evidence[probe.subject] = try? count(probe, in: live, on: session)
      }
      try Interruption.check()
    }
    return DriftReport(blueprint: blueprint, live: live, evidence: evidence)
  }

  private static func count(
    _ probe: DriftProbe, in live: Schema, on session: any DatabaseSession
  ) throws -> Evidence {
    let query = probe.violations(in: live)
    return Evidence(
      violatingRowCount: try session.number(query.countSQL),
      totalRowCount: try session.number("SELECT count(*) FROM \(query.from)"), sql: query.listSQL)
  }
}

extension DriftProbe {
  /// The live rows that break the demand.
  func violations(in live: Schema) -> ViolationQuery {
    switch demand {
    case .foreignKey(let key): .foreignKey(key, of: table, in: live)
    case .notNull(let column): .notNull(column, of: table, engine: live.engine)
    case .check(let check): .check(check, of: table, engine: live.engine)
    case .key(let key): .key(key, of: table, engine: live.engine)
    case .uniqueIndex(let index): .uniqueIndex(index, of: table, engine: live.engine)
    }
  }
}

extension DriftReport {
  /// The differences in one line each.
  package var lines: [String] {
    findings.map { "\($0.difference.line): \($0.consequence)" }
  }
}
