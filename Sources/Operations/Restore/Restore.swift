import Analysis
import Engines
import Foundation
import SchemaModel
import SchemaText

/// The restore pipeline, the same for a drill and for the day it is needed.
package struct Restore {
  /// How much of the content is proven after loading.
  package enum Verification: String, CaseIterable, Sendable {
    /// Every restored row is read back and hashed.
    case full
    /// Rows are counted and hashed as they are loaded from the archive; nothing is read back.
    case archive
  }

  let backup: StoredBackup
  let verification: Verification
  /// Whether owners and grants are left out on purpose.
  let withoutOwners: Bool
  /// What is done with rows that violate constraints.
  let policies: RestorePolicies
  /// Tables whose rows are restored; `nil` for all.
  let selection: RestoreSelection?
  let progress: @Sendable (RestoreProgress) -> Void

  package init(
    _ backup: StoredBackup, verification: Verification, withoutOwners: Bool = false,
    policies: RestorePolicies = .quarantineAll, selection: RestoreSelection? = nil,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) {
    self.backup = backup
    self.verification = verification
    self.withoutOwners = withoutOwners
    self.policies = policies
    self.selection = selection
    self.progress = progress
  }

  /// Compares every file of the archive with the manifest: damage is recognised before anything is written.
  package func verifyArchive(into timeline: inout Timeline) throws {
    timeline.phases += backup.openingPhases
    var clock = PhaseClock(progress: progress)
    try clock.phase("verify archive", into: &timeline) {
      try backup.verifyFiles()
      return backup.evidence == .manifest
        ? .bytes(backup.manifest.byteCount, "SHA-256 of every file")
        : .note("no manifest: its rows are counted and hashed as they are read")
    }
  }

  /// Restores into the target, which holds nothing yet; the archive has been verified.
  package func run(on target: any RestoreTarget) throws -> RestoreReport {
    var report = RestoreReport()
    var clock = PhaseClock(progress: progress)
    let schema = backup.schema

    // Rows need tables; everything that could refuse a row comes after the rows.
    try clock.phase("create tables", into: &report.timeline) { .note(try target.createTables()) }
    let choice = selection.flatMap { RowSelection($0, of: schema, on: target) }
    try choice?.check()
    let quarantine = Quarantine(
      session: target.session, schema: schema, policies: policies, backup: backup.manifest.id)
    quarantine.remember = { try target.remember(.setAside, $0) }
    if let detail = target.finished(.setAside) { try quarantine.resume(from: detail) }
    // Content is proven, and rows are left out, of what the archive holds: so rows stay until then.
    let settler = verification == .full || choice != nil ? nil : EarlyQuarantine(quarantine)
    let loaded = try clock.phase("load rows", into: &report.timeline) {
      let total = backup.manifest.rowCount
      let loaded = try target.loadRows(settler: settler) { [progress] in progress(.rows($0, of: total)) }
      return (loaded, .rows(loaded.isEmpty ? total : loaded.reduce(0) { $0 + $1.rowCount }))
    }
    quarantine.forgetTurns()
    report.expected = try expected(loaded, on: target)
    report.mismatches += mismatches(
      of: loaded, against: report.expected.filter { isWanted($0.table) }, place: .archive)
    if verification == .full, let detail = target.finished(.content) {
      // Read back before the interruption, when no row had been set aside yet.
      report.mismatches += try RestoreJournal.value([RestoreReport.ContentMismatch].self, in: detail)
      report.isContentProven = true
    } else if verification == .full {
      // The proof: what the new database holds, read back row by row, is what the old one held.
      let found = try clock.phase("verify content", into: &report.timeline) {
        let found = try target.readBack(schema.tables)
        return (found, .rows(found.reduce(0) { $0 + $1.rowCount }))
      }
      let mismatches = try mismatches(of: found, against: report.expected, place: .restoredDatabase)
        .map { try naming(the: $0, on: target) }
      try target.remember(.content, try RestoreJournal.text(mismatches))
      report.mismatches += mismatches
      report.isContentProven = true
    }
    if let choice {
      report.leftOut = try clock.phase("leave out other rows", into: &report.timeline) {
        let leftOut = try choice.leaveOutOthers()
        return (leftOut, .rows(leftOut.reduce(0) { $0 + $1.rowCount }))
      }
    }
    target.keptConstraints = quarantine.account.kept
    // Rows that checks refused were let in with the checks off; they go before the checks come back.
    if !target.relaxedConstraints.isEmpty {
      try clock.phase("set aside rows that checks refuse", into: &report.timeline) {
        // Where rows were left out, those that stayed may have been written anew.
        let places = choice == nil ? target.brokenRows : [:]
        let moved = try quarantine.settle(violating: target.relaxedConstraints, at: places)
        target.keptConstraints = quarantine.account.kept
        try target.enforceRelaxedConstraints()
        return .rows(moved)
      }
    }
    // Keys come before orphans are looked for: the search uses their indexes.
    try clock.phase("build keys and indexes", into: &report.timeline) {
      // What was tried while rows were loaded is not tried again with the same rows.
      _ = try quarantine.settle(violating: target.refusedKeys, sharing: target.sharedKeys)
      var refused = try target.buildKeysAndIndexes()
      while !refused.isEmpty {
        let moved = try quarantine.settle(violating: refused)
        // Rows that cannot be found cannot be set aside: better to end than to turn in a circle.
        guard moved > 0 else { throw Quarantine.nothingFound(for: refused) }
        refused = try target.buildKeysAndIndexes()
      }
      return .note(nil)
    }
    try enforceForeignKeys(on: target, with: quarantine, &clock, into: &report)
    report.setAside = quarantine.account.moved
    report.handled = quarantine.account.handled
    report.notes = backup.notes + (choice?.notes(report.leftOut) ?? []) + quarantine.account.notes
    report.problems += try clock.phase("restore the rest", into: &report.timeline) {
      (try target.finish(), .note(nil))
    }
    var changes = quarantine.changes
    changes.leftOut = report.leftOut
    let expected = report.expected
    let proof = try clock.phase("verify structure", into: &report.timeline) {
      (
        try StructureProof(
          of: target, against: backup, holding: expected, changes: changes, withoutOwners: withoutOwners),
        .note(nil)
      )
    }
    report.take(proof)
    return report
  }

  /// Adds the foreign keys; orphans are searched for only in those that the engine refuses, and where rows are gone.
  private func enforceForeignKeys(
    on target: any RestoreTarget, with quarantine: Quarantine, _ clock: inout PhaseClock,
    into report: inout RestoreReport
  ) throws {
    let count = backup.schema.foreignKeyCount
    let keys = "\(count) foreign key\(count == 1 ? "" : "s")"
    let leftOut = Dictionary(report.leftOut.map { ($0.table, $0.rowCount) }, uniquingKeysWith: +)
    func tellChangedRows() {
      target.changedRowCounts = leftOut.merging(quarantine.account.changedRowCounts, uniquingKeysWith: +)
    }
    if quarantine.hasLossesToFollow {
      try clock.phase("follow rows set aside", into: &report.timeline) {
        .rows(try quarantine.followLosses())
      }
    }
    tellChangedRows()
    let trial = try clock.phase("enforce foreign keys", into: &report.timeline) {
      let trial = try target.tryForeignKeys(rowsMayBeMade: policies.mayMakeRows)
      let told = trial.map { "\($0.sound.count) of \(keys) without orphans" }
      return (trial, .note(told ?? "\(keys), no orphan"))
    }
    guard let trial else { return }
    report.timeline.phases[report.timeline.phases.count - 1].name = "try foreign keys"
    // A row set aside may have been another row's parent, so the search repeats until nothing is found.
    try clock.phase("find orphans", into: &report.timeline) {
      let rounds = try quarantine.settleOrphans(after: trial)
      return .note("\(keys), \(rounds) \(rounds == 1 ? "round" : "rounds")")
    }
    target.keptConstraints = quarantine.account.kept
    tellChangedRows()
    try clock.phase("enforce foreign keys", into: &report.timeline) {
      try target.enforceForeignKeys()
      return .note(nil)
    }
  }

  /// What every table must hold: what the manifest says, else what the archive held when it was read.
  ///
  /// Rows that no one could hash on their way, such as `INSERT` statements, are taken as the database took them.
  private func expected(_ loaded: [TableDigest], on target: any RestoreTarget) throws -> [TableDigest] {
    guard backup.manifest.tables.isEmpty else {
      return backup.manifest.tables.map { isWanted($0.table) ? $0 : $0.empty }
    }
    let known = Set(loaded.map(\.table))
    return try loaded
      + target.readBack(backup.schema.tables.filter { $0.holdsRows && !known.contains($0.name) })
  }

  private func isWanted(_ table: ObjectName) -> Bool { selection.map { $0.tables.contains(table) } ?? true }

  /// Tables whose digests are not those expected, and tables that are expected and not there.
  private func mismatches(
    of digests: [TableDigest], against expected: [TableDigest], place: RestoreReport.ContentMismatch.Place
  ) -> [RestoreReport.ContentMismatch] {
    guard !digests.isEmpty || expected.isEmpty, place == .restoredDatabase || backup.evidence == .manifest
    else { return [] }
    let found = Dictionary(digests.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
    let mismatches = expected.compactMap { expected -> RestoreReport.ContentMismatch? in
      let digest = found[expected.table]
      guard digest?.rowCount != expected.rowCount || digest?.content != expected.content else { return nil }
      return RestoreReport.ContentMismatch(
        table: expected.table, expectedRowCount: expected.rowCount, foundRowCount: digest?.rowCount ?? 0,
        place: place, witness: backup.evidence)
    }
    return mismatches.isEmpty ? [] : withoutMovedRows(mismatches, expected: expected, found: digests)
  }

  /// The mismatch with the rows it is about.
  private func naming(
    the mismatch: RestoreReport.ContentMismatch, on target: any RestoreTarget
  ) throws -> RestoreReport.ContentMismatch {
    guard let table = backup.schema.table(named: mismatch.table), isWanted(mismatch.table) else {
      return mismatch
    }
    var mismatch = mismatch
    mismatch.rows = try target.differingRows(of: table)
    return mismatch
  }

  /// Without those partitions whose rows only went to a sibling: together they hold what they held.
  private func withoutMovedRows(
    _ mismatches: [RestoreReport.ContentMismatch], expected: [TableDigest], found: [TableDigest]
  ) -> [RestoreReport.ContentMismatch] {
    let roots = backup.schema.partitionRoots
    let moving = backup.schema.rootsOfHashPartitions
    func wholes(_ digests: [TableDigest]) -> [ObjectName: TableDigest] {
      Dictionary(digests.map { (roots[$0.table] ?? $0.table, $0) }) { $0.joined(with: $1) }
    }
    let (before, after) = (wholes(expected), wholes(found))
    return mismatches.filter { mismatch in
      let root = roots[mismatch.table] ?? mismatch.table
      return !moving.contains(root) || before[root]?.rowCount != after[root]?.rowCount
        || before[root]?.content != after[root]?.content
    }
  }
}

extension TableDigest {
  /// The digest of the table without a row.
  fileprivate var empty: TableDigest {
    TableDigest(table: table, columns: columns, rowCount: 0, content: ContentHash())
  }

  /// The digest of both tables' rows together.
  fileprivate func joined(with other: TableDigest) -> TableDigest {
    var digest = self
    digest.rowCount += other.rowCount
    digest.content.add(other.content)
    return digest
  }
}

extension Schema {
  /// Foreign keys over all tables.
  package var foreignKeyCount: Int { tables.reduce(0) { $0 + $1.foreignKeys.count } }
}
