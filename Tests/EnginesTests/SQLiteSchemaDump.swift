import SchemaModel

/// A schema as text: every object, and every fact of it that is not the default of its kind.
enum SQLiteSchemaDump {
  static func text(_ schema: Schema) -> String {
    var lines: [String] = []
    for table in schema.tables {
      add(table, to: &lines, depth: 0)
      for column in table.columns { add(column, to: &lines, depth: 1) }
      for key in table.keys { add(key, to: &lines, depth: 1) }
      for key in table.foreignKeys { add(key, to: &lines, depth: 1) }
      for check in table.checks { add(check, to: &lines, depth: 1) }
      for index in table.indexes { add(index, to: &lines, depth: 1) }
      for trigger in table.triggers { add(trigger, to: &lines, depth: 1) }
    }
    for view in schema.views {
      add(view, to: &lines, depth: 0)
      for trigger in view.triggers { add(trigger, to: &lines, depth: 1) }
    }
    for table in schema.virtualTables { add(table, to: &lines, depth: 0) }
    for properties in schema.database { add(properties, to: &lines, depth: 0) }
    for seen in schema.notCompared {
      lines.append("not compared: \(seen.count) \(seen.kind)")
      lines += seen.names.map { "  \(escaped($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Every label of a kind's facets with every value it takes in the schema.
  static func values(_ schema: Schema) -> [String: Set<FacetValue>] {
    var values: [String: Set<FacetValue>] = [:]
    func gather<Object: SchemaObject>(_ objects: [Object]) {
      for object in objects {
        for facet in Object.facets {
          values["\(object.kind.label): \(facet.label)", default: []].insert(facet.value(object))
        }
      }
    }
    gather(schema.tables)
    gather(schema.virtualTables)
    gather(schema.views)
    for table in schema.tables {
      gather(table.columns)
      gather(table.keys)
      gather(table.foreignKeys)
      gather(table.checks)
      gather(table.indexes)
      gather(table.triggers)
    }
    for view in schema.views { gather(view.triggers) }
    return values
  }

  private static func add<Object: SchemaObject>(_ object: Object, to lines: inout [String], depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    lines.append("\(indent)\(object.kind.label) \(escaped("\(object.name)"))")
    let usual = Object(named: object.name)
    for facet in Object.facets where facet.value(object) != facet.value(usual) {
      lines.append("\(indent)  \(facet.label): \(escaped(facet.words(object)))")
    }
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }
}
