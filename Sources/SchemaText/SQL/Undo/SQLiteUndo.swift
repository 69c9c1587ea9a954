import SchemaModel

/// Works out what makes a found SQLite database what another schema says.
///
/// SQLite can alter little of a table, so a table that differs is made anew beside the old one, takes over its rows,
/// and takes its place: the way SQLite's documentation describes. Everything else is dropped and created.
struct SQLiteUndo {
  private(set) var statements: [UndoStatement] = []
  private(set) var notUndoable: [NotUndoable] = []
  private let dialect = SQLDialect.sqlite
  private let found: Schema
  private let expected: Schema
  /// The tables whose indexes and triggers went with them.
  private var remade: [ObjectName: UndoStatement.Risk] = [:]

  init(making found: Schema, into expected: Schema) {
    (self.found, self.expected) = (found, expected)
    removeTriggers()
    removeViews()
    removeIndexes()
    changeTables()
    changeVirtualTables()
    makeIndexes()
    makeViews()
    makeTriggers()
    changeSettings()
  }

  private mutating func append(
    _ sql: String, _ subject: ObjectReference, _ risk: UndoStatement.Risk = .none,
    _ section: UndoStatement.Section = .inTransaction
  ) {
    statements.append(
      UndoStatement(sql: sql.hasSuffix(";") ? sql : sql + ";", subject: subject, section: section, risk: risk)
    )
  }

