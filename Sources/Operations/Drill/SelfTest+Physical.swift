import Analysis
import Engines
import Foundation
import SchemaModel

extension SelfTest {
  /// Tests the drill of a copy of a server's files.
  package static func run(
    _ location: PhysicalLocation, options: PhysicalDrill.Options, now: @escaping @Sendable () -> Date,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> Report {
    let plan = try location.plan(for: .latest)
    var report = Report(backup: location.provider.identifier(of: plan.backup))
    let undamaged = try rehearse(progress) { progress in
      try PhysicalDrill(location, options: options, blueprint: { _, _ in nil }, now: now)
        .run(plan, progress: progress)
    }
    report.undamaged = undamaged.record.verdict
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "selftest")
    }
    chmod(folder.path, 0o755)
    for damage in PhysicalDamage.all(of: location.provider) {
      try Interruption.check()
      let copy = "\(folder.path)/damaged"
      defer { _ = try? Subprocess("rm", ["-rf", "--", copy]).run() }
      let damaged: PhysicalDamage.Damaged
      switch try damage.damage(location.provider, copy: copy, backup: plan.backup) {
      case .impossible(let reason):
        report.trials.append(Trial(damage: damage.words, outcome: .notTried(reason)))
        continue
      case .done(let done): damaged = done
      }
      let spoiled = PhysicalLocation(damaged.provider, label: location.label, like: location)
      let outcome: Outcome
      do {
        let plan = try spoiled.plan(for: .latest)
        outcome = try rehearse(progress) { progress in
          try PhysicalDrill(spoiled, options: options, blueprint: { _, _ in nil }, now: now)
            .run(plan, progress: progress)
        }.failure
      } catch let error as EngineError where error.kind == .damaged || error.kind == .notFound {
        outcome = .caught(phase: "read the catalog", words: error.message)
      }
      report.trials.append(Trial(damage: "\(damage.words): \(damaged.file)", outcome: outcome))
    }
    report.trials += try flaws(
      location, plan: plan, options: options, now: now, progress: progress)
    return report
  }

  /// Flaws inside of the databases: planted in the copy once it runs, before it is looked at.
  private static func flaws(
    _ location: PhysicalLocation, plan: RecoveryPlan, options: PhysicalDrill.Options,
    now: @escaping @Sendable () -> Date,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> [Trial] {
    var schemas: [String: Schema] = [:]
    var orphans: PlantedFlaws.Orphans?
    var dropped: String?
    let spoiling = PhysicalDrill.Spoiling(databases: { server, databases in
      for database in databases {
        let session = try PostgresConnection(server.place(database), for: .staging)
        let schema = try session.schema()
        schemas[database] = schema
        let flaws = PlantedFlaws(session, schema: schema)
        if orphans == nil { orphans = try flaws.plantOrphan() }
        if dropped == nil { dropped = try flaws.dropConstraint(except: orphans?.key) }
      }
    })
    var options = options
    // The files are as they were; that has been seen already.
    options.verifies = false
    let run = try rehearse(progress) { progress in
      try PhysicalDrill(
        location, options: options, blueprint: { database, _ in schemas[database] }, now: now,
        spoiling: spoiling
      ).run(plan, progress: progress)
    }
    return [
      Trial(
        damage: "a row is removed that others refer to" + (orphans.map { ": \($0.key.name)" } ?? ""),
        outcome: orphans.map { run.orphans($0) }
          ?? .notTried("no row refers to another")),
      Trial(
        damage: "a constraint is dropped" + (dropped.map { ": \($0)" } ?? ""),
        outcome: dropped.map { run.loss(of: $0) } ?? .notTried("there is none to drop")),
    ]
  }
}
