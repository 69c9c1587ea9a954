import SchemaModel

/// Options held as `name=value` that differ, as clauses of `ALTER`.
enum OptionChange {
  /// `ALTER … SET (…)` and `ALTER … RESET (…)`.
  ///
  /// - Parameter prefix: stands before each name, such as `toast.`.
  static func storage(
    _ noun: String, from found: [String], to expected: [String], prefix: String = ""
  ) -> [String] {
    let new = expected.filter { !found.contains($0) }.map { prefix + $0 }
    let names = Set(expected.map(name))
    let gone = found.map(name).filter { !names.contains($0) }.map { prefix + $0 }
    return (gone.isEmpty ? [] : ["ALTER \(noun) RESET (\(gone.joined(separator: ", ")))"])
      + (new.isEmpty ? [] : ["ALTER \(noun) SET (\(OptionSQL.list(new)))"])
  }

  /// `OPTIONS (ADD …, SET …, DROP …)` of foreign data; the value of an option that may be a secret is empty.
  static func foreign(from found: [String], to expected: [String]) -> String {
    let dialect = SQLDialect.postgreSQL
    let before = Set(found.map(name))
    let after = Set(expected.map(name))
    let gone = found.map(name).filter { !after.contains($0) }.map { "DROP \(dialect.identifier($0))" }
    let new = expected.filter { !found.contains($0) }.map { option in
      let value = dialect.literal(String(option.dropFirst(name(option).count + 1)))
      return "\(before.contains(name(option)) ? "SET" : "ADD") \(dialect.identifier(name(option))) \(value)"
    }
    return "OPTIONS (\((gone + new).joined(separator: ", ")))"
  }

  static func name(_ option: String) -> String { String(option.prefix { $0 != "=" }) }

  static func value(_ option: String) -> String { String(option.dropFirst(name(option).count + 1)) }

  /// Settings that differ, as `SET name TO value` and `RESET name`.
  static func settings(from found: [String: String], to expected: [String: String]) -> [String] {
    let gone = found.keys.filter { expected[$0] == nil }.sorted().map { "RESET \(SettingSQL.name($0))" }
    let new = expected.filter { found[$0.key] != $0.value }.sorted { $0.key < $1.key }
    return gone + new.map { "SET \(SettingSQL.assignment($0.key, $0.value))" }
  }
}
