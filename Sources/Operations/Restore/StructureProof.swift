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
  /// Keys, exclusions, foreign keys and checks that the engine enforces and has checked.
  let enforcedConstraintCount: Int
  /// Foreign keys and checks that are declared and were not validated, as in the source.
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
    let foreignKeys = restored.tables.flatMap(\.foreignKeys)
    let checks = restored.tables.flatMap(\.checks)
    let asInSource = Set(backup.schema.tables.flatMap(\.unvalidated))
    let found = restored.tables.flatMap(\.unvalidated)
    unvalidated = found.filter(asInSource.contains).map(\.name) + backup.schema.otherUnvalidated
    unenforced =
      foreignKeys.filter { !$0.isEnforced }.map(\.name) + checks.filter { !$0.isEnforced }.map(\.name)
    enforcedConstraintCount =
      restored.tables.reduce(0) { $0 + $1.keys.count + $1.exclusions.count }
      + foreignKeys.count + checks.count - found.count - unenforced.count
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

extension Schema {
  /// Rules of domains and, since PostgreSQL 18, NOT NULLs that are enforced for new values only.
  fileprivate var otherUnvalidated: [String] {
    domains.flatMap { domain in domain.checks.filter { !$0.isValidated }.map(\.name) }
      + tables.flatMap { table in
        table.columns.filter { $0.isNotNull && !$0.notNull.isValidated }.map {
          ConstraintSQL.nameOfNotNull($0, of: table)
        }
      }
  }
}

extension Table {
  /// Foreign keys and checks that are enforced for new rows only.
  fileprivate var unvalidated: [ConstraintReference] {
    foreignKeys.filter { $0.isEnforced && !$0.isValidated }.map {
      ConstraintReference(kind: .foreignKey, table: name, name: $0.name)
    }
      + checks.filter { $0.isEnforced && !$0.isValidated }.map {
        ConstraintReference(kind: .checkConstraint, table: name, name: $0.name)
      }
  }
}
