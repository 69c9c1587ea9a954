import SchemaModel
import SchemaText

/// What of the rows is no text for `COPY`: sequence values, large objects, `INSERT` statements, and rows of tables the model
/// leaves out, such as an extension's.
extension PostgresRestore {
  /// The entries of all that.
  private var otherData: [ArchiveContents.Entry] {
    contents.entries.filter { entry in
      entry.part == .data && (entry.kind != "TABLE DATA" || loadable(entry) == nil && isWanted(entry))
    }
  }

  /// Restores it unless that is done; half of it is taken back first.
  func restoreOtherDataOnce() throws(EngineError) {
    let past = finished(.otherData)
    guard past != "done" else { return }
    if past != nil { try takeBackOtherData() }
    try remember(.otherData, "begun")
    try restoreOtherData()
    try remember(.otherData, "done")
  }

  /// Takes back what an interrupted run may have restored of it.
  private func takeBackOtherData() throws(EngineError) {
    var tables: [Table] = archive.holdsStatementsAlone ? schema.tables.filter(\.holdsRows) : []
    for entry in otherData where entry.kind == "TABLE DATA" {
      guard let table = insertedTable(entry) else {
        throw EngineError(
          .refused, "the interrupted restore cannot be gone on with",
          detail: [
            "it ended while rows of an extension's tables were loaded, of which nobody knows how many are there"
          ],
          hint: "Start over: run it again with --confirm and the database's name.")
      }
      tables.append(table)
    }
    for table in tables {
      try connection.execute("TRUNCATE TABLE ONLY \(SQLDialect.postgreSQL.name(table.name))")
    }
    try connection.execute("SELECT lo_unlink(oid) FROM pg_largeobject_metadata")
  }

  private func restoreOtherData() throws(EngineError) {
    let rest = otherData
    let inserts = rest.filter { insertedTable($0) != nil }
    if !inserts.isEmpty { try insert(inserts) }
    let others = rest.filter { insertedTable($0) == nil }
    guard !others.isEmpty else { return }
    var errors = try statements.run(others, of: .data)
    if !errors.isEmpty, archive.holdsStatementsAlone {
      // Any table may have refused a row; what stands before the statements sets all sequences back.
      try rules.relax(schema.tables.filter(\.holdsRows), on: connection)
      errors = try statements.run(others, of: .data)
    }
    guard errors.isEmpty else {
      let what = archive.holdsStatementsAlone ? "the script's rows" : "sequence values or large objects"
      throw EngineError(.refused, "\(what) could not be restored", detail: errors)
    }
  }

  /// The table that an entry's `INSERT` statements are for.
  private func insertedTable(_ entry: ArchiveContents.Entry) -> Table? {
    guard entry.kind == "TABLE DATA", entry.copyStatement.isEmpty, entry.data != nil else { return nil }
    return tablesByName[ObjectName(schema: entry.schema, entry.name)]
  }

  /// Runs `INSERT` statements; a table that refuses a row is relaxed and gets all of its rows again.
  private func insert(_ entries: [ArchiveContents.Entry]) throws(EngineError) {
    guard try statements.refusal(of: entries) != nil else { return }
    for entry in entries {
      guard let table = insertedTable(entry), try statements.refusal(of: [entry]) != nil else { continue }
      try rules.relax([table], on: connection)
      guard let error = try statements.refusal(of: [entry]) else { continue }
      throw EngineError(.refused, "the rows of \(table.name) could not be restored", detail: [error])
    }
  }
}

extension PostgresArchive {
  /// Whether there are rows that only a script's own statements can give, all of them together.
  package var holdsStatementsAlone: Bool {
    contents.entries.contains { $0.kind == ArchiveContents.rowStatements }
  }
}
