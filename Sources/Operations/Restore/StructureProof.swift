import Analysis
import Engines
import SchemaModel
import SchemaText

/// What a restored database says of itself: its structure, its rows counted anew, and the engine's own checks.
struct StructureProof {
  /// Against the structure of the source when it was backed up.
  let comparison: SchemaComparison
  /// What does not hold, each in one line.
  let problems: [String]
  /// Constraints that the engine enforces and has checked.
  let enforcedConstraintCount: Int
  /// Constraints that are declared and were not validated, as in the source.
  let unvalidated: [String]
  /// Foreign keys and checks that the engine is told not to enforce, as in the source.
  let unenforced: [String]
  let rowCount: Int

  /// Reads the restored database.
  ///
  /// - Parameter withoutOwners: whether owners and grants were left out on purpose.
  init(
    of target: any RestoreTarget, against backup: StoredBackup, holding expected: [TableDigest],
    changes: PolicyChanges, withoutOwners: Bool
  ) throws {
    // An archive only names the roles of its server.
    let source = backup.schema.withoutServer.notValidating(changes.kept)
    let restored = try target.session.schema().withoutServer
    comparison =
      withoutOwners
      ? Diff.compare(from: source.withoutRights, to: restored.withoutRights)
      : Diff.compare(from: source.withNamedOwners, to: restored.withNamedOwners)
    let counts = try RowCounts.read(backup.schema.tables, on: target.session)
    rowCount = counts.values.reduce(0, +)
    problems =
      try target.engineFindings()
      + Self.lostRows(of: backup.schema, holding: expected, counts: counts, changes: changes)
    let asInSource = Set(backup.schema.unvalidatedConstraints)
    unvalidated = restored.unvalidatedConstraints.filter(asInSource.contains)
    unenforced = restored.unenforcedConstraints
    enforcedConstraintCount = restored.vouchedConstraintCount
  }

  /// Tables of which rows are neither restored nor set aside; partitions count with the table they belong to,
  /// because a row may be set aside by a constraint of either.
  private static func lostRows(
    of schema: Schema, holding digests: [TableDigest], counts: [ObjectName: Int], changes: PolicyChanges
  ) -> [String] {
    let roots = schema.partitionRoots
    func root(of name: ObjectName) -> ObjectName { roots[name] ?? name }
    let aside = Dictionary(changes.setAside.map { (root(of: $0.table), $0.rowCount) }, uniquingKeysWith: +)
    let leftOut = Dictionary(changes.leftOut.map { (root(of: $0.table), $0.rowCount) }, uniquingKeysWith: +)
    let made = Dictionary(changes.made.map { (root(of: $0.table), $0.rowCount) }, uniquingKeysWith: +)
    let restored = Dictionary(counts.map { (root(of: $0.key), $0.value) }, uniquingKeysWith: +)
    let expected = Dictionary(
      digests.map { (root(of: $0.table), $0.rowCount) }, uniquingKeysWith: +)
    return expected.sorted { $0.key < $1.key }.compactMap { table, count in
      let found = restored[table] ?? 0
      let moved = aside[table] ?? 0
      let left = leftOut[table] ?? 0
      let phantoms = made[table] ?? 0
      guard found + moved + left != count + phantoms else { return nil }
      let besides =
        (left == 0 ? "" : " and \(left) left out") + (phantoms == 0 ? "" : " and \(phantoms) made")
      return
        "\(table): \(found) rows restored and \(moved) set aside\(besides), but the backup holds \(count)"
    }
  }
}

extension RestoreReport {
  /// Takes over what the restored database says of itself.
  mutating func take(_ proof: StructureProof) {
    structure = proof.comparison
    problems += proof.problems
    enforcedConstraintCount = proof.enforcedConstraintCount
    keptUnvalidated = proof.unvalidated
    keptUnenforced = proof.unenforced
    restoredRowCount = proof.rowCount
  }
}
