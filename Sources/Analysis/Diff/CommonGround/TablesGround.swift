import SchemaModel

/// What a DBML text and a schema can both say.
///
/// The live schema loses what DBML cannot say; what the text says in other words is brought to the live schema's.
struct TablesGround {
  private(set) var drawn: Schema
  private(set) var live: Schema
  private(set) var lines: [DrawnLine] = []
  private let source: Schema
  private let other: Schema
  private var partialIndexCount = 0
  /// Whether the text has any note: without one it says nothing of comments.
  private let statesComments: Bool

  init(_ source: Schema, _ relations: [DrawnRelation], against other: Schema) {
    self.source = source
    self.other = other
    drawn = Schema(engine: source.engine, serverVersion: source.serverVersion)
    drawn.notCompared = source.notCompared
    live = Schema(engine: other.engine, serverVersion: other.serverVersion)
    statesComments =
      source.enums.contains { $0.comment != nil }
      || source.tables.contains { table in
        table.comment != nil || table.columns.contains { $0.comment != nil }
          || table.indexes.contains { $0.comment != nil }
      }
    drawn.enums = source.enums.map { reduced($0) }
    live.enums = other.enums.map { reduced($0) }
    let types = LooseType(in: other)
    let names = Set(source.tables.map { home($0.name) })
    let tables = other.tables.filter { $0.partition == nil || names.contains(home($0.name)) }
    let inLive = Dictionary(tables.map { (home($0.name), $0) }, uniquingKeysWith: { one, _ in one })
    live.tables = tables.map { reduced($0, isDrawn: false) }
    let positions = Dictionary(
      live.tables.indices.map { (live.tables[$0].name, $0) }, uniquingKeysWith: { one, _ in one })
    for table in source.tables {
      var reduced = reduced(table, isDrawn: true)
      if let position = positions[reduced.name], let original = inLive[reduced.name] {
        reduced.align(with: live.tables[position], of: original, types)
        live.tables[position].settlePartialIndexes(of: original, drawn: reduced)
      }
      drawn.tables.append(reduced)
    }
    for position in live.tables.indices {
      let all = live.tables[position].indexes.count
      live.tables[position].indexes.removeAll { $0.predicate != nil }
      partialIndexCount += all - live.tables[position].indexes.count
    }
    let homed = relations.map { relation in
      DrawnRelation(
        home(relation.first), relation.atFirst, relation.atSecond, home(relation.second),
        label: relation.label,
        line: relation.line)
    }
    lines = homed.filter { inLive[$0.first] != nil && inLive[$0.second] != nil }.map { relation in
      ManyToMany.line(relation, drawn: drawn, live: live)
    }
  }

  /// What was compared, in sentences' words.
  var scope: [String] {
    var scope = [
      "compared: tables, columns with their types, NOT NULL and defaults, keys, relations, checks, indexes, enums"
        + (statesComments ? " and notes" : "") + "; DBML says no more"
    ]
    if let beyond = BeyondSource.words(other, also: [(partialIndexCount, "partial indexes")]) {
      scope.append("DBML cannot say, and was not compared: \(beyond)")
    }
    return scope
  }

  /// The name with the schema in which names without one live, if the other side has schemas.
  private func home(_ name: ObjectName) -> ObjectName {
    switch other.engine {
    case .postgreSQL: ObjectName(schema: name.schema ?? "public", name.name)
    case .sqlite: ObjectName(name.name)
    }
  }

  private func reduced(_ type: EnumType) -> EnumType {
    var reduced = EnumType(named: home(type.name))
    reduced.labels = type.labels
    return reduced
  }

