import SchemaModel

/// The objects that go with an extension (`DEPENDS ON EXTENSION`), each until somebody's fact it has become.
final class ExtensionDependents {
  private struct Place: Hashable {
    var catalog: String
    var oid: Int
  }

  private var extensions: [Place: [String]] = [:]
  private var names: [Place: String] = [:]

  /// - Parameter rows: catalog, oid, the extension's name, and the object in words.
  func note(_ rows: PostgresResult.Rows) {
    for row in rows {
      let place = Place(catalog: row.text(0), oid: row.number(1))
      extensions[place, default: []].append(row.text(2))
      names[place] = row.text(3)
    }
  }

  /// The extensions with which an object goes, sorted.
  func take(_ catalog: String, _ oid: Int) -> [String] {
    guard !extensions.isEmpty else { return [] }
    return (extensions.removeValue(forKey: Place(catalog: catalog, oid: oid)) ?? []).sorted()
  }

  /// In words what nobody took, sorted.
  var rest: [String] { extensions.keys.compactMap { names[$0] }.sorted() }
}

extension PostgresCatalog {
  /// Looks once for what goes with extensions.
  func readExtensionDependents() throws(EngineError) {
    let result = try connection.query(
      """
      SELECT d.classid::regclass::text, d.objid, e.extname, pg_describe_object(d.classid, d.objid, 0)
      FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
      WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
      """)
    dependents.note(result.rows)
  }
}
