import SchemaModel

/// Settings that a database file carries and that are no structure.
///
/// Left out are the page size, which changes no answer, and the journal mode, which its own program
/// chooses again whenever it opens the file.
enum SQLiteSettings {
  /// Notes each setting that is not SQLite's default, with its value.
  static func note(_ connection: SQLiteConnection, _ seen: inout SQLiteSeen) throws(EngineError) {
    for (pragma, usual) in [
      ("user_version", "0"), ("application_id", "0"), ("auto_vacuum", "0"), ("encoding", "UTF-8"),
    ] {
      guard let value = try connection.rows("PRAGMA main.\(pragma)").first?.first ?? nil, value != usual
      else {
        continue
      }
      seen.add("settings of the file", "\(pragma) = \(value)")
    }
  }
}
