/// Settings of a database, a role or a function as they stand in `SET`.
enum SettingSQL {
  /// `name TO value`.
  ///
  /// - Parameter value: as `pg_db_role_setting.setconfig` and `pg_proc.proconfig` hold it.
  static func assignment(_ name: String, _ value: String) -> String {
    let dialect = SQLDialect.postgreSQL
    let words = name.split(separator: ".", omittingEmptySubsequences: false).map {
      dialect.identifier(String($0))
    }
    return "\(words.joined(separator: ".")) TO \(isList(name) ? list(value) : dialect.literal(value))"
  }

  /// A list is held with its parts quoted as names; an empty part is a name to nobody.
  private static func list(_ value: String) -> String {
    if value.isEmpty { return "''" }
    return value.split(separator: ",").map { part in
      let part = part.drop { $0 == " " }
      return part == "\"\"" ? "''" : String(part)
    }.joined(separator: ", ")
  }

  /// The settings that PostgreSQL keeps as lists of quoted names (`GUC_LIST_QUOTE`).
  private static func isList(_ name: String) -> Bool {
    [
      "local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries",
      "temp_tablespaces", "unix_socket_directories",
    ].contains(name.lowercased())
  }
}
