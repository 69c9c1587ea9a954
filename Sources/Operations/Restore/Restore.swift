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
  let progress: @Sendable (RestoreProgress) -> Void

  package init(
    _ backup: StoredBackup, verification: Verification, withoutOwners: Bool = false,
    policies: RestorePolicies = .quarantineAll, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) {
    self.backup = backup
    self.verification = verification
    self.withoutOwners = withoutOwners
    self.policies = policies
    self.progress = progress
  }

  /// Compares every file of the archive with the manifest: damage is recognised before anything is written.
  package func verifyArchive(into timeline: inout Timeline) throws {
    var clock = PhaseClock(progress: progress)
    try clock.phase("verify archive", into: &timeline) {
      try backup.verifyFiles()
      return .bytes(backup.manifest.byteCount, "SHA-256 of every file")
    }
  }

  /// Restores into the target, which holds nothing yet; the archive has been verified.
  package func run(on target: any RestoreTarget) throws -> RestoreReport {
    var report = RestoreReport()
    var clock = PhaseClock(progress: progress)
    let schema = backup.schema

    // Rows need tables; everything that could refuse a row comes after the rows.
    try clock.phase("create tables", into: &report.timeline) { .note(try target.createTables()) }
    let loaded = try clock.phase("load rows", into: &report.timeline) {
      let total = backup.manifest.rowCount
      let loaded = try target.loadRows { [progress] in progress(.rows($0, of: total)) }
      return (loaded, .rows(backup.manifest.rowCount))
    }
    report.mismatches += mismatches(of: loaded, place: .archive)
    if verification == .full {
      // The proof: what the new database holds, read back row by row, is what the old one held.
      let found = try clock.phase("verify content", into: &report.timeline) {
        let found = try target.readBack(schema.tables)
        return (found, .rows(found.reduce(0) { $0 + $1.rowCount }))
      }
      report.mismatches += mismatches(of: found, place: .restoredDatabase)
      report.isContentProven = true
    }
    let quarantine = Quarantine(
      session: target.session, schema: schema, policies: policies, backup: backup.manifest.id)
    // Rows that checks refused were let in with the checks off; they go before the checks come back.
    if !target.relaxedConstraints.isEmpty {
      try clock.phase("set aside rows that checks refuse", into: &report.timeline) {
        let moved = try quarantine.settle(violating: target.relaxedConstraints)
        target.keptConstraints = quarantine.kept
        try target.enforceRelaxedConstraints()
        return .rows(moved)
      }
    }
    // Keys come before orphans are looked for: the search uses their indexes.
    try clock.phase("build keys and indexes", into: &report.timeline) {
      var refused = try target.buildKeysAndIndexes()
      while !refused.isEmpty {
        let moved = try quarantine.settle(violating: refused)
        // Rows that cannot be found cannot be set aside: better to end than to turn in a circle.
        guard moved > 0 else { throw Quarantine.nothingFound(for: refused) }
        refused = try target.buildKeysAndIndexes()
      }
      return .note(nil)
    }
    // A row set aside may have been another row's parent, so the search repeats until nothing is found.
    try clock.phase("find orphans", into: &report.timeline) {
      let rounds = try quarantine.settleOrphans()
      return .note("\(schema.foreignKeyCount) foreign keys, \(rounds) \(rounds == 1 ? "round" : "rounds")")
    }
    report.setAside = quarantine.moved
    report.handled = quarantine.handled
    report.notes = quarantine.notes
    target.keptConstraints = quarantine.kept
    try clock.phase("enforce foreign keys", into: &report.timeline) {
      try target.enforceForeignKeys()
      return .note(nil)
    }
    report.problems += try clock.phase("restore the rest", into: &report.timeline) {
      (try target.finish(), .note(nil))
    }
    let changes = quarantine.changes
    let proof = try clock.phase("verify structure", into: &report.timeline) {
      (
        try StructureProof(of: target, against: backup, changes: changes, withoutOwners: withoutOwners),
        .note(nil)
      )
    }
    report.take(proof)
    return report
  }

  /// Tables whose digests are not the manifest's, and tables the manifest promises that are not there.
  private func mismatches(
    of digests: [TableDigest], place: RestoreReport.ContentMismatch.Place
  ) -> [RestoreReport.ContentMismatch] {
    guard !digests.isEmpty || backup.manifest.tables.isEmpty else { return [] }
    let found = Dictionary(digests.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
    let mismatches = backup.manifest.tables.compactMap { expected -> RestoreReport.ContentMismatch? in
      let digest = found[expected.table]
      guard digest?.rowCount != expected.rowCount || digest?.content != expected.content else { return nil }
      return RestoreReport.ContentMismatch(
        table: expected.table, expectedRowCount: expected.rowCount, foundRowCount: digest?.rowCount ?? 0,
        place: place)
    }
    return mismatches.isEmpty ? [] : withoutMovedRows(mismatches, found: digests)
  }

  /// Without those partitions whose rows only went to a sibling: together they hold what they held.
  private func withoutMovedRows(
    _ mismatches: [RestoreReport.ContentMismatch], found: [TableDigest]
  ) -> [RestoreReport.ContentMismatch] {
    let roots = backup.schema.partitionRoots
    let moving = backup.schema.rootsOfHashPartitions
    func wholes(_ digests: [TableDigest]) -> [ObjectName: TableDigest] {
      Dictionary(digests.map { (roots[$0.table] ?? $0.table, $0) }) { $0.joined(with: $1) }
    }
    let (before, after) = (wholes(backup.manifest.tables), wholes(found))
    return mismatches.filter { mismatch in
      let root = roots[mismatch.table] ?? mismatch.table
      return !moving.contains(root) || before[root]?.rowCount != after[root]?.rowCount
        || before[root]?.content != after[root]?.content
    }
  }
}

extension TableDigest {
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
