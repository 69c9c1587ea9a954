import SchemaModel

/// Finds the foreign keys that keep the lines of a diagram, and what the lines and the keys disagree in.
///
/// A line names no columns: keys between its two tables are given to the lines by the words on them, by their
/// cardinality and by the marks FK. Keys that share columns with one that keeps a line keep it too.
struct DiagramKeys {
  private(set) var drawn: Schema
  private(set) var live: Schema
  private(set) var lines: [DrawnLine] = []
  /// With the live names.
  let diagram: Diagram
  let drawnPlaces: [ObjectName: Int]
  let livePlaces: [ObjectName: Int]
  /// The live keys that no line has been given.
  private var free: [Candidate]
  /// Columns of live keys into tables that are not drawn.
  private var keptElsewhere: Set<ColumnReference> = []

  /// A live key between the two ends of a line.
  private struct Candidate: Hashable {
    var table: ObjectName
    var key: ForeignKey
  }

  /// A line with the direction it is read in.
  struct Reading {
    var relation: DrawnRelation
    /// Whether the second entity refers to the first.
    var isSecondChild: Bool

    var child: ObjectName { isSecondChild ? relation.second : relation.first }
    var parent: ObjectName { isSecondChild ? relation.first : relation.second }
    var atParent: DrawnRelation.Cardinality { isSecondChild ? relation.atFirst : relation.atSecond }
    var atChild: DrawnRelation.Cardinality { isSecondChild ? relation.atSecond : relation.atFirst }
  }

  init(drawn: Schema, live: Schema, diagram: Diagram) {
    self.drawn = drawn
    self.live = live
    self.diagram = diagram
    drawnPlaces = Self.places(drawn)
    livePlaces = Self.places(live)
    let drawnPlaces = drawnPlaces
    free = live.tables.filter { drawnPlaces[$0.name] != nil }.flatMap { table in
      table.foreignKeys.map { Candidate(table: table.name, key: $0) }
    }
  }

  private static func places(_ schema: Schema) -> [ObjectName: Int] {
    Dictionary(
      schema.tables.indices.map { (schema.tables[$0].name, $0) }, uniquingKeysWith: { one, _ in one })
  }

  /// Gives every line its keys.
  mutating func settle() {
    let relations = diagram.relations.filter { livePlaces[$0.first] != nil && livePlaces[$0.second] != nil }
    let single = relations.filter { !($0.atFirst.isMany && $0.atSecond.isMany) }
    let pairs = pairs(of: single)
    let groups = pairs.map { pair in pair.map { ($0.0, [$0.1]) } }
    settle(single, attachingRest(to: groups))
    settleRest()
    settleMarks()
    for relation in relations where relation.atFirst.isMany && relation.atSecond.isMany {
      let line = ManyToMany.line(relation, drawn: drawn, live: live)
      if case .manyParents? = line.findings.first { cover(named: line.name, of: line.child) }
      lines.append(line)
    }
  }

  // MARK: Which key keeps which line

  /// For each line the way it is read and the key it gets; `nil` for a line that no key is left for.
  private mutating func pairs(of relations: [DrawnRelation]) -> [(Reading, Candidate)?] {
    var offers: [(score: Int, line: Int, reading: Reading, candidate: Candidate)] = []
    let byEnds = Dictionary(grouping: free) { [$0.table, $0.key.referencedTable] }
    for (line, relation) in relations.enumerated() {
      for isSecondChild in [true, false] {
        let reading = Reading(relation: relation, isSecondChild: isSecondChild)
        for candidate in byEnds[[reading.child, reading.parent], default: []] {
          offers.append((score(candidate.key, for: reading), line, reading, candidate))
        }
      }
    }
    offers.sort { left, right in
      if left.score != right.score { return left.score > right.score }
      if left.line != right.line { return left.line < right.line }
      return left.candidate.key.name < right.candidate.key.name
    }
    var pairs = [(Reading, Candidate)?](repeating: nil, count: relations.count)
    var taken: Set<Candidate> = []
    for offer in offers where pairs[offer.line] == nil && !taken.contains(offer.candidate) {
      pairs[offer.line] = (offer.reading, offer.candidate)
      taken.insert(offer.candidate)
    }
    free.removeAll { taken.contains($0) }
    return pairs
  }

