import Analysis
import Engines
import Foundation
import SchemaModel
import SchemaText

/// Rehearses the day the server is lost with a copy of its files: recovers them in a throw-away place, and looks at every row.
package struct PhysicalDrill {
  /// What is looked at, and how thoroughly.
  package struct Options: Sendable {
    package var target = RecoveryTarget.latest
    /// The databases to look at; empty for all.
    package var databases: [String] = []
    package var pages = ViolationScan.Pages.indexes
    package var smoke: [SmokeQuery] = []
    /// Whether the backup's files are read and compared before anything else.
    package var verifies = true
    package var workers = 2

    package init() {}
  }

  private let location: PhysicalLocation
  private let options: Options
  /// What a database is held against, by its name; `nil` when there is no blueprint of it.
  private let blueprint: (_ database: String, _ isOnly: Bool) throws -> Schema?
  private let now: @Sendable () -> Date
  private let spoiling: Spoiling

  /// What a self-test does to the copy, to see whether it is noticed.
  struct Spoiling {
    /// To the files, before a server sees them.
    var files: ((DataPlace) throws -> Void)?
    /// To the databases, before they are looked at.
    var databases: ((RecoveredServer, [String]) throws -> Void)?
  }

  /// - Parameter blueprint: asked for each database that is looked at, and told whether it is the only one.
  package init(
    _ location: PhysicalLocation, options: Options,
    blueprint: @escaping (_ database: String, _ isOnly: Bool) throws -> Schema?,
    now: @escaping @Sendable () -> Date
  ) {
    self.init(location, options: options, blueprint: blueprint, now: now, spoiling: Spoiling())
  }

  init(
    _ location: PhysicalLocation, options: Options,
    blueprint: @escaping (_ database: String, _ isOnly: Bool) throws -> Schema?,
    now: @escaping @Sendable () -> Date, spoiling: Spoiling
  ) {
    self.location = location
    self.options = options
    self.blueprint = blueprint
    self.now = now
    self.spoiling = spoiling
  }

  /// Recovers, looks, and cleans up; a backup that cannot be recovered is a result, not an error.
  ///
  /// - Parameter plan: from ``PhysicalLocation/plan(for:)``.
  /// - Throws: what says nothing of the backup: no programs of its version, no room, an interruption.
  package func run(
    _ plan: RecoveryPlan, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> DrillRecord {
    let provider = location.provider
    var record = DrillRecord(
      physical: provider.identifier(of: plan.backup), by: provider.program, byteCount: plan.backup.byteCount,
      startedAt: now())
    record.notes.append("\(plan.reason): \(plan.backup.label)")
    let hold = try location.hold(plan.backup)
    defer { withExtendedLifetime(hold) {} }
    do {
      try rehearse(plan, into: &record, progress: progress)
    } catch let error as EngineError where error.isAboutTheBackup {
      record.problems.append(([error.message] + error.detail).joined(separator: "; "))
    } catch let error as EngineError where error.kind != .interrupted {
      throw error.sayingNothingOfTheBackup
    }
    try Interruption.check()
    record.judge()
    return record
  }

  private func rehearse(
    _ plan: RecoveryPlan, into record: inout DrillRecord,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws {
    var clock = PhaseClock(progress: progress)
    // A gap in the log is no way to the end of it.
    record.problems += plan.warnings.filter { _ in plan.target == .latest }
    record.notes += plan.warnings.filter { _ in plan.target != .latest }
    if plan.backup.hasPageErrors {
      record.problems.append("pages failed their checksum while the backup was taken")
    }
    guard let server = try verifyAndRecover(plan, into: &record, clock: &clock) else { return }
    defer { server.server.stop() }
    record.staging =
      "throw-away PostgreSQL \(server.server.binaries.version.prefix { $0 != " " }) server on a copy"
    record.recoveredTo = plan.target.description
    record.notes += server.notes
    try expectWholeLog(plan, of: server, in: &record)
    let databases = try databases(of: server)
    record.database = databases.joined(separator: ", ")
    try spoiling.databases?(server, databases)
    try RecoveredProof(server, databases: databases, options: options, blueprint: blueprint)
      .run(into: &record, clock: &clock)
  }

  /// Verifies the backup, and recovers a copy of it; `nil` when its files are damaged.
  private func verifyAndRecover(
    _ plan: RecoveryPlan, into record: inout DrillRecord, clock: inout PhaseClock
  ) throws -> RecoveredServer? {
    let provider = location.provider
    let backup = plan.backup
    func recover() throws -> RecoveredServer {
      try RecoveredServer(backup, of: provider, target: plan.recoveryTarget, spoil: spoiling.files)
    }
    func take(_ verification: PhysicalVerification) {
      record.notes += verification.notes
      record.problems += verification.problems
      record.isContentProven = verification.problems.isEmpty && verification.notes.isEmpty
    }
    guard !options.verifies || !provider.verifiesWhileCopying else {
      return try clock.phase("verify, copy and recover", into: &record.timeline) {
        let (verification, recovered) = try ParallelWork.both(
          { try provider.verify(backup) }, { Result { try recover() } })
        take(verification)
        // Whatever a server made of damaged files says nothing more.
        let server = verification.problems.isEmpty ? try recovered.get() : nil
        let words = [verification.method] + (server.map { [$0.progressInWords] } ?? [])
        return (server, .bytes(backup.byteCount, words.joined(separator: "; ")))
      }
    }
    if options.verifies {
      let verification = try clock.phase("verify files", into: &record.timeline) {
        let verification = try provider.verify(backup)
        return (verification, .bytes(backup.byteCount, verification.method))
      }
      take(verification)
      guard verification.problems.isEmpty else { return nil }
    }
    return try clock.phase("copy and recover", into: &record.timeline) {
      let server = try recover()
      return (server, .note(server.progressInWords))
    }
  }

  private func databases(of server: RecoveredServer) throws -> [String] {
    let all = try server.databases()
    let missing = options.databases.filter { !all.contains($0) }
    guard missing.isEmpty else {
      throw EngineError(
        .notFound, "the backup holds no database \(missing.joined(separator: ", "))",
        detail: ["it holds \(all.joined(separator: ", "))"])
    }
    return options.databases.isEmpty ? all : options.databases
  }

  /// Damaged log ends recovery early, and without a word: what was archived must also have been replayed.
  private func expectWholeLog(
    _ plan: RecoveryPlan, of server: RecoveredServer, in record: inout DrillRecord
  ) throws {
    guard plan.target == .latest, plan.warnings.isEmpty, let archive = try location.provider.archive(),
      let last = archive.segments.keys.max(), let replayed = server.replayedTo
    else { return }
    let start = last.start(byteCount: archive.segmentByteCount)
    if replayed < start {
      record.problems.append(
        "the log was replayed only up to LSN \(replayed), although it is archived up to \(last): what follows is damaged"
      )
    }
  }
}

extension RecoveredServer {
  fileprivate var progressInWords: String {
    replayedTo.map { "replayed to LSN \($0)" } ?? "no log to replay"
  }
}

extension EngineError {
  /// Whether the trouble lies in what is recovered, and not in the place where that is tried.
  fileprivate var isAboutTheBackup: Bool {
    switch kind {
    case .damaged, .violation, .refused, .notFound: true
    case .permission, .unreachable, .authentication, .diskFull, .connectionLost, .timeout, .interrupted,
      .unsupported:
      false
    }
  }
}