  private mutating func changeTables() {
    let old = Dictionary(found.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Set(expected.tables.map(\.name))
    for table in found.tables where !new.contains(table.name) {
      append("DROP TABLE \(dialect.name(table.name))", table.reference, .losesData("the rows of the table"))
      remade[table.name] = .losesData("the rows of the table")
    }
    for table in expected.tables {
      guard let before = old[table.name] else {
        append(TableSQL.sqlite(table), table.reference)
        continue
      }
      if before.shape != table.shape { rebuild(before, into: table) }
    }
  }

  private mutating func rebuild(_ old: Table, into new: Table) {
    let place = new.reference
    let loss = Self.loss(making: old, into: new)
    let risk: UndoStatement.Risk = loss == nil ? .none : .follows(place)
    var twin = new
    twin.name.name = "plumb_new_\(new.name.name)"
    let (oldName, newName) = (dialect.name(old.name), dialect.name(twin.name))
    append(TableSQL.sqlite(twin), place, risk)
    let kept = new.storedColumns.map(\.name).filter { name in old.columns.contains { $0.name == name } }
    if !kept.isEmpty {
      let columns = dialect.identifiers(kept)
      append("INSERT INTO \(newName) (\(columns))\n  SELECT \(columns) FROM \(oldName)", place, risk)
    }
    if old.primaryKey?.isAutoincrement == true, new.primaryKey?.isAutoincrement == true {
      let (oldText, newText) = (dialect.literal(old.name.name), dialect.literal(twin.name.name))
      append("DELETE FROM sqlite_sequence WHERE name = \(newText)", place, risk)
      append(
        "INSERT INTO sqlite_sequence (name, seq)\n  SELECT \(newText), seq FROM sqlite_sequence WHERE name = \(oldText)",
        place, risk)
    }
    append("DROP TABLE \(oldName)", place, loss.map { .losesData($0) } ?? .none)
    append("ALTER TABLE \(newName) RENAME TO \(dialect.identifier(new.name.name))", place, risk)
    remade[new.name] = risk
  }

  /// What a table does not take over, or takes over as something else, in words.
  private static func loss(making old: Table, into new: Table) -> String? {
    let lost = old.storedColumns.filter { column in
      guard let other = new.column(named: column.name) else { return true }
      // `007` would become 7.
      return column.isHeldAsWritten && !other.isHeldAsWritten
    }
    return lost.isEmpty ? nil : "the values of \(lost.map(\.name).joined(separator: ", "))"
  }

  private mutating func changeVirtualTables() {
    let old = Dictionary(found.virtualTables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(
      expected.virtualTables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for table in found.virtualTables where new[table.name] != table {
      append("DROP TABLE \(dialect.name(table.name))", table.reference, .losesData("what the table holds"))
    }
    for table in expected.virtualTables where old[table.name] != table {
      append(
        SQLiteFileSQL.create(table), table.reference,
        old[table.name] == nil ? .none : .follows(table.reference))
    }
  }

  /// Those of a table that goes, or is made anew in any case, go with it.
  private mutating func removeIndexes() {
    let new = Dictionary(expected.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for table in found.tables {
      guard let other = new[table.name],
        table.shape == other.shape || Self.loss(making: table, into: other) != nil
      else { continue }
      for index in table.indexes where !other.indexes.contains(index) {
        append("DROP INDEX \(dialect.identifier(index.name))", index.reference(in: table.name))
      }
    }
  }

  private mutating func makeIndexes() {
    let old = Dictionary(found.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for table in expected.tables {
      let before = old[table.name]
      for index in table.indexes where remade[table.name] != nil || before?.indexes.contains(index) != true {
        // Where its table is not made anew after all, an index that was there still is, and another may not fit.
        let fits =
          before.map { before in
            !before.indexes.contains(index)
              && index.keys.allSatisfy { $0.column.map { before.column(named: $0) != nil } ?? false }
          } ?? true
        append(
          IndexSQL.create(index, on: table.name, in: .sqlite), index.reference(in: table.name),
          fits ? .none : remade[table.name] ?? .none)
      }
    }
  }

  private mutating func removeViews() {
    let new = Dictionary(expected.views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for view in found.views where new[view.name]?.shape != view.shape {
      append("DROP VIEW \(dialect.name(view.name))", view.reference)
    }
  }

  private mutating func makeViews() {
    let old = Dictionary(found.views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for view in expected.views where old[view.name]?.shape != view.shape {
      append(ViewSQL.sqlite(view), view.reference)
    }
  }

  /// Those of a table that is made anew go with it; those of a view that is, likewise.
  private mutating func removeTriggers() {
    let new = triggers(of: expected)
    let gone = Set(found.views.map(\.name)).subtracting(expected.views.map(\.name))
    for (place, trigger) in triggers(of: found).sorted(by: { $0.key < $1.key })
    where new[place] != trigger && !gone.contains(place.owner) {
      append("DROP TRIGGER \(dialect.identifier(trigger.name))", place)
    }
  }

  private mutating func makeTriggers() {
    let old = triggers(of: found)
    let views = Dictionary(found.views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let remadeViews = Set(expected.views.filter { views[$0.name]?.shape != $0.shape }.map(\.name))
    for (place, trigger) in triggers(of: expected).sorted(by: { $0.key < $1.key }) {
      let risk = remade[place.owner]
      guard risk != nil || remadeViews.contains(place.owner) || old[place] != trigger else { continue }
      // Where its table is not made anew after all, the trigger is still there.
      append(
        TriggerSQL.sqlite(trigger, on: place.owner), place, old[place] == trigger ? risk ?? .none : .none)
    }
  }

  private func triggers(of schema: Schema) -> [ObjectReference: Trigger] {
    let onTables = schema.tables.flatMap { table in table.triggers.map { ($0.reference(in: table.name), $0) }
    }
    let onViews = schema.views.flatMap { view in view.triggers.map { ($0.reference(in: view.name), $0) } }
    return Dictionary(onTables + onViews, uniquingKeysWith: { first, _ in first })
  }

  private mutating func changeSettings() {
    let (old, new) = (found.database.first?.settings ?? [:], expected.database.first?.settings ?? [:])
    let place = ObjectReference(kind: .database, DatabaseProperties.own)
    for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
      switch name {
      case "encoding":
        notUndoable.append(
          NotUndoable(object: place, fact: "settings", reason: "a file keeps the encoding it was made with"))
      case "auto_vacuum":
        append("PRAGMA auto_vacuum = \(new[name] ?? "0");\nVACUUM", place, .none, .after)
      case _: append("PRAGMA \(name) = \(new[name] ?? "0")", place)
      }
    }
  }
}

extension Table {
  /// What stands in `CREATE TABLE`.
  fileprivate var shape: Table {
    var table = self
    (table.indexes, table.triggers) = ([], [])
    return table
  }
}

extension View {
  /// What stands in `CREATE VIEW`.
  fileprivate var shape: View {
    var view = self
    view.triggers = []
    return view
  }
}

extension Column {
  /// Whether SQLite keeps a text as it is, by the rules for a declared type's affinity.
  fileprivate var isHeldAsWritten: Bool {
    let type = type.uppercased()
    if type.contains("INT") { return false }
    return type.isEmpty || ["CHAR", "CLOB", "TEXT", "BLOB", "ANY"].contains(where: type.contains)
  }
}
