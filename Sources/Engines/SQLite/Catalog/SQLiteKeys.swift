import SchemaModel
import SchemaText

extension SQLiteTableReader {
  /// The primary key: its columns from `pragma_table_xinfo`, the rest from the text.
  var primaryKey: KeyConstraint? {
    let columns = names.primaryKey(of: table)
    guard !columns.isEmpty else { return nil }
    var key = text.primaryKey ?? KeyConstraint(named: "")
    key.isPrimary = true
    key.columns = columns
    if text.primaryKey == nil { key.isNamed = false }
    if !key.isNamed { key.name = key.derivedName }
    return key
  }

  /// The unique constraints of the text, and those that only their index tells of.
  func uniqueConstraints(_ seen: inout SQLiteSeen) -> [KeyConstraint] {
    var keys = text.uniqueConstraints
    for index in keys.indices {
      keys[index].columns = keys[index].columns.map { names.column($0, of: table) }
    }
    for index in rows.indexes {
      switch index.origin {
      case .createIndex: continue
      case .unique:
        let columns = index.keys.compactMap(\.column)
        if !keys.contains(where: { $0.columns == columns }) {
          var key = KeyConstraint(named: "")
          key.isNamed = false
          key.columns = columns
          keys.append(key)
          seen.add("definitions not fully understood", "\(table): \(key.derivedName)")
        }
      case .primaryKey: break
      }
      noteUnusualKeys(index, &seen)
    }
    return SQLiteConstraintNames.settled(keys, of: table, &seen)
  }

  /// A key may sort otherwise than its columns do, for which the model has no fact.
  private func noteUnusualKeys(_ index: SQLiteIndexRow, _ seen: inout SQLiteSeen) {
    for key in index.keys {
      guard let column = key.column else { continue }
      if key.isDescending {
        seen.add("keys with a direction of their own", "\(table): \(column) desc")
      }
      if SQLiteCollation.canonical(key.collation) != collation(of: column) {
        seen.add("keys with a collation of their own", "\(table): \(column) collate \(key.collation)")
      }
    }
  }
}
