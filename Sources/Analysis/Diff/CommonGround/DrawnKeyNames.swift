import SchemaModel

/// How people call the column that refers to a table.
enum DrawnKeyNames {
  /// `userid`, `usersid`: the table's name in singular and plural with the key's name behind it.
  static func names(for table: ObjectName, key: String) -> Set<String> {
    let name = squeezed(table.name)
    var stems = [name]
    if name.hasSuffix("ies") { stems.append(name.dropLast(3) + "y") }
    if name.hasSuffix("es") { stems.append(String(name.dropLast(2))) }
    if name.hasSuffix("s") { stems.append(String(name.dropLast())) }
    return Set(stems.flatMap { [$0 + squeezed(key), $0 + "id"] })
  }

  /// Letters and digits alone, in lower case: the same for `userId` and `user_id`.
  static func squeezed(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
