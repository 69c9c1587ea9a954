/// The name of an object that stands by itself: a table, a view, a type, a sequence.
///
/// Objects refer to each other by name; a name is compared byte for byte.
package struct ObjectName: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The PostgreSQL schema (`pg_namespace.nspname`); `nil` for SQLite, which has one.
  package var schema: String?
  /// The name inside the schema, unquoted.
  package var name: String

  package init(schema: String? = nil, _ name: String) {
    self.schema = schema
    self.name = name
  }

  package static func < (left: ObjectName, right: ObjectName) -> Bool {
    (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
  }

  /// The name as people read it, `schema.name` or `name`; not quoted, so not for SQL.
  package var description: String {
    schema.map { "\($0).\(name)" } ?? name
  }
}
