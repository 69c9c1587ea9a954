import SchemaModel

extension ArchiveContents {
  /// The encoding and locale of the dumped database, from the statement that would make it; `nil` when it is not there.
  package var locale: DatabaseLocale? {
    guard let statement = entries.first(where: { $0.kind == "DATABASE" })?.definition,
      let encoding = Self.setting("ENCODING", in: statement)
    else { return nil }
    let both = Self.setting("LOCALE", in: statement)
    guard let collate = Self.setting("LC_COLLATE", in: statement) ?? both else { return nil }
    return DatabaseLocale(
      encoding: encoding, collate: collate, characterType: Self.setting("LC_CTYPE", in: statement) ?? collate,
      icuLocale: Self.setting("ICU_LOCALE", in: statement))
  }

  /// The value of a setting: `LOCALE = 'en_US.UTF-8'`.
  private static func setting(_ name: String, in statement: String) -> String? {
    guard let range = statement.firstRange(of: " \(name) = '") else { return nil }
    let value = statement[range.upperBound...].prefix { $0 != "'" }
    return value.isEmpty ? nil : String(value)
  }
}
