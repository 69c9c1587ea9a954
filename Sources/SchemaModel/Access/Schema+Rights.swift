extension Schema {
  /// The schema in which every owner is named: for databases that share their roles and not their owner.
  ///
  /// `public` goes with the database (`pg_database_owner`), so its owner stays unnamed.
  package var withNamedOwners: Schema {
    var schema = replacingRights { rights in
      AccessRights(owner: rights.owner ?? databaseOwner, privileges: rights.privileges)
    }
    for (position, namespace) in namespaces.enumerated() where namespace.name.name == "public" {
      schema.namespaces[position].rights = namespace.rights
    }
    return schema
  }

  /// Whether any object belongs to another role than the database does.
  package var hasOwnersOfTheirOwn: Bool {
    var search = OwnerSearch()
    visitObjects(&search)
    return search.hasFoundOne
  }

  /// The schema in which nothing is said of owners.
  package var withoutOwners: Schema { replacingRights { AccessRights(privileges: $0.privileges) } }

  /// The schema without owners and grants: what is left of it where everything belongs to whoever made it.
  package var withoutRights: Schema {
    var schema = replacingRights { _ in AccessRights() }
    for table in schema.tables.indices {
      for column in schema.tables[table].columns.indices {
        schema.tables[table].columns[column].privileges = []
      }
    }
    for view in schema.views.indices { schema.views[view].columnPrivileges = [:] }
    schema.defaultPrivileges = []
    schema.changedPrivileges = []
    return schema
  }

  /// The schema without what belongs to the server it was found on: roles, tablespaces, who is let into the
  /// database, and whether its subscriptions take rows.
  package var withoutServer: Schema {
    var schema = self
    schema.roles = []
    for place in schema.subscriptions.indices { schema.subscriptions[place].isEnabled = nil }
    for table in schema.tables.indices { schema.tables[table].forgetTablespaces() }
    for view in schema.views.indices { schema.views[view].forgetTablespaces() }
    schema.database = schema.database.map(\.withoutAdmission).filter {
      $0 != DatabaseProperties(named: $0.name)
    }
    return schema
  }

  private func replacingRights(_ replacement: @escaping (AccessRights) -> AccessRights) -> Schema {
    var visitor = RightsReplacement(schema: self, replacement: replacement)
    Schema.visitLists(&visitor)
    return visitor.schema
  }
}

private struct RightsReplacement: SchemaListVisitor {
  private(set) var schema: Schema
  let replacement: (AccessRights) -> AccessRights

  init(schema: Schema, replacement: @escaping (AccessRights) -> AccessRights) {
    self.schema = schema
    self.replacement = replacement
  }

  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName {
    guard Object.self is any OwnedObject.Type else { return }
    schema[keyPath: list] = schema[keyPath: list].map { object in
      guard var owned = object as? any OwnedObject else { return object }
      owned.rights = replacement(owned.rights)
      return owned as? Object ?? object
    }
  }

  mutating func visitTables() { visit(\.tables, "") }
  mutating func visitViews() { visit(\.views, "") }
}

/// Looks for an object that names its owner.
private struct OwnerSearch: SchemaObjectVisitor {
  private(set) var hasFoundOne = false

  mutating func visit<Object: SchemaObject>(_ objects: [Object]) {
    guard !hasFoundOne, let type = Object.self as? any OwnedObject.Type else { return }
    hasFoundOne = Self.namesOwner(type, objects)
  }

  private static func namesOwner<Owned: OwnedObject>(_: Owned.Type, _ objects: Any) -> Bool {
    (objects as? [Owned])?.contains { $0.rights.owner != nil } ?? false
  }
}

extension View {
  fileprivate mutating func forgetTablespaces() {
    tablespace = nil
    for position in indexes.indices { indexes[position].tablespace = nil }
  }
}

extension Table {
  /// A tablespace is a place on one server's disks.
  fileprivate mutating func forgetTablespaces() {
    tablespace = nil
    attached.tablespaces = [:]
    primaryKey?.index.tablespace = nil
    for position in uniqueConstraints.indices { uniqueConstraints[position].index.tablespace = nil }
    for position in exclusions.indices { exclusions[position].index.tablespace = nil }
    for position in indexes.indices { indexes[position].tablespace = nil }
  }
}
