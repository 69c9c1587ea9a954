import SchemaModel

/// Does the same for every kind of object there is, those inside tables and views included.
package protocol KindVisitor {
  /// - Parameter list: where objects of the kind stand in a schema that has one table and one view.
  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name)
}

package enum EveryKind {
  /// Visits them all.
  package static func visit<Visitor: KindVisitor>(_ visitor: inout Visitor) {
    var lists = Lists(visitor: visitor)
    Schema.visitLists(&lists)
    visitor = lists.visitor
  }

  private struct Lists<Visitor: KindVisitor>: SchemaListVisitor {
    var visitor: Visitor

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
    ) where Object.Name == ObjectName {
      visitor.visit(list, named: ObjectName("n"))
    }

    mutating func visitTables() {
      visitor.visit(\.tables, named: ObjectName("n"))
      visitor.visit(\.tables[0].columns, named: "n")
      visitor.visit(\.tables[0].uniqueConstraints, named: "n")
      visitor.visit(\.tables[0].foreignKeys, named: "n")
      visitor.visit(\.tables[0].checks, named: "n")
      visitor.visit(\.tables[0].exclusions, named: "n")
      visitor.visit(\.tables[0].indexes, named: "n")
      visitor.visit(\.tables[0].policies, named: "n")
      visitor.visit(\.tables[0].triggers, named: "n")
      visitor.visit(\.tables[0].rules, named: "n")
    }

    mutating func visitViews() {
      visitor.visit(\.views, named: ObjectName("n"))
      visitor.visit(\.views[0].indexes, named: "n")
      visitor.visit(\.views[0].triggers, named: "n")
      visitor.visit(\.views[0].rules, named: "n")
    }
  }

  /// A PostgreSQL schema with one table and one view and nothing else.
  package static var frame: Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.tables = [Table(named: ObjectName("t"))]
    schema.views = [View(named: ObjectName("v"))]
    return schema
  }
}
