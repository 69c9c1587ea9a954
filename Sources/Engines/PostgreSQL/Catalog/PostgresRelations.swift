import SchemaModel

/// Tables and views as they are put together, found by their `pg_class.oid`.
struct PostgresRelations {
  /// A relation that is being read.
  struct Relation {
    var name: ObjectName
    /// By `pg_attribute.attnum` less one; `nil` where a column was dropped.
    private var columns: [CatalogColumn?] = []

    init(name: ObjectName) { self.name = name }

    /// The column of that number; `nil` for none, and for what the server keeps for itself.
    subscript(_ number: Int) -> CatalogColumn? {
      get { columns.indices.contains(number - 1) ? columns[number - 1] : nil }
      set {
        while columns.count < number { columns.append(nil) }
        columns[number - 1] = newValue
      }
    }
  }

  /// What others of the catalog ask of a column.
  struct CatalogColumn {
    var name: String
    /// `pg_attribute.atttypid`.
    var type: Int
    /// `pg_attribute.attcollation`.
    var collation: Int
    /// Its place in ``Table/columns``.
    var position: Int
  }

  /// What is said of a single key of an index.
  struct KeySettings: Hashable {
    /// Options of its operator class (`pg_attribute.attoptions`).
    var options: [String] = []
    /// `pg_attribute.attstattarget` when it is not the server's way.
    var statisticsTarget: Int?
  }

  var relations = ByOID<Relation>()
  /// Every collation's name by its oid, for the columns and keys that have one of their own.
  var collations: [Int: String] = [:]
  /// By the index's oid, then by the key's place from 1.
  var keySettings: [Int: [Int: KeySettings]] = [:]
  var tables = ByOID<Table>()
  var views: [Int: View] = [:]

  /// The names of columns by their numbers; a number of 0 (an expression) gives nothing.
  func columns(_ numbers: [Int], of oid: Int) -> [String] {
    guard let relation = relations[oid] else { return [] }
    return numbers.compactMap { relation[$0]?.name }
  }

  /// The tables by name; they are here no more.
  mutating func takeTables() -> [Table] {
    byName.compactMap { oid in
      guard var table = tables.take(oid) else { return nil }
      table.uniqueConstraints.sort { $0.name < $1.name }
      table.foreignKeys.sort { $0.name < $1.name }
      table.checks.sort { $0.name < $1.name }
      table.exclusions.sort { $0.name < $1.name }
      table.indexes.sort { $0.name < $1.name }
      table.triggers.sort { $0.name < $1.name }
      table.rules.sort { $0.name < $1.name }
      return table
    }
  }

  var sortedViews: [View] {
    byName.compactMap { oid in
      guard var view = views[oid] else { return nil }
      view.indexes.sort { $0.name < $1.name }
      view.triggers.sort { $0.name < $1.name }
      view.rules.sort { $0.name < $1.name }
      return view
    }
  }

  /// Where the relations are, by their names: much lighter to sort than they themselves are.
  private var byName: [Int] {
    relations.oids.compactMap { oid in relations[oid].map { (oid: oid, name: $0.name) } }
      .sorted { $0.name < $1.name }.map(\.oid)
  }
}
