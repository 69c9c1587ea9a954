/// A virtual table of SQLite: a module answers for it, such as FTS5 or R-tree.
///
/// The shadow tables in which a module keeps its content belong to it and are not listed.
package struct VirtualTable: SchemaObject {
  package var name: ObjectName
  /// The module, in lower case.
  package var module = ""
  /// What the module is told, one for each comma, in the form of `SQLiteCanonicalText`.
  package var arguments: [String] = []

  package var kind: ObjectKind { .virtualTable }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<VirtualTable>] = [
    Facet("module", .breaksRestore, \.module),
    Facet("arguments", .breaksApplication, \.arguments),
  ]
}
