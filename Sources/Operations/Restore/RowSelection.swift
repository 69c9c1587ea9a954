import Analysis
import Engines
import SchemaModel
import SchemaText

/// Leaves out, once all rows are loaded, those that do not belong to the rows a person chose.
///
/// To chosen rows belongs what refers to them by foreign keys, however far; all of these need what they refer to
/// themselves. A row that is merely needed brings nothing along that refers to it.
struct RowSelection {
  private let selection: RestoreSelection
  private let schema: Schema
  private let target: any RestoreTarget
  private let sql: ChosenRowsSQL
  private let tables: [ObjectName: Table]
  /// The tables that are restored in part, partitions as the table they are a part of; parents first.
  private let roots: [Table]
  private let rootOfPartition: [ObjectName: ObjectName]

  /// `nil` when tables are restored whole.
  init?(_ selection: RestoreSelection, of schema: Schema, on target: any RestoreTarget) {
    guard !selection.chosen.isEmpty else { return nil }
    self.selection = selection
    self.schema = schema
    self.target = target
    let partitions = schema.partitionRoots
    let tables = Dictionary(uniqueKeysWithValues: schema.tables.map { ($0.name, $0) })
    let inPart = Set(selection.inPart.map { partitions[$0] ?? $0 })
    roots = RestoreOrder(of: schema.tables).tables.filter(inPart.contains).compactMap { tables[$0] }
    rootOfPartition = partitions
    sql = ChosenRowsSQL(schema, roots: roots.map(\.name))
    self.tables = tables
  }

  private var session: any DatabaseSession { target.session }

  /// Looks whether the database understands the conditions, before any row is loaded.
  func check() throws {
    guard target.finished(.leftOut) == nil else { return }
    for rows in selection.chosen {
      guard let table = tables[rows.table] else { continue }
      do throws(EngineError) {
        _ = try session.rows(sql.trying(rows.condition, of: table))
      } catch {
        throw OperationError(
          "the condition on \(rows.table) means nothing to the database",
          detail: ["where \(rows.condition)", error.message] + error.detail,
          hint:
            "It must be a condition on this table's columns, in SQL, with the schema before names that need one."
        )
      }
    }
  }

  /// Leaves the others out, in one transaction.
  func leaveOutOthers() throws -> [LeftOutRows] {
    if let past = target.finished(.leftOut) {
      return try RestoreJournal.value([LeftOutRows].self, in: past)
    }
    try session.execute("BEGIN")
    do {
      for root in roots { try session.execute(sql.remembering(root)) }
      try remember()
      let leftOut = try schema.tables.filter { selection.inPart.contains($0.name) && $0.holdsRows }
        .compactMap(leaveOut)
      for statement in roots.compactMap(sql.forgetting) { try session.execute(statement) }
      try target.remember(.leftOut, try RestoreJournal.text(leftOut))
      try session.execute("COMMIT")
      // What was left out would still stand in the file's free pages.
      if schema.engine == .sqlite { try session.execute("VACUUM") }
      return leftOut
    } catch {
      try? session.execute("ROLLBACK")
      throw error
    }
  }

  /// What became of the choice, in a line for each.
  func notes(_ leftOut: [LeftOutRows]) -> [String] {
    var kept: [ObjectName: (kept: Int, of: Int)] = [:]
    for rows in leftOut {
      let known = kept[root(of: rows.table)] ?? (0, 0)
      kept[root(of: rows.table)] = (
        known.kept + rows.keptRowCount, known.of + rows.keptRowCount + rows.rowCount
      )
    }
    let counts = kept.sorted { $0.key < $1.key }.map { "\($1.kept) of \($1.of) of \($0)" }
    let choice = selection.chosen.map(\.description).joined(separator: ", ")
    return ["rows that belong to \(choice): \(counts.joined(separator: ", "))"]
  }

  // MARK: - Pieces

  private func remember() throws {
    for rows in selection.chosen {
      guard let table = tables[rows.table], let root = tables[root(of: rows.table)] else { continue }
      try session.execute(sql.choosing(rows.condition, of: table, in: root))
    }
    try count(roots)
    let keys = keys
    // Parents first: a row's own dependents are looked for when all of its table's rows are known.
    try spread(from: Set(roots.map(\.name)), over: roots) { root throws in
      try keys.filter { $0.parentRoot.name == root.name }.compactMap { key in
        let found = try session.changedRowCount(
          sql.belonging(
            by: key.key, of: key.table, in: key.root, to: key.parent, in: key.parentRoot))
        return found > 0 ? key.root : nil
      }
    }
    try spread(from: Set(roots.map(\.name)), over: roots.reversed()) { root throws in
      try keys.filter { $0.root.name == root.name }.compactMap { key in
        let found = try session.changedRowCount(
          sql.needed(by: key.key, of: key.table, in: key.root, from: key.parent, in: key.parentRoot))
        return found > 0 ? key.parentRoot : nil
      }
    }
  }

  /// Takes a step from each table of which more rows are remembered than at its last one, until there is none.
  private func spread(
    from names: Set<ObjectName>, over order: [Table], _ step: (Table) throws -> [Table]
  ) throws {
    var grown = names
    while let root = order.first(where: { grown.contains($0.name) }) {
      try Interruption.check()
      grown.remove(root.name)
      let found = try step(root)
      try count(found)
      grown.formUnion(found.map(\.name))
    }
  }

  private func count(_ roots: [Table]) throws {
    for statement in roots.compactMap(sql.counted) { try session.execute(statement) }
  }

  private func leaveOut(of table: Table) throws -> LeftOutRows? {
    guard let root = tables[root(of: table.name)] else { return nil }
    let before = try session.number(sql.countRows(of: table))
    for statement in sql.leavingOut(of: table, in: root) { try session.execute(statement) }
    let kept = try session.number(sql.countRows(of: table))
    return LeftOutRows(table: table.name, rowCount: before - kept, keptRowCount: kept)
  }

  private func root(of name: ObjectName) -> ObjectName { rootOfPartition[name] ?? name }

  /// A foreign key between tables that are restored in part.
  private struct Key {
    var key: ForeignKey
    var table: Table
    var root: Table
    var parent: Table
    var parentRoot: Table
  }

  private var keys: [Key] {
    let inPart = Dictionary(uniqueKeysWithValues: roots.map { ($0.name, $0) })
    return schema.tables.flatMap { table in
      table.foreignKeys.compactMap { key -> Key? in
        guard let root = inPart[root(of: table.name)], let parent = tables[key.referencedTable],
          let parentRoot = inPart[self.root(of: key.referencedTable)]
        else { return nil }
        return Key(key: key, table: table, root: root, parent: parent, parentRoot: parentRoot)
      }
    }
  }
}
