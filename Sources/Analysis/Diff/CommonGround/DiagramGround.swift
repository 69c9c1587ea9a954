import SchemaModel

/// What an entity relationship diagram and a schema can both say.
///
/// The live schema loses what the diagram does not state; the drawing takes the live words for what agrees. What a
/// diagram leaves open everywhere (no mark UK at all, no lines at all) is not stated.
struct DiagramGround {
  private(set) var drawn: Schema
  private(set) var live: Schema
  private(set) var lines: [DrawnLine] = []
  /// Names that mean one thing and are two.
  private(set) var renamings: [SchemaDifference] = []
  private let diagram: Diagram
  private let other: Schema
  private let otherTables: [ObjectName: Table]
  private let names: DiagramNames
  private var unknownTypes: Set<String> = []
  private var narrowlyUnique: Set<String> = []
  /// Entities without attributes, by their live names.
  private var bare: Set<ObjectName> = []

  init(_ source: Schema, _ diagram: Diagram, against other: Schema) {
    var other = other
    // Of two diagrams the second one's lines are read as keys first.
    if case .diagram(let second) = other.expressiveness { other = DiagramKeys.inferred(other, second) }
    self.diagram = diagram
    self.other = other
    otherTables = Dictionary(other.tables.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    names = DiagramNames(source.tables, diagram, in: other)
    // A picture is of no engine.
    drawn = Schema(engine: other.engine, serverVersion: source.serverVersion)
    drawn.notCompared = source.notCompared
    live = Schema(engine: other.engine, serverVersion: other.serverVersion)
    // SQLite lets a key refer to a table that is not there; drawn as the end of its line, it is no table either.
    let dangling = Set(other.tables.flatMap(\.foreignKeys).map(\.referencedTable)).subtracting(
      other.tables.map(\.name))
    let entities = source.tables.filter { table in
      !names.views.contains(table.name) && !(table.columns.isEmpty && dangling.contains(table.name))
    }
    let exact = Set(names.tables.values)
    let tables = other.tables.filter { $0.partition == nil || exact.contains($0.name) }
    let types = LooseType(in: other)
    live.tables = tables.map { reduced($0) }
    let positions = Dictionary(
      live.tables.indices.map { (live.tables[$0].name, $0) }, uniquingKeysWith: { one, _ in one })
    for entity in entities {
      var table = entity
      table.name = names.table(entity.name)
      if let position = positions[table.name] {
        var counterpart = live.tables[position]
        merge(&table, drawnAs: entity.name, with: &counterpart, types)
        live.tables[position] = counterpart
      }
      drawn.tables.append(table)
    }
    var keys = DiagramKeys(drawn: drawn, live: live, diagram: renamed(diagram))
    keys.settle()
    drawn = keys.drawn
    live = keys.live
    lines = keys.lines
    renamings += names.renamed.map { renaming(.table, $0.key, from: $0.value) }
    drawn.tables.sort { $0.name < $1.name }
  }

  /// What was compared, in sentences' words.
  var scope: [String] {
    var parts = ["tables"]
    if !diagram.marks.isEmpty || drawn.tables.contains(where: { !$0.columns.isEmpty }),
      bare.count < drawn.tables.count
    {
      parts.append("columns and their types")
    }
    if diagram.marks.contains(.primaryKey) { parts.append("primary keys") }
    if diagram.marks.contains(.unique) { parts.append("unique columns") }
    if !diagram.relations.isEmpty {
      parts.append("relations with their cardinality")
    } else if diagram.marks.contains(.foreignKey) {
      parts.append("columns of foreign keys")
    }
    var scope = ["compared: \(parts.joined(separator: ", ")); a Mermaid diagram says no more"]
    if diagram.drawsOnlyKeys {
      scope.append("the diagram draws the columns of keys only: no other was compared")
    }
    if !bare.isEmpty, bare.count < drawn.tables.count {
      scope.append(
        "drawn without columns, so only by name and relations: " + Self.list(bare.map(\.description).sorted())
      )
    }
    if !unknownTypes.isEmpty {
      scope.append("no types of the database, so not compared: " + Self.list(unknownTypes.sorted()))
    }
    if !narrowlyUnique.isEmpty {
      scope.append(
        "unique in production under a condition or over an expression, which a mark cannot say: "
          + Self.list(narrowlyUnique.sorted()))
    }
    if !names.views.isEmpty {
      scope.append(
        "views in production, so not compared: " + Self.list(names.views.map(\.description).sorted()))
    }
    let checks = other.tables.reduce(0) { $0 + $1.checks.count }
    let indexes = other.tables.reduce(0) { $0 + $1.indexes.count { !$0.isUnique } }
    if let beyond = BeyondSource.words(
      other, also: [(checks, "check constraints"), (indexes, "indexes"), (other.enums.count, "enum types")])
    {
      scope.append("a diagram cannot say, and was not compared: \(beyond)")
    }
    return scope
  }

  private static func list(_ words: [String]) -> String {
    words.count <= 5 ? words.joined(separator: ", ") : words.prefix(5).joined(separator: ", ") + ", ..."
  }

  /// The diagram with the live names of its tables and columns.
  private func renamed(_ diagram: Diagram) -> Diagram {
    var renamed = diagram
    renamed.relations = diagram.relations.map { relation in
      var relation = relation
      relation.first = names.table(relation.first)
      relation.second = names.table(relation.second)
      return relation
    }
    func live(_ reference: ColumnReference) -> ColumnReference {
      let table = names.table(reference.table)
      let columns = otherTables[table]?.columns ?? []
      return ColumnReference(table: table, column: DiagramNames.column(reference.column, in: columns))
    }
    renamed.foreignColumns = Set(diagram.foreignColumns.map(live))
    renamed.statedNullability = Set(diagram.statedNullability.map(live))
    return renamed
  }

  /// A live table without what no diagram says.
  private func reduced(_ table: Table) -> Table {
    var reduced = Table(named: table.name)
    let primary = Set(table.primaryKey?.columns ?? [])
    reduced.columns = table.columns.map { column in
      var reduced = Column(named: column.name)
      reduced.type = column.type
      reduced.isNotNull = column.isNotNull || (primary.contains(column.name) && other.engine == .postgreSQL)
      return reduced
    }
    reduced.primaryKey = table.primaryKey.map { key in
      var reduced = KeyConstraint(named: key.name)
      reduced.isPrimary = true
      reduced.columns = key.columns.sorted()
      return reduced
    }
    // Keys and unique indexes refuse the same rows; two over the same columns are one to a diagram.
    var seen: Set<Set<String>> = []
    let ofIndexes = table.indexes.filter { index in
      index.isUnique && index.isValid && index.predicate == nil && index.keys.allSatisfy { $0.column != nil }
    }.map { ($0.name, $0.keys.compactMap(\.column)) }
    for (name, columns) in table.uniqueConstraints.map({ ($0.name, $0.columns) }) + ofIndexes
    where Set(columns) != primary && seen.insert(Set(columns)).inserted {
      var key = KeyConstraint(named: name)
      key.columns = columns.sorted()
      reduced.uniqueConstraints.append(key)
    }
    reduced.foreignKeys = table.foreignKeys.map { key in
      var reduced = ForeignKey(named: key.name)
      reduced.columns = key.columns
      reduced.referencedTable = key.referencedTable
      reduced.referencedColumns = key.referencedColumns
      reduced.match = key.match
      reduced.isValidated = key.isValidated
      return reduced
    }
    return reduced
  }

  /// Brings an entity and its live table to what both say of columns and keys.
  private mutating func merge(
    _ table: inout Table, drawnAs name: ObjectName, with live: inout Table, _ types: LooseType
  ) {
    if live.columns.isEmpty, case .diagram = other.expressiveness {
      // The other diagram draws no columns of it either.
      table.columns = []
      table.uniqueConstraints = []
      table.primaryKey = nil
    }
    guard !table.columns.isEmpty else {
      bare.insert(table.name)
      table.columns = live.columns
      table.primaryKey = live.primaryKey
      table.uniqueConstraints = live.uniqueConstraints
      return
    }
    func liveName(_ column: String) -> String { DiagramNames.column(column, in: live.columns) }
    table.columns = table.columns.map { column in
      var column = column
      let isStated = diagram.statedNullability.contains(ColumnReference(table: name, column: column.name))
      let drawnName = column.name
      column.name = liveName(column.name)
      if DiagramNames.isRenaming(drawnName, column.name) {
        renamings.append(renaming(.column, live.name, member: column.name, from: drawnName))
      }
      guard let counterpart = live.column(named: column.name) else { return column }
      if !isStated { column.isNotNull = counterpart.isNotNull }
      switch types.agreement(drawn: column.type, live: counterpart.type) {
      case .agrees: column.type = counterpart.type
      case .differs: break
      case .unknown:
        unknownTypes.insert(column.type)
        column.type = counterpart.type
      }
      return column
    }
    if var key = table.primaryKey {
      key.columns = key.columns.map(liveName).sorted()
      table.primaryKey = key
    }
    for position in table.uniqueConstraints.indices {
      table.uniqueConstraints[position].columns = table.uniqueConstraints[position].columns.map(liveName)
    }
    // The order of a diagram's lines is for reading.
    let order = Dictionary(
      live.columns.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { one, _ in one })
    table.columns = table.columns.enumerated().sorted { left, right in
      let places = (order[left.element.name] ?? Int.max, order[right.element.name] ?? Int.max)
      return places.0 == places.1 ? left.offset < right.offset : places.0 < places.1
    }.map(\.element)
    settlePrimaryKey(&table, &live)
    settleUniqueColumns(&table, &live)
    if diagram.drawsOnlyKeys {
      let drawn = Set(table.columns.map(\.name))
      // A kind of key whose mark is used nowhere is not drawn, so neither are its columns.
      let single = live.uniqueConstraints.filter { $0.columns.count == 1 }.flatMap(\.columns)
      let ofKeys = Set(
        (diagram.marks.contains(.primaryKey) ? live.primaryKey?.columns ?? [] : [])
          + (diagram.marks.contains(.foreignKey) ? live.foreignKeys.flatMap(\.columns) : [])
          + (diagram.marks.contains(.unique) ? single : []))
      live.columns.removeAll { !drawn.contains($0.name) && !ofKeys.contains($0.name) }
    }
  }

  private func renaming(
    _ kind: ObjectKind, _ owner: ObjectName, member: String? = nil, from drawn: String
  ) -> SchemaDifference {
    SchemaDifference(
      object: ObjectReference(kind: kind, owner, member: member),
      change: .changed(fact: SchemaDifference.nameFact, expected: drawn, found: member ?? owner.name),
      severity: .breaksApplication)
  }

  private func settlePrimaryKey(_ table: inout Table, _ live: inout Table) {
    guard diagram.marks.contains(.primaryKey) else {
      table.primaryKey = live.primaryKey
      return
    }
    if let key = live.primaryKey, table.primaryKey?.columns == key.columns { table.primaryKey = key }
    if let key = live.primaryKey { table.primaryKey?.name = key.name }
  }

  /// Marked columns that production keeps unique under a condition or over an expression, which a mark cannot say.
  private mutating func settleNarrowUniqueness(_ table: inout Table) {
    let narrow = (otherTables[table.name]?.indexes ?? []).filter { index in
      index.isUnique && index.isValid && (index.predicate != nil || index.keys.contains { $0.column == nil })
    }
    let words = Set(narrow.flatMap(\.keys).flatMap(\.words))
    let name = table.name
    for key in table.uniqueConstraints where key.columns.count == 1 && words.contains(key.columns[0]) {
      narrowlyUnique.insert("\(name).\(key.columns[0])")
    }
    table.uniqueConstraints.removeAll { narrowlyUnique.contains("\(name).\($0.columns.joined())") }
  }

  private mutating func settleUniqueColumns(_ table: inout Table, _ live: inout Table) {
    guard diagram.marks.contains(.unique) else {
      table.uniqueConstraints = live.uniqueConstraints
      return
    }
    // A column that is the primary key by itself is unique without the mark.
    let primary = live.primaryKey?.columns ?? []
    table.uniqueConstraints.removeAll { $0.columns == primary }
    let marked = Set(table.uniqueConstraints.flatMap(\.columns))
    for key in live.uniqueConstraints {
      if let position = table.uniqueConstraints.firstIndex(where: { $0.columns == key.columns }) {
        table.uniqueConstraints[position] = key
      } else if key.columns.count > 1 {
        // A key of several columns cannot be drawn; where all of them carry the mark, they stand for it.
        if marked.isSuperset(of: key.columns) {
          let singles = Set(live.uniqueConstraints.filter { $0.columns.count == 1 }.flatMap(\.columns))
          table.uniqueConstraints.removeAll {
            $0.columns.count == 1 && key.columns.contains($0.columns[0]) && !singles.contains($0.columns[0])
          }
        }
        table.uniqueConstraints.append(key)
      }
    }
    let held = Set(live.uniqueConstraints.map(\.name))
    let settled = table.uniqueConstraints.filter { held.contains($0.name) }
    table.uniqueConstraints.removeAll { held.contains($0.name) }
    settleNarrowUniqueness(&table)
    table.uniqueConstraints += settled
    table.uniqueConstraints.sort { $0.name < $1.name }
  }
}

extension IndexKey {
  /// The words in it that may be columns.
  fileprivate var words: [String] {
    switch subject {
    case .column(let name): [name]
    case .expression(let text):
      text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }.map(String.init)
    }
  }
}
