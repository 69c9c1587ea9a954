/// Settings of a database, a role or a function as they stand in `SET`.
enum SettingSQL {
  /// `name TO value`.
  ///
  /// - Parameter value: as `pg_db_role_setting.setconfig` and `pg_proc.proconfig` hold it.
  static func assignment(_ name: String, _ value: String) -> String {
    let dialect = SQLDialect.postgreSQL
    let values = lists.contains(name.lowercased()) ? elements(of: value) : [value]
    return "\(self.name(name)) TO "
      + (values.isEmpty ? "''" : values.map(dialect.literal).joined(separator: ", "))
  }

  /// A setting's name; that of an extension has two parts.
  static func name(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map {
      SQLDialect.postgreSQL.identifier(String($0))
    }.joined(separator: ".")
  }

  /// `SET name TO value` for what the catalog holds as `name=value`.
  static func clause(_ setting: String) -> String {
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return "SET " + assignment(parts[0], parts.count == 2 ? parts[1] : "")
  }

  /// The settings whose value is a list of names, each quoted by itself (`GUC_LIST_QUOTE`).
  private static let lists: Set<String> = [
    "local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries",
    "temp_tablespaces", "unix_socket_directories",
  ]

  /// The names of a list, without their quotes.
  private static func elements(of list: String) -> [String] {
    var elements: [String] = []
    var current: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    for byte in list.utf8 {
      switch byte {
      case UInt8(ascii: "\""):
        // A doubled quote inside quotes is one quote.
        if !isQuoted && wasQuoted { current.append(byte) }
        isQuoted.toggle()
        wasQuoted = true
      case UInt8(ascii: ",") where !isQuoted:
        elements.append(String(decoding: current, as: UTF8.self))
        current = []
        wasQuoted = false
      case UInt8(ascii: " ") where !isQuoted: break
      default: current.append(byte)
      }
    }
    guard !current.isEmpty || wasQuoted || !elements.isEmpty else { return [] }
    return elements + [String(decoding: current, as: UTF8.self)]
  }
}
