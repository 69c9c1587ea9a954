import SchemaModel

/// The objects that were read, found by where they stand in the catalog.
///
/// Readers note what they read; ``PostgresCatalog/precedences(_:in:)`` looks it up.
final class PostgresAddresses {
  /// A row of a catalog: what `pg_depend` calls `classid` and `objid`.
  struct Address: Hashable, Sendable {
    /// The catalog's name, such as `pg_proc`.
    var catalog: String
    var oid: Int
  }

  /// Whether anybody will look them up.
  var areNeeded = true
  private(set) var objects: [Address: ObjectReference] = [:]

  /// Remembers what was noted elsewhere.
  func note(_ others: [Address: ObjectReference]) {
    if areNeeded { objects.merge(others) { own, _ in own } }
  }

  /// Remembers an object; a table, view or composite type goes by its `pg_class.oid`.
  func note(_ catalog: String, _ oid: Int, as object: ObjectReference) {
    if areNeeded { objects[Address(catalog: catalog, oid: oid)] = object }
  }

  subscript(_ catalog: String, _ oid: Int) -> ObjectReference? {
    objects[Address(catalog: catalog, oid: oid)]
  }
}
