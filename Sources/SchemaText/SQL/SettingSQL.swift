import SchemaModel

/// Settings that belong to an object, as SQL.
enum SettingSQL {
  /// `SET name TO value` for what the catalog holds as `name=value`.
  static func assignment(_ setting: String) -> String {
    let dialect = SQLDialect.postgreSQL
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let value = parts.count == 2 ? parts[1] : ""
    let values = lists.contains(parts[0]) ? elements(of: value) : [value]
    return "SET \(dialect.identifier(parts[0])) TO "
      + (values.isEmpty ? "''" : values.map(dialect.literal).joined(separator: ", "))
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
