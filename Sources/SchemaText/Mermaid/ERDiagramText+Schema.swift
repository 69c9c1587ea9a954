import SchemaModel

extension ERDiagramText {
  /// The schema the diagram describes, as far as a diagram can: its lines are kept in the expressiveness.
  ///
  /// - Parameter engine: of the database it is a picture of.
  package func schema(engine: DatabaseEngine) -> Schema {
    var schema = Schema(engine: engine, serverVersion: "")
    var drawn = Diagram()
    var tables: [ObjectName: Table] = [:]
    for entity in entities {
      let name = Self.objectName(entity.name, engine)
      var table = tables[name] ?? Table(named: name)
      for attribute in entity.attributes where table.column(named: attribute.name) == nil {
        table.columns.append(column(attribute, of: name, &drawn))
      }
      let marked = { (mark: Diagram.Mark) in entity.attributes.filter { $0.marks.contains(mark) }.map(\.name)
      }
      if !marked(.primaryKey).isEmpty {
        var key = KeyConstraint(named: "\(name.name)_pkey")
        key.isPrimary = true
        key.isNamed = false
        key.columns = marked(.primaryKey)
        table.primaryKey = key
      }
      table.uniqueConstraints = marked(.unique).sorted().map { column in
        var key = KeyConstraint(named: "\(name.name)_\(column)_key")
        key.isNamed = false
        key.columns = [column]
        return key
      }
      for column in marked(.foreignKey) {
        drawn.foreignColumns.insert(ColumnReference(table: name, column: column))
      }
      if let alias = entity.alias { drawn.aliases[name] = alias }
      tables[name] = table
    }
    let attributes = entities.flatMap(\.attributes)
    drawn.marks = attributes.reduce(into: []) { $0.formUnion($1.marks) }
    drawn.drawsOnlyKeys = !attributes.isEmpty && attributes.allSatisfy { !$0.marks.isEmpty }
    drawn.relations = relations.map { relation in
      DrawnRelation(
        Self.objectName(relation.first, engine), relation.atFirst, relation.atSecond,
        Self.objectName(relation.second, engine), label: relation.role, line: relation.position.line)
    }
    schema.tables = tables.values.sorted { $0.name < $1.name }
    schema.expressiveness = .diagram(drawn)
    return schema
  }

  private func column(_ attribute: Attribute, of table: ObjectName, _ drawn: inout Diagram) -> Column {
    var column = Column(named: attribute.name)
    column.type = TypeSpelling.canonical(attribute.type)
    let reference = ColumnReference(table: table, column: attribute.name)
    if let isRequired = attribute.isRequired {
      column.isNotNull = isRequired
      drawn.statedNullability.insert(reference)
    } else {
      column.isNotNull = attribute.marks.contains(.primaryKey)
    }
    return column
  }

  /// A name with one point in it has a schema before the point; one without lives in `public`.
  private static func objectName(_ name: String, _ engine: DatabaseEngine) -> ObjectName {
    switch engine {
    case .sqlite: return ObjectName(name)
    case .postgreSQL:
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        return ObjectName(schema: "public", name)
      }
      return ObjectName(schema: parts[0], parts[1])
    }
  }
}

extension ERDiagramText.Attribute {
  /// Whether its own words say that it must have a value; `nil` when they say nothing of it.
  fileprivate var isRequired: Bool? {
    if isOptional { return false }
    let words = comment?.split { $0 == ";" || $0 == "," }.map { String($0).trimmed.lowercased() } ?? []
    if words.contains(where: ["optional", "nullable", "null"].contains) { return false }
    if words.contains(where: ["required", "mandatory", "not null", "not nullable"].contains) { return true }
    return nil
  }
}
