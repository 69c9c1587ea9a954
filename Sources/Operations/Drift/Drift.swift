import Analysis
import Engines
import SchemaModel
import SchemaText

/// A live database held against its blueprint.
package struct Drift {
  package let report: DriftReport
  /// The structure that was found.
  package let live: Schema

  /// Reads the live structure, compares, and counts on the live data what the differences may cost.
  ///
  /// - Parameter counts: whether rows are counted for the demands that only the blueprint makes.
  /// - Parameter rules: what is accepted on purpose.
  package init(
    blueprint: Schema, live session: any DatabaseSession, counts: Bool = true,
    ignoring rules: IgnoreRules = IgnoreRules([], environment: nil, today: "")
  ) throws {
    try self.init(
      blueprint: blueprint, live: try session.schema(printable: false), countingOn: counts ? session : nil,
      ignoring: rules)
  }

  /// Compares with a live structure that was read before.
  ///
  /// - Parameter session: where rows are counted for the demands that only the blueprint makes; each count
  ///   is one statement under the session's time limit, and one that fails leaves its difference uncounted.
  /// - Parameter rules: what is accepted on purpose.
  package init(
    blueprint: Schema, live: Schema, countingOn session: (any DatabaseSession)?,
    ignoring rules: IgnoreRules = IgnoreRules([], environment: nil, today: "")
  ) throws {
    var context = DriftContext(blueprint: blueprint, live: live)
    if let session {
      for probe in DriftProbes.find(in: context) {
        try Interruption.check()
        context.evidence[probe.subject] = try Self.count(probe, in: live, on: session)
      }
      try Interruption.check()
    }
    self.live = live
    report = DriftReport(in: context, ignoring: rules)
  }

  /// What the rows say of a demand; `nil` when this role, or the time there is, does not allow to count them.
  private static func count(
    _ probe: DriftProbe, in live: Schema, on session: any DatabaseSession
  ) throws(EngineError) -> Evidence? {
    let query = probe.violations(in: live)
    do throws(EngineError) {
      return Evidence(
        violatingRowCount: try session.number(query.countSQL),
        totalRowCount: try session.number("SELECT count(*) FROM \(query.from)"), sql: query.listSQL)
    } catch {
      guard error.isAboutOneObject else { throw error }
      return nil
    }
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
