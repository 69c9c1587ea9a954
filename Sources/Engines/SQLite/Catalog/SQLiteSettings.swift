import SchemaModel

/// Settings that a database file carries.
///
/// Left out are the page size, which changes no answer, and the journal mode: its own program chooses it again
/// whenever it opens the file, and a database in memory, which a blueprint is built in, has none.
enum SQLiteSettings {
  /// Each setting that is not SQLite's default, with its value; nothing when all are.
  static func read(_ connection: SQLiteConnection) throws(EngineError) -> [DatabaseProperties] {
    var properties = DatabaseProperties(named: DatabaseProperties.own)
    for (pragma, usual) in [
      ("user_version", "0"), ("application_id", "0"), ("auto_vacuum", "0"), ("encoding", "UTF-8"),
    ] {
      guard let value = try connection.rows("PRAGMA main.\(pragma)").first?.first ?? nil, value != usual
      else {
        continue
      }
      properties.settings[pragma] = value
    }
    return properties.settings.isEmpty ? [] : [properties]
  }
}