  private func score(_ key: ForeignKey, for reading: Reading) -> Int {
    // A line read against its cardinality is a last resort: it is then at odds with the key.
    var score = reading.atParent.isMany ? -1000 : 0
    let label = reading.relation.label
    if label == key.columns.joined(separator: ", ") { score += 500 }
    let words = Set(DiagramNames.folded(label).split(separator: "_"))
    score +=
      50
      * Set(DiagramNames.folded(key.columns.joined(separator: "_")).split(separator: "_"))
      .subtracting(["id"]).intersection(words).count
    if isRequired(key, in: reading.child) == reading.atParent.isRequired { score += 20 }
    if isUnique(key, in: reading.child) == !reading.atChild.isMany { score += 10 }
    let isMarked = key.columns.contains {
      diagram.foreignColumns.contains(ColumnReference(table: reading.child, column: $0))
    }
    return score + (isMarked ? 5 : 0) - key.columns.count
  }

  /// Keys that share a column with one that keeps a line between the same tables keep it too.
  private mutating func attachingRest(to groups: [(Reading, [Candidate])?]) -> [(Reading, [Candidate])?] {
    var groups = groups
    var places: [[ObjectName]: [Int]] = [:]
    for (place, group) in groups.enumerated() {
      guard let (reading, _) = group else { continue }
      places[[reading.child, reading.parent], default: []].append(place)
    }
    var attached: Set<Candidate> = []
    for candidate in free {
      let shared = places[[candidate.table, candidate.key.referencedTable], default: []].first { place in
        let columns = groups[place]?.1.first?.key.columns ?? []
        return !Set(columns).isDisjoint(with: candidate.key.columns)
      }
      guard let shared else { continue }
      groups[shared]?.1.append(candidate)
      attached.insert(candidate)
    }
    free.removeAll { attached.contains($0) }
    return groups
  }

  // MARK: Lines with a key and without

  private mutating func settle(_ relations: [DrawnRelation], _ groups: [(Reading, [Candidate])?]) {
    for (relation, group) in zip(relations, groups) {
      guard let (reading, candidates) = group else {
        settleWithoutKey(relation)
        continue
      }
      let keys = candidates.map(\.key).sorted { $0.columns.count < $1.columns.count }
      guard let key = keys.first else { continue }
      var line = DrawnLine(
        relation: relation, child: reading.child, parent: reading.parent, name: key.name)
      for each in keys { cover(named: each.name, of: reading.child) }
      if !key.columns.isEmpty {
        settleParentEnd(reading, keys, &line)
        settleChildEnd(reading, keys, &line)
      }
      lines.append(line)
    }
  }

  private mutating func settleParentEnd(_ reading: Reading, _ keys: [ForeignKey], _ line: inout DrawnLine) {
    guard let key = keys.first, let place = drawnPlaces[reading.child] else { return }
    let isLiveRequired = keys.contains { isRequired($0, in: reading.child) }
    let found: DrawnRelation.Cardinality = isLiveRequired ? .exactlyOne : .zeroOrOne
    if reading.atParent.isMany {
      line.findings.append(.manyParents(columns: key.columns))
      line.differences.append(
        difference(line, DrawnLine.parentFact, reading.atParent, found, .breaksApplication))
      return
    }
    guard reading.atParent.isRequired != isLiveRequired else { return }
    line.findings.append(.parent(columns: key.columns, isDrawnRequired: reading.atParent.isRequired))
    // Where single columns decide, they tell the difference, and their rows can be counted.
    var isTold = false
    if reading.atParent.isRequired || key.columns.count == 1 {
      for index in drawn.tables[place].columns.indices {
        let column = drawn.tables[place].columns[index]
        guard key.columns.contains(column.name), column.isNotNull != reading.atParent.isRequired,
          !diagram.statedNullability.contains(ColumnReference(table: reading.child, column: column.name))
        else { continue }
        drawn.tables[place].columns[index].isNotNull = reading.atParent.isRequired
        isTold = true
      }
    }
    if !isTold {
      line.differences.append(difference(line, DrawnLine.parentFact, reading.atParent, found, .breaksRestore))
    }
  }

  private mutating func settleChildEnd(_ reading: Reading, _ keys: [ForeignKey], _ line: inout DrawnLine) {
    guard let key = keys.first, let place = drawnPlaces[reading.child],
      let livePlace = livePlaces[reading.child]
    else { return }
    let isLiveOne = keys.contains { isUnique($0, in: reading.child) }
    let isDrawnOne = !reading.atChild.isMany
    if isLiveOne {
      // The line says of these columns what a mark UK would say, so they are not told a second time.
      let columns = Set(keys.flatMap(\.columns))
      for unique in live.tables[livePlace].uniqueConstraints where columns.isSuperset(of: unique.columns) {
        let isDrawn = drawn.tables[place].uniqueConstraints.contains { $0.columns == unique.columns }
        if !isDrawn { drawn.tables[place].uniqueConstraints.append(unique) }
      }
    }
    guard isDrawnOne != isLiveOne else { return }
    line.findings.append(.children(columns: key.columns, isDrawnOne: isDrawnOne))
    guard isDrawnOne else {
      line.differences.append(
        difference(line, DrawnLine.childrenFact, reading.atChild, .zeroOrOne, .breaksApplication))
      return
    }
    let columns = key.columns.sorted()
    guard !drawn.tables[place].uniqueConstraints.contains(where: { $0.columns == columns }) else { return }
    var unique = KeyConstraint(named: "\(reading.child.name)_\(key.columns.joined(separator: "_"))_key")
    unique.isNamed = false
    unique.columns = columns
    drawn.tables[place].uniqueConstraints.append(unique)
  }

