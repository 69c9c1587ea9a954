import SchemaModel
import SchemaText

/// The views of a database.
enum SQLiteViews {
  /// The views, with their columns as SQLite works them out.
  ///
  /// A view that cannot be read now, say because a table is missing, keeps the columns its text names and is
  /// noted. `dependencies` stays empty: SQLite takes views in any order.
  static func read(
    _ objects: [SQLiteObjects.Definition], _ connection: SQLiteConnection, _ seen: inout SQLiteSeen
  ) throws(EngineError) -> [View] {
    let columns = try columns(of: objects, connection)
    var views: [View] = []
    for object in objects {
      let text = SQLiteViewText(parsing: object.sql)
      seen.add(text.findings, of: object.name)
      var view = View(named: ObjectName(object.name))
      view.definition = text.definition
      view.comment = text.comment
      view.columnComments = text.columnComments
      switch columns[object.name] {
      case .success(let columns): view.columns = columns
      case .failure(let error):
        view.columns = text.columns
        seen.add("views that cannot be read", "\(object.name): \(error.message)")
      case nil: view.columns = text.columns
      }
      views.append(view)
    }
    return views
  }

  /// One query for all; when a broken view makes it fail, one for each, to find which.
  private static func columns(
    of objects: [SQLiteObjects.Definition], _ connection: SQLiteConnection
  ) throws(EngineError) -> [String: Result<[String], EngineError>] {
    do {
      return try columns(where: "s.type = 'view'", connection).mapValues { .success($0) }
    } catch  where error.kind == .notFound || error.kind == .unsupported || error.kind == .refused {
      var columns: [String: Result<[String], EngineError>] = [:]
      for object in objects {
        let name = SQLiteQuotes.literal(object.name)
        do {
          columns[object.name] = .success(
            try self.columns(where: "s.name = \(name)", connection)[object.name] ?? [])
        } catch {
          columns[object.name] = .failure(error)
        }
      }
      return columns
    }
  }

  private static func columns(
    where condition: String, _ connection: SQLiteConnection
  ) throws(EngineError) -> [String: [String]] {
    var columns: [String: [String]] = [:]
    let query = """
      SELECT s.name, x.name FROM main.sqlite_schema AS s JOIN pragma_table_xinfo(s.name, 'main') AS x
      WHERE s.type = 'view' AND \(condition)
      ORDER BY s.name, x.cid
      """
    try connection.forEachRow(of: query) { row in
      guard let view = row.text(0), let name = row.text(1) else { return }
      columns[view, default: []].append(name)
    }
    return columns
  }
}