  private func reduced(_ table: Table, isDrawn: Bool) -> Table {
    var reduced = Table(named: home(table.name))
    reduced.comment = statesComments ? table.comment : nil
    let primary = Set(table.primaryKey?.columns ?? [])
    reduced.columns = table.columns.map { column in
      var reduced = Column(named: column.name)
      reduced.type = column.type
      reduced.isNotNull = column.isNotNull || primary.contains(column.name)
      reduced.comment = statesComments ? column.comment : nil
      reduced.value = value(of: column)
      return reduced
    }
    // The order of a key whose columns are marked one by one is not stated.
    reduced.primaryKey = table.primaryKey.map { key in
      var reduced = self.reduced(key)
      reduced.columns.sort()
      return reduced
    }
    reduced.foreignKeys = table.foreignKeys.map { key in
      var reduced = ForeignKey(named: key.name)
      reduced.isNamed = key.isNamed
      let pairs = zip(key.columns, key.referencedColumns).sorted { $0 < $1 }
      reduced.columns = pairs.map(\.0)
      reduced.referencedTable = home(key.referencedTable)
      reduced.referencedColumns = pairs.map(\.1)
      reduced.onDelete = key.onDelete
      reduced.onUpdate = key.onUpdate
      reduced.isValidated = key.isValidated
      return reduced
    }
    reduced.checks = table.checks.map { check in
      var reduced = CheckConstraint(named: check.name)
      reduced.isNamed = check.isNamed
      reduced.expression = check.expression
      reduced.isValidated = check.isValidated
      return reduced
    }
    // A unique index over columns and a unique constraint refuse the same rows, and DBML writes either for both.
    let asKeys = table.indexes.filter { index in
      index.isUnique && index.isValid && index.predicate == nil && index.keys.allSatisfy { $0.column != nil }
    }
    reduced.uniqueConstraints =
      table.uniqueConstraints.map(self.reduced)
      + asKeys.map { index in
        var key = KeyConstraint(named: index.name)
        key.columns = index.keys.compactMap(\.column)
        key.isNamed = !isDrawn || index.name != index.inventedName(of: table.name.name)
        return key
      }
    reduced.indexes = table.indexes.filter { !asKeys.contains($0) }.map { index in
      var reduced = TableIndex(named: index.name)
      reduced.method = index.method
      reduced.keys = index.keys.map { IndexKey($0.subject) }
      reduced.isUnique = index.isUnique && index.predicate == nil
      reduced.predicate = index.predicate
      reduced.isValid = index.isValid
      reduced.comment = statesComments ? index.comment : nil
      return reduced
    }
    return reduced
  }

  private func reduced(_ key: KeyConstraint) -> KeyConstraint {
    var reduced = KeyConstraint(named: key.name)
    reduced.isPrimary = key.isPrimary
    reduced.isNamed = key.isNamed
    reduced.columns = key.columns
    return reduced
  }

  /// A column that counts by itself does so in one word; what is generated cannot be said.
  private func value(of column: Column) -> ColumnValue {
    switch column.value {
    case .none, .generated: return .none
    case .identity:
      // SQLite's integer key counts without a word.
      return other.engine == .sqlite ? .none : .default(Self.counting)
    case .default(let expression):
      return expression.lowercased().hasPrefix("nextval(") ? .default(Self.counting) : .default(expression)
    }
  }

  private static let counting = "increment"
}