  private func difference(
    _ line: DrawnLine, _ fact: String, _ expected: DrawnRelation.Cardinality,
    _ found: DrawnRelation.Cardinality,
    _ severity: Severity
  ) -> SchemaDifference {
    SchemaDifference(
      object: line.object, change: .changed(fact: fact, expected: expected.rawValue, found: found.rawValue),
      severity: severity)
  }

  mutating func settleWithoutKey(_ relation: DrawnRelation) {
    guard let key = inferredKey(for: relation), let place = drawnPlaces[key.table] else { return }
    drawn.tables[place].foreignKeys.append(key.key)
    lines.append(
      DrawnLine(relation: relation, child: key.table, parent: key.key.referencedTable, name: key.key.name))
  }

  // MARK: What no line is drawn for

  /// Live keys that no line keeps: they are not told where the diagram cannot or does not draw such lines.
  private mutating func settleRest() {
    for candidate in free {
      guard let place = livePlaces[candidate.table] else { continue }
      let isMarked = candidate.key.columns.allSatisfy {
        diagram.foreignColumns.contains(ColumnReference(table: candidate.table, column: $0))
      }
      if drawnPlaces[candidate.key.referencedTable] == nil {
        // A line to an entity that is not drawn cannot be drawn; that the entity is missing is told.
        live.tables[place].foreignKeys.removeAll { $0.name == candidate.key.name }
        keptElsewhere.formUnion(
          candidate.key.columns.map { ColumnReference(table: candidate.table, column: $0) })
      } else if isMarked || (diagram.relations.isEmpty && !diagram.marks.contains(.foreignKey)) {
        cover(named: candidate.key.name, of: candidate.table)
      }
    }
  }

  /// Columns that carry the mark FK and belong to no key, live or drawn.
  private mutating func settleMarks() {
    for column in diagram.foreignColumns.sorted(by: { ($0.table, $0.column) < ($1.table, $1.column) }) {
      guard let place = drawnPlaces[column.table], let livePlace = livePlaces[column.table],
        live.tables[livePlace].column(named: column.column) != nil, !keptElsewhere.contains(column)
      else { continue }
      let keys = live.tables[livePlace].foreignKeys + drawn.tables[place].foreignKeys
      guard !keys.contains(where: { $0.columns.contains(column.column) }) else { continue }
      var key = ForeignKey(named: "\(column.table.name)_\(column.column)_fkey")
      key.isNamed = false
      key.columns = [column.column]
      let parents = drawn.tables.map(\.name).filter { parent in
        DrawnKeyNames.names(for: parent, key: "id").contains(DrawnKeyNames.squeezed(column.column))
      }
      if parents.count == 1, let referenced = primaryKey(of: parents[0]), referenced.count == 1 {
        key.referencedTable = parents[0]
        key.referencedColumns = referenced
      }
      drawn.tables[place].foreignKeys.append(key)
    }
  }

  /// Makes the drawing agree with a live key, but for the promise that its rows were checked.
  private mutating func cover(named name: String, of table: ObjectName) {
    guard let place = drawnPlaces[table], let livePlace = livePlaces[table],
      var key = live.tables[livePlace].foreignKeys.first(where: { $0.name == name }),
      !drawn.tables[place].foreignKeys.contains(where: { $0.name == name })
    else { return }
    key.isValidated = true
    drawn.tables[place].foreignKeys.append(key)
  }

  private func isRequired(_ key: ForeignKey, in table: ObjectName) -> Bool {
    guard let place = livePlaces[table] else { return false }
    let required = key.columns.map { live.tables[place].column(named: $0)?.isNotNull ?? false }
    switch key.match {
    case .simple, .partial: return required.allSatisfy(\.self)
    case .full: return required.contains(true)
    }
  }

  private func isUnique(_ key: ForeignKey, in table: ObjectName) -> Bool {
    guard let place = livePlaces[table] else { return false }
    return live.tables[place].uniqueColumnSets.contains { $0.isSubset(of: key.columns) }
  }
}

extension DrawnRelation.Cardinality {
  /// Whether at least one row has to stand at the end.
  var isRequired: Bool { self == .exactlyOne || self == .oneOrMore }
}
