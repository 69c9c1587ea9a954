import Engines
import SchemaModel
import SchemaText

/// Moves rows that violate constraints out of a database that is being restored.
///
/// Every row goes, whole, into a table of `plumb_quarantine` with the constraint, the reason and the time;
/// the move of one constraint's rows is one transaction, so a row is always in exactly one place.
final class Quarantine {
  /// What was moved so far.
  private(set) var moved: [SetAsideRows] = []

  private let session: any DatabaseSession
  private let schema: Schema
  private let roots: [ObjectName: ObjectName]
  private var prepared: Set<ObjectName> = []
  private var rowCount: Int { moved.reduce(0) { $0 + $1.rowCount } }

  init(session: any DatabaseSession, schema: Schema) {
    self.session = session
    self.schema = schema
    roots = schema.partitionRoots
  }

  /// Moves the rows that violate these constraints; how many they were.
  func setAside(violating constraints: [ConstraintReference]) throws -> Int {
    let before = rowCount
    for table in schema.tables {
      let own = constraints.filter { $0.table == table.name }
      guard !own.isEmpty else { continue }
      let queries = ViolationQuery.all(of: table, in: schema)
      for query in queries where own.contains(query.constraint) { try move(query, of: table) }
    }
    return rowCount - before
  }

  /// Moves orphans of every foreign key until none is left; how many times all keys were gone through.
  ///
  /// A key the source held as NOT VALID stays so, and its orphans with it.
  ///
  /// - Parameter sound: keys that no row violates as long as none is set aside.
  func setAsideOrphans(besides sound: Set<ConstraintReference> = []) throws -> Int {
    var rounds = 0
    var pending = schema.tables.filter { !$0.foreignKeys.isEmpty }
    while !pending.isEmpty {
      rounds += 1
      var emptied: Set<ObjectName> = []
      for table in pending {
        for key in table.foreignKeys where key.isVouchedFor {
          let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
          if rounds == 1, sound.contains(reference),
            !emptied.contains(roots[key.referencedTable] ?? key.referencedTable)
          {
            continue
          }
          try Interruption.check()
          if try move(ViolationQuery.foreignKey(key, of: table, in: schema), of: table) > 0 {
            emptied.insert(roots[table.name] ?? table.name)
          }
        }
      }
      // Only keys that refer to a table which lost rows can have new orphans; a partition's rows are its root's.
      pending = schema.tables.filter { table in
        table.foreignKeys.contains { emptied.contains(roots[$0.referencedTable] ?? $0.referencedTable) }
      }
    }
    return rounds
  }

  /// Moves one constraint's rows; how many they were.
  @discardableResult
  private func move(_ query: ViolationQuery, of table: Table) throws -> Int {
    guard try session.number(query.countSQL) > 0 else { return 0 }
    let sql = SetAsideSQL(schema.engine)
    try session.execute("BEGIN")
    do {
      if !prepared.contains(table.name) {
        for statement in sql.createQuarantine(for: table) { try session.execute(statement) }
      }
      var changed = 0
      for statement in sql.move(violating: query, of: table) {
        changed = try session.changedRowCount(statement)
      }
      try session.execute("COMMIT")
      prepared.insert(table.name)
      record(changed, violating: query, of: table, in: sql.quarantineName(for: table))
      return changed
    } catch {
      try? session.execute("ROLLBACK")
      throw error
    }
  }

  /// Adds to what was moved; later rounds of one constraint count with the first.
  private func record(
    _ count: Int, violating query: ViolationQuery, of table: Table, in quarantine: ObjectName
  ) {
    let known = moved.firstIndex { $0.table == table.name && $0.constraint == query.constraint.name }
    if let known {
      moved[known].rowCount += count
    } else {
      moved.append(
        SetAsideRows(
          table: table.name, constraint: query.constraint.name, constraintKind: query.constraint.kind.label,
          reason: query.reason, rowCount: count, quarantine: quarantine))
    }
  }

  /// The engine refuses a constraint although no row is found that violates it.
  static func nothingFound(for constraints: [ConstraintReference]) -> OperationError {
    OperationError(
      "the database refuses a constraint, but no row that violates it can be found",
      detail: constraints.map { "\($0.kind.label) \($0.name) of \($0.table)" },
      hint: "Please report this with the constraint's definition; nothing was lost, the backup is untouched.")
  }
}
