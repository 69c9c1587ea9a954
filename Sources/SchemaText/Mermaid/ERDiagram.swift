import SchemaModel

/// A Mermaid `erDiagram` of some or all tables of a schema.
package struct ERDiagram: Hashable, Sendable {
  /// How much of each table is drawn.
  package enum Detail: CaseIterable, Hashable, Sendable {
    case columns
    /// Only the columns of keys.
    case keys
    /// No columns: the conceptual picture.
    case names
  }

  /// The diagram, ended by a line feed.
  package let text: String
  package let detail: Detail
  package let relationCount: Int

  /// Above these Mermaid refuses to draw, unless it is configured otherwise (`maxTextSize`, `maxEdges`).
  private static let largestText = 50_000
  package static let mostRelations = 500

  /// Whether Mermaid draws it as it is configured by default.
  package var isDrawn: Bool { text.utf8.count <= Self.largestText && relationCount <= Self.mostRelations }

  /// All tables of a schema, with as much detail as Mermaid still draws.
  package init(of schema: Schema) {
    self.init(EntityMap(of: schema), detail: .columns) { _ in true }
  }

  /// The entities that `isInside` picks, their relations, and the entities at the other end of these, empty.
  /// - Parameter detail: how much is wanted; less is drawn where the text would grow too long.
  init(_ map: EntityMap, detail: Detail, isInside: (Table) -> Bool) {
    let inside = map.tables.filter(isInside)
    let names = Set(inside.map(\.name))
    let relations = map.relations.filter { names.contains($0.child) || names.contains($0.parent) }
    let ends = Set(relations.flatMap { [$0.child, $0.parent] }).subtracting(names).sorted()
    var drawn = detail
    var text = Self.text(inside, ends, relations, map, detail: drawn)
    for less in Detail.allCases.drop(while: { $0 != detail }).dropFirst()
    where text.utf8.count > Self.largestText {
      drawn = less
      text = Self.text(inside, ends, relations, map, detail: less)
    }
    self.text = text
    self.detail = drawn
    relationCount = relations.count
  }

  private static func text(
    _ tables: [Table], _ ends: [ObjectName], _ relations: [EntityRelation], _ map: EntityMap, detail: Detail
  ) -> String {
    var lines = ["erDiagram"]
    for table in tables { lines += entity(table, map, detail: detail) }
    for name in ends {
      let home = map.domain(of: name).map { "[" + MermaidText.entity("\(map.label(of: name)) (\($0))") + "]" }
      lines.append("    " + MermaidText.entity(map.label(of: name)) + (home ?? ""))
    }
    for relation in relations {
      lines.append(
        "    \(MermaidText.entity(map.label(of: relation.parent))) \(relation.crowsFoot) "
          + "\(MermaidText.entity(map.label(of: relation.child))) : "
          + MermaidText.label(relation.columns.joined(separator: ", ")))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func entity(_ table: Table, _ map: EntityMap, detail: Detail) -> [String] {
    let name = map.label(of: table.name)
    var heading = "    " + MermaidText.entity(name)
    if !table.junctionKeys.isEmpty { heading += "[" + MermaidText.entity("\(name) (associative)") + "]" }
    let columns = attributes(of: table, map.engine, detail: detail)
    return columns.isEmpty ? [heading] : [heading + " {"] + columns + ["    }"]
  }

  private static func attributes(of table: Table, _ engine: DatabaseEngine, detail: Detail) -> [String] {
    let primary = Set(table.primaryKey?.columns ?? [])
    let foreign = Set(table.foreignKeys.flatMap(\.columns))
    // A primary key of one column is said by PK alone.
    let unique = Set(table.uniqueColumnSets.filter { $0.count == 1 }.flatMap(\.self)).subtracting(
      primary.count == 1 ? primary : [])
    return table.columns.compactMap { column in
      var marks: [String] = []
      if primary.contains(column.name) { marks.append("PK") }
      if foreign.contains(column.name) { marks.append("FK") }
      if unique.contains(column.name) { marks.append("UK") }
      switch detail {
      case .columns: break
      case .keys: if marks.isEmpty { return nil }
      case .names: return nil
      }
      let name = MermaidText.attribute(column.name)
      var notes: [String] = []
      if name != column.name { notes.append("called \(column.name)") }
      if !table.isRequired(column.name, engine: engine) { notes.append("optional") }
      if let sensitivity = column.sensitivity {
        notes.append(sensitivity.isEmpty ? "sensitive" : "sensitive: \(sensitivity)")
      }
      let prose = column.comment?.prose ?? ""
      if !prose.allSatisfy(\.isWhitespace) { notes.append(prose) }
      var line = "        \(MermaidText.type(column.type)) \(name)"
      if !marks.isEmpty { line += " " + marks.joined(separator: ", ") }
      if !notes.isEmpty { line += " " + MermaidText.comment(notes.joined(separator: "; ")) }
      return line
    }
  }
}