extension Table {
  /// Takes the live table's words for what is the same, so that only real differences are left.
  fileprivate mutating func align(with live: Table, of original: Table, _ types: LooseType) {
    let inLive = Dictionary(live.columns.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    for position in columns.indices {
      guard let counterpart = inLive[columns[position].name] else { continue }
      let (drawnType, liveType) = (columns[position].type, counterpart.type)
      let isSame =
        Self.form(ofType: drawnType) == Self.form(ofType: liveType)
        || types.isInformal(drawnType) && types.agreement(drawn: drawnType, live: liveType) == .agrees
      if isSame { columns[position].type = liveType }
      if case .default(let drawn) = columns[position].value, case .default(let live) = counterpart.value,
        LooseExpression.form(of: drawn) == LooseExpression.form(of: live)
      {
        columns[position].value = counterpart.value
      }
      if original.column(named: counterpart.name)?.value.isGenerated == true {
        columns[position].value = .none
      }
    }
    if let key = live.primaryKey, primaryKey?.isNamed == false {
      primaryKey?.name = key.name
      primaryKey?.isNamed = key.isNamed
    }
    uniqueConstraints = uniqueConstraints.adoptingNames(of: live.uniqueConstraints, isNamed: \.isNamed) {
      $0.columns == $1.columns
    }
    foreignKeys = foreignKeys.adoptingNames(of: live.foreignKeys, isNamed: \.isNamed) {
      $0.columns == $1.columns && $0.referencedTable == $1.referencedTable
        && $0.referencedColumns == $1.referencedColumns
    }
    checks = checks.adoptingNames(of: live.checks, isNamed: \.isNamed) {
      LooseExpression.form(of: $0.expression) == LooseExpression.form(of: $1.expression)
    }
    for position in checks.indices {
      guard let counterpart = live.checks.first(where: { $0.name == checks[position].name }) else { continue }
      checks[position].isNamed = counterpart.isNamed
      if LooseExpression.form(of: checks[position].expression)
        == LooseExpression.form(of: counterpart.expression)
      {
        checks[position].expression = counterpart.expression
      }
    }
    for position in uniqueConstraints.indices {
      let counterpart = live.uniqueConstraints.first { $0.name == uniqueConstraints[position].name }
      uniqueConstraints[position].isNamed = counterpart?.isNamed ?? uniqueConstraints[position].isNamed
    }
    for position in foreignKeys.indices {
      let counterpart = live.foreignKeys.first { $0.name == foreignKeys[position].name }
      foreignKeys[position].isNamed = counterpart?.isNamed ?? foreignKeys[position].isNamed
    }
    let table = name.name
    indexes = indexes.adoptingNames(of: live.indexes, isNamed: { $0.name != $0.inventedName(of: table) }) {
      $0.hasKeys(of: $1)
    }
    for position in indexes.indices {
      guard let counterpart = live.indexes.first(where: { $0.name == indexes[position].name }),
        indexes[position].hasKeys(of: counterpart)
      else { continue }
      indexes[position].keys = counterpart.keys
    }
  }

  /// A partial index is only told apart by what DBML cannot say: it stands for a plain index over its keys.
  fileprivate mutating func settlePartialIndexes(of original: Table, drawn: Table) {
    for position in indexes.indices where indexes[position].predicate != nil {
      let index = indexes[position]
      let isDrawn = drawn.indexes.contains { $0.name == index.name && !$0.isUnique && $0.hasKeys(of: index) }
      if isDrawn { indexes[position].predicate = nil }
    }
  }

  private static func form(ofType type: String) -> String {
    LooseType.folded(TypeSpelling.canonical(type))
  }
}

extension TableIndex {
  /// Whether both are over the same columns and expressions, in the same order.
  fileprivate func hasKeys(of other: TableIndex) -> Bool {
    keys.count == other.keys.count
      && zip(keys, other.keys).allSatisfy { one, other in
        switch (one.subject, other.subject) {
        case (.column(let name), .column(let other)): name == other
        case (.expression(let text), .expression(let other)):
          LooseExpression.form(of: text) == LooseExpression.form(of: other)
        case (.column, .expression), (.expression, .column): false
        }
      }
  }
}

extension Array where Element: SchemaObject, Element.Name == String {
  /// The rules, those without a name of their own called as their live counterpart is.
  fileprivate func adoptingNames(
    of live: [Element], isNamed: (Element) -> Bool, isSame: (Element, Element) -> Bool
  ) -> [Element] {
    var taken = Set(filter(isNamed).map(\.name))
    return map { rule in
      guard !isNamed(rule),
        let counterpart = live.first(where: { !taken.contains($0.name) && isSame(rule, $0) })
      else { return rule }
      taken.insert(counterpart.name)
      var rule = rule
      rule.name = counterpart.name
      return rule
    }
  }
}
