/// Does the same for every object that a schema holds, members of tables and views included.
package protocol SchemaObjectVisitor {
  /// Objects of one type, in their order; an empty list is visited too.
  mutating func visit<Object: SchemaObject>(_ objects: [Object])
}

extension Schema {
  /// Visits all objects: list by list as ``visitLists(_:)`` does, the members of each table and view after them all.
  package func visitObjects<Visitor: SchemaObjectVisitor>(_ visitor: inout Visitor) {
    var lists = ObjectsOfLists(schema: self, visitor: visitor)
    Schema.visitLists(&lists)
    visitor = lists.visitor
  }

  /// How many objects of each kind there are, members of tables and views included; kinds without any are left out.
  package var countsByKind: [(kind: ObjectKind, count: Int)] {
    var counter = ObjectCounter()
    visitObjects(&counter)
    return counter.counts.sorted { $0.key.rank < $1.key.rank }.map { ($0.key, $0.value) }
  }
}

extension Table {
  /// Visits what belongs to the table.
  package func visitMembers<Visitor: SchemaObjectVisitor>(_ visitor: inout Visitor) {
    visitor.visit(columns)
    visitor.visit(keys)
    visitor.visit(foreignKeys)
    visitor.visit(checks)
    visitor.visit(exclusions)
    visitor.visit(indexes)
    visitor.visit(policies)
    visitor.visit(triggers)
    visitor.visit(rules)
  }
}

extension View {
  /// Visits what belongs to the view; its columns are facts of it and no objects.
  package func visitMembers<Visitor: SchemaObjectVisitor>(_ visitor: inout Visitor) {
    visitor.visit(indexes)
    visitor.visit(triggers)
    visitor.visit(rules)
  }
}

private struct ObjectsOfLists<Visitor: SchemaObjectVisitor>: SchemaListVisitor {
  let schema: Schema
  var visitor: Visitor

  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName {
    visitor.visit(schema[keyPath: list])
  }

  mutating func visitTables() {
    visitor.visit(schema.tables)
    // Where it stands: a table that is taken out of the list is copied, with a count for each of its own lists.
    schema.tables.withUnsafeBufferPointer { tables in
      for place in tables.indices { tables[place].visitMembers(&visitor) }
    }
  }

  mutating func visitViews() {
    visitor.visit(schema.views)
    for view in schema.views { view.visitMembers(&visitor) }
  }
}

private struct ObjectCounter: SchemaObjectVisitor {
  private(set) var counts: [ObjectKind: Int] = [:]

  mutating func visit<Object: SchemaObject>(_ objects: [Object]) {
    // Mostly all of a list are of one kind, and a look into a dictionary for each of very many takes its time.
    var run: (kind: ObjectKind, count: Int)?
    for place in objects.indices {
      let kind = objects[place].kind
      if run?.kind == kind {
        run?.count += 1
      } else {
        if let run { counts[run.kind, default: 0] += run.count }
        run = (kind, 1)
      }
    }
    if let run { counts[run.kind, default: 0] += run.count }
  }
}
