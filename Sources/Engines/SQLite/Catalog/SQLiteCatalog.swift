import SchemaModel
import SchemaText

/// Reads the structure of a database: what pragmas tell, merged with what only the `CREATE` texts say.
///
/// Pragmas are believed where both tell a thing. The number of queries does not depend on the number
/// of tables.
struct SQLiteCatalog {
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  /// The whole structure; the caller holds the snapshot.
  func schema() throws(EngineError) -> Schema {
    var schema = Schema(engine: .sqlite, serverVersion: connection.serverVersion)
    var seen = SQLiteSeen()
    let objects = try SQLiteObjects(connection)
    let columns = try SQLiteColumnRow.byTable(connection)
    let indexes = try SQLiteIndexRow.byTable(connection)
    let references = try SQLiteReferenceRow.byTable(connection)
    let names = SQLiteDeclaredNames(columns)

    for object in objects.tables {
      let text = SQLiteTableText(parsing: object.sql)
      let rows = SQLiteTableRows(
        columns: columns[object.name] ?? [], indexes: indexes[object.name] ?? [],
        references: references[object.name] ?? [])
      var table = SQLiteTableReader(object, text, rows, names).table(indexTexts: objects.indexTexts, &seen)
      table.triggers = objects.triggers(of: object.name, &seen)
      schema.tables.append(table)
    }
    schema.views = try SQLiteViews.read(objects.views, connection, &seen)
    for position in schema.views.indices {
      schema.views[position].triggers = objects.triggers(of: schema.views[position].name.name, &seen)
    }
    objects.noteUnmodelled(&seen)
    schema.virtualTables = objects.virtualTables.map { object in
      let text = SQLiteVirtualTableText(parsing: object.sql)
      seen.add(text.findings, of: object.name)
      var table = text.table
      table.name = ObjectName(object.name)
      return table
    }.sorted { $0.name < $1.name }
    schema.database = try SQLiteSettings.read(connection)

    schema.tables.sort { $0.name < $1.name }
    schema.views.sort { $0.name < $1.name }
    schema.notCompared = seen.notCompared
    return schema
  }
}
