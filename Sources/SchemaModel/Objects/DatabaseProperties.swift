/// What is set for the database as a whole; a schema has at most one, and none when nothing is set.
package struct DatabaseProperties: SchemaObject {
  /// Always ``own``: databases that are compared are seldom called the same.
  package var name: ObjectName
  /// `ALTER DATABASE … SET`, from `pg_db_role_setting` with `setrole` 0.
  package var settings: [String: String] = [:]
  /// `ALTER ROLE … IN DATABASE … SET`, by role.
  package var roleSettings: [String: [String: String]] = [:]
  /// From `pg_database.datconnlimit`; -1 is none.
  package var connectionLimit = -1
  /// From `datacl`; `nil` when everybody may connect and make temporary tables, as in a new database.
  package var privileges: [Grant]?
  package var comment: Comment?

  /// Without who is let in, which is the server's business and not the restored database's.
  package var withoutAdmission: DatabaseProperties {
    var properties = self
    properties.connectionLimit = -1
    properties.privileges = nil
    return properties
  }

  package var kind: ObjectKind { .database }

  /// What the database is called in every comparison.
  package static let own = ObjectName("database")

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<DatabaseProperties>] = [
    Facet("settings", .breaksApplication, \.settings),
    Facet("role settings", .breaksApplication, \.roleSettings),
    Facet("connection limit", .breaksApplication, \.connectionLimit),
    Facet("privileges", .security, \.privileges),
    Facet("comment", .cosmetic, \.comment),
  ]
}
