import Analysis
import Engines
import Foundation
import SchemaModel

/// Makes the plan of a restore from what can be known without touching anything.
package struct RestorePlanning {
  let backup: StoredBackup
  let selection: RestoreSelection?
  let workers: Int
  let readsBack: Bool
  /// Whether the place is made for it, and removed afterwards.
  let isRehearsal: Bool
  let history: [DrillRecord]

  /// - Parameters:
  ///   - history: what the ledger knows of drills of this database, oldest first.
  ///   - readsBack: whether every row is read back.
  ///   - isRehearsal: whether the place is made for it, and removed afterwards.
  package init(
    _ backup: StoredBackup, selection: RestoreSelection?, workers: Int, readsBack: Bool,
    isRehearsal: Bool = false, history: [DrillRecord]
  ) {
    self.backup = backup
    self.selection = selection
    self.workers = workers
    self.readsBack = readsBack
    self.isRehearsal = isRehearsal
    self.history = history
  }

  /// - Parameters:
  ///   - destination: where it would be restored, in words.
  ///   - state: what lies there now, in words.
  ///   - folder: a folder on the disk that would be filled, where that is a disk of this machine.
  package func plan(into destination: String, state: String, on folder: String?) throws -> RestorePlan {
    let loads = try loads()
    let rowCount = loads.reduce(into: Int?(0)) { sum, load in
      sum = sum.flatMap { s in load.rowCount.map { s + $0 } }
    }
    let forecast = RestoreForecast(
      from: history, rowCount: rowCount, byteCount: backup.manifest.byteCount,
      day: { $0.formatted(.iso8601.year().month().day()) })
    var plan = RestorePlan(
      backup: backup.manifest.id, engine: backup.manifest.engine, destination: destination, state: state,
      basis: forecast.basis)
    plan.loads = loads
    plan.steps = steps(rowCount: rowCount, tableCount: loads.count, forecast)
    plan.neededByteCount = neededByteCount
    plan.freeByteCount = folder.flatMap(Self.freeByteCount)
    if let needed = plan.neededByteCount, let free = plan.freeByteCount, free < needed {
      plan.warnings.append("the disk of \(folder ?? destination) has too little room")
    }
    if let selection {
      let left = backup.schema.tables.filter { $0.holdsRows && !selection.tables.contains($0.name) }.count
      plan.warnings.append("partial: \(Self.count(left, "table")) \(left == 1 ? "stays" : "stay") empty")
      if !selection.added.isEmpty {
        let names = selection.added.map(\.description).joined(separator: ", ")
        plan.warnings.append("restored as well, because rows refer to them: \(names)")
      }
    }
    return plan
  }

  private func steps(rowCount: Int?, tableCount: Int, _ forecast: RestoreForecast) -> [RestorePlan.Step] {
    let schema = backup.schema
    let keys = schema.tables.reduce(0) { $0 + $1.keys.count + $1.exclusions.count }
    let indexes = schema.tables.reduce(0) { $0 + $1.indexes.count }
    let foreignKeys = schema.foreignKeyCount
    let triggers = schema.tables.reduce(0) { $0 + $1.triggers.count }
    let policies = schema.tables.reduce(0) { $0 + $1.policies.count }
    let rows = rowCount.map { Self.count($0, "row") } ?? "rows"
    var steps: [(String, String)] = [
      (
        "verify archive",
        backup.evidence == .manifest ? "SHA-256 of every file" : "no manifest: nothing to compare with"
      ),
      ("create tables", "\(Self.count(schema.tables.count, "table")), without keys, indexes and triggers"),
      (
        "load rows",
        "\(rows) of \(Self.count(tableCount, "table")) over \(Self.count(workers, "connection")); keys and indexes as soon "
          + "as a table is there"
      ),
    ]
    if readsBack { steps.append(("verify content", "every row read back and hashed")) }
    if let chosen = selection?.chosen, !chosen.isEmpty {
      let choice = chosen.map(\.description).joined(separator: ", ")
      steps.append(("leave out other rows", "all that do not belong to \(choice)"))
    }
    steps += [
      (
        "build keys and indexes",
        "\(Self.count(keys, "key")), \(indexes) indexes; rows that stand twice are set aside"
      ),
      ("enforce foreign keys", "\(Self.count(foreignKeys, "foreign key")); orphans are set aside"),
      (
        "restore the rest",
        "\(Self.count(triggers, "trigger")), \(policies) policies, views, rights, comments"
      ),
      ("verify structure", "fingerprint, constraints, row counts"),
    ]
    if isRehearsal {
      let place =
        backup.manifest.engine == .postgreSQL ? "a server of our own is started" : "a file of our own"
      steps.insert(("prepare staging", place), at: 1)
    }
    return steps.map { RestorePlan.Step(name: $0, detail: $1, seconds: forecast[$0]) }
  }

  private func loads() throws -> [RestorePlan.Load] {
    let counts = Dictionary(
      backup.manifest.tables.map { ($0.table, $0.rowCount) }, uniquingKeysWith: { first, _ in first })
    func isWanted(_ name: ObjectName) -> Bool { selection.map { $0.tables.contains(name) } ?? true }
    switch backup.manifest.engine {
    case .sqlite:
      return backup.manifest.tables.filter { isWanted($0.table) }.map {
        RestorePlan.Load(table: $0.table, rowCount: $0.rowCount, byteCount: 0, isShared: false)
      }
    case .postgreSQL:
      let archive = try backup.postgresArchive()
      return archive.loadOrder(workers: workers).filter { isWanted($0.table) }.map {
        RestorePlan.Load(
          table: $0.table, rowCount: counts[$0.table], byteCount: $0.byteCount, isShared: $0.isShared)
      }
    }
  }

  /// What the source took when it was backed up, or an estimate from the archive.
  private var neededByteCount: Int {
    backup.manifest.databaseByteCount
      ?? (backup.manifest.engine == .sqlite ? backup.manifest.byteCount : backup.manifest.byteCount * 8)
  }

  private static func freeByteCount(on folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
