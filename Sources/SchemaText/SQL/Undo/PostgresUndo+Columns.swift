import SchemaModel

extension PostgresUndo {
  /// What makes the columns of a table those of another.
  mutating func change(columnsOf table: Table, into other: Table) {
    guard table.columns != other.columns else { return }
    for column in table.columns {
      let place = column.reference(in: table.name)
      guard let new = other.column(named: column.name) else {
        if !isParents(column.name, of: table) { dropped.insert(place) }
        continue
      }
      counterparts[place] = place
      if new.needsRemaking(from: column), !isParents(column.name, of: table) {
        dropped.insert(place)
        created.insert(place)
      } else if column != new {
        var along = column
        // It is made anew with its parent's.
        if new.needsRemaking(from: column) { along.value = new.value }
        change(along, into: new, of: table, other)
      }
    }
    for column in other.columns where table.column(named: column.name) == nil {
      let place = column.reference(in: table.name)
      if !isParents(column.name, of: other) { created.insert(place) }
    }
  }

  /// Columns that are not where they should be when everything is done.
  mutating func tellColumnsOutOfOrder() {
    for table in found.tables {
      guard let other = expectedTables[table.name],
        table.columns.map(\.name) != other.columns.map(\.name) || hasRemade(other),
        !dropped.contains(table.reference)
      else { continue }
      let names = other.columns.map(\.name)
      let kept = table.columns.map(\.name).filter { name in
        names.contains(name) && !dropped.contains(ObjectReference(kind: .column, table.name, member: name))
      }
      if kept + names.filter({ !kept.contains($0) }) != names {
        notUndoable.append(
          NotUndoable(
            object: other.reference, fact: "column order",
            reason: "PostgreSQL adds a column at the end and moves none"))
      }
    }
  }

  private func hasRemade(_ table: Table) -> Bool {
    table.columns.contains { dropped.contains($0.reference(in: table.name)) }
  }

  /// Whether the column comes and goes with that of a table it is a partition or child of.
  private func isParents(_ column: String, of table: Table) -> Bool {
    isPartitionThroughout(table.name) || table.column(named: column)?.isInherited == true
  }

  /// Whether the table is a partition all along: one that comes or goes stands by itself while its columns change.
  func isPartitionThroughout(_ table: ObjectName) -> Bool {
    foundTables[table]?.partition != nil && expectedTables[table]?.partition != nil
  }

  /// The statements that add a column, with all that is said of it.
  func additions(of column: Column, to table: Table) -> [Piece] {
    let dialect = SQLDialect.postgreSQL
    let place = column.reference(in: table.name)
    var alone = table
    alone.columns = [column]
    let definition = ColumnSQL.definition(column, nameWidth: 0, in: dialect)
    let add = "ALTER \(table.target(in: nil).noun) ADD COLUMN \(definition)"
    var comments = alone
    comments.comment = nil
    let rest =
      TableSettingsSQL.columns(alone) + CommentSQL.paragraph(of: comments, constraints: [])
      + TableSettingsSQL.sequences(alone)
      + RightsSQL.columns([(column.name, column.privileges)], of: table.name)
    return ([add] + rest).map { Piece(sql: $0.withoutSemicolon, subject: place) }
  }

  private mutating func change(_ column: Column, into new: Column, of table: Table, _ other: Table) {
    let dialect = SQLDialect.postgreSQL
    let place = new.reference(in: other.name)
    let name = dialect.identifier(column.name)
    let noun = other.target(in: nil).noun
    let alter = "ALTER \(noun) ALTER COLUMN \(name)"
    let only = noun.replacing("TABLE ", with: "TABLE ONLY ", maxReplacements: 1)
    let alterOnly = "ALTER \(only) ALTER COLUMN \(name)"
    var actions: [String] = []
    var column = column
    if column.value.isIdentity, !new.value.isIdentity {
      // Before a sequence is made that may be called as the identity's own.
      drops[table.reference, default: []].append(Piece(sql: "\(alter) DROP IDENTITY", subject: place))
      column.value = .none
    }
    let isMoved = column.type != new.type || column.collation != new.collation
    if isMoved, isInPartitionKey(column.name, of: table) {
      notUndoable.append(
        NotUndoable(
          object: place, fact: column.type != new.type ? "type" : "collation",
          reason: "a column of a partition key cannot change its type"))
    } else if isMoved, !isParents(column.name, of: table) {
      move(column, into: new, of: other)
    } else if column.value != new.value {
      actions += valueActions(from: column.value, to: new.value).map {
        $0.isRecursive ? "\(alter) \($0.action)" : "\(alterOnly) \($0.action)"
      }
    }
    if column.isNotNull != new.isNotNull {
      let place = other.partitionKey == nil ? alterOnly : alter
      actions.append(new.isNotNull ? "\(alter) SET NOT NULL" : "\(place) DROP NOT NULL")
    }
    if column.storage != new.storage {
      actions.append("\(alterOnly) SET STORAGE \((new.storage ?? new.usualStorage).uppercased())")
    }
    if column.compression != new.compression {
      actions.append("\(alterOnly) SET COMPRESSION \(new.compression.map(dialect.identifier) ?? "default")")
    }
    if column.statisticsTarget != new.statisticsTarget {
      actions.append("\(alterOnly) SET STATISTICS \(new.statisticsTarget ?? -1)")
    }
    if SettledOptions.of(column.options) != SettledOptions.of(new.options) {
      let gone = column.options.map(OptionChange.name).filter { name in
        !new.options.contains { OptionChange.name($0) == name }
      }
      if !gone.isEmpty { actions.append("\(alterOnly) RESET (\(gone.joined(separator: ", ")))") }
      if !new.options.isEmpty { actions.append("\(alterOnly) SET (\(OptionSQL.list(new.options)))") }
    }
    if column.foreignOptions != new.foreignOptions {
      actions.append("\(alter) \(OptionChange.foreign(from: column.foreignOptions, to: new.foreignOptions))")
    }
    if column.privileges != new.privileges {
      let change = RightsChange(noun: "TABLE \(dialect.name(other.name))", everyone: [], owner: databaseOwner)
      actions += change.statements(from: column.privileges, to: new.privileges, column: column.name)
    }
    if column.comment != new.comment {
      actions.append(CommentChange.statement(on: "COLUMN \(dialect.name(other.name)).\(name)", new.comment))
    }
    actions += sequenceActions(from: column, to: new, of: other)
    actions += notNullActions(from: column, to: new, of: other)
    if column.isInherited != new.isInherited, table.parents == other.parents || new.isInherited {
      notUndoable.append(
        NotUndoable(
          object: place, fact: "inherited",
          reason: "whether a column is the table's own or its parent's is told when it is made"))
    }
    changes[place, default: []] += actions.map { Piece(sql: $0, subject: place) }
  }

  /// Whether rows are dealt out to partitions by the column, before and after, by the table or one it is a partition of.
  func isInPartitionKey(_ column: String, of table: Table) -> Bool {
    if let key = table.partitionKey, expectedTables[table.name]?.partitionKey == key,
      Mentions(in: key).contains(ObjectName(column))
    {
      return true
    }
    guard isPartitionThroughout(table.name), let parent = table.partition?.parent else { return false }
    return foundTables[parent].map { isInPartitionKey(column, of: $0) } ?? false
  }

  /// Whether a column of the table's partition key has another type and keeps it: bounds are values of that type.
  func hasFixedKey(_ table: ObjectName) -> Bool {
    guard let found = foundTables[table], let expected = expectedTables[table] else { return false }
    return found.columns.contains { column in
      expected.column(named: column.name).map { $0.type != column.type } == true
        && isInPartitionKey(column.name, of: found)
    }
  }

  /// Gives a column another type; what reads it stands aside meanwhile.
  private mutating func move(_ column: Column, into new: Column, of table: Table) {
    let dialect = SQLDialect.postgreSQL
    let place = new.reference(in: table.name)
    let alter =
      "ALTER \(table.target(in: nil).noun) ALTER COLUMN \(dialect.identifier(column.name))"
    if !movedColumns.contains(place) { movedColumns.append(place) }
    let risk = TypeChange(from: column.type, to: new.type).risk
    let alongRisk: UndoStatement.Risk = risk.isWithheld ? .follows(place) : .none
    // A default that does not fit the new type would stop it.
    if case .default = column.value {
      drops[place, default: []].append(Piece(sql: "\(alter) DROP DEFAULT", subject: place, risk: alongRisk))
    }
    var pieces = [
      Piece(
        sql: "\(alter) TYPE \(new.type)\(collation(new, after: column))"
          + (column.type == new.type || TypeChange(from: column.type, to: new.type).isImplicit
            ? "" : " USING \(dialect.identifier(column.name))::\(new.type)"),
        subject: place, risk: risk)
    ]
    if case .default(let expression) = new.value {
      pieces.append(
        Piece(
          sql: "\(alter) SET DEFAULT \(expression)", subject: place, risk: alongRisk))
    } else if case .default = column.value, new.value == .none {
    } else if column.value != new.value {
      pieces += valueActions(from: column.value.withoutDefault, to: new.value).map {
        Piece(sql: "\(alter) \($0.action)", subject: place, risk: alongRisk)
      }
    }
    changes[place, default: []] += pieces
  }

  private func collation(_ new: Column, after old: Column) -> String {
    if let collation = new.collation { return " COLLATE \(collation)" }
    return old.collation == nil || old.type != new.type ? "" : " COLLATE pg_catalog.\"default\""
  }

  private func valueActions(
    from old: ColumnValue, to new: ColumnValue
  ) -> [(action: String, isRecursive: Bool)] {
    switch (old, new) {
    case (.identity, .identity(let isAlways, let options)):
      guard case .identity(let wasAlways, let before) = old else { return [] }
      var words: [String] = []
      if isAlways != wasAlways { words.append("SET GENERATED \(isAlways ? "ALWAYS" : "BY DEFAULT")") }
      if options != before {
        words += [
          "SET INCREMENT BY \(options.increment)", "SET MINVALUE \(options.minimum)",
          "SET MAXVALUE \(options.maximum)", "SET START WITH \(options.start)", "SET CACHE \(options.cache)",
          options.cycles ? "SET CYCLE" : "SET NO CYCLE",
        ]
      }
      return [(words.joined(separator: " "), true)]
    case (_, _):
      return removal(of: old) + addition(of: new, after: old)
    }
  }

  private func removal(of value: ColumnValue) -> [(action: String, isRecursive: Bool)] {
    switch value {
    case .none: []
    case .default: [("DROP DEFAULT", false)]
    case .identity: [("DROP IDENTITY", true)]
    case .generated: [("DROP EXPRESSION", true)]
    }
  }

  private func addition(
    of value: ColumnValue, after old: ColumnValue
  ) -> [(action: String, isRecursive: Bool)] {
    switch value {
    case .none, .generated: return []
    case .default(let expression): return [("SET DEFAULT \(expression)", false)]
    case .identity(let isAlways, let options):
      let clauses = SequenceSQL.unusual(options)
      let list = clauses.isEmpty ? "" : " (\(clauses.joined(separator: " ")))"
      return [("ADD GENERATED \(isAlways ? "ALWAYS" : "BY DEFAULT") AS IDENTITY\(list)", true)]
    }
  }

  /// What is said of an identity's sequence.
  private func sequenceActions(from old: Column, to new: Column, of table: Table) -> [String] {
    guard new.value.isIdentity, old.value.isIdentity, old.sequence != new.sequence else {
      return []
    }
    let dialect = SQLDialect.postgreSQL
    let before = dialect.name(TableSettingsSQL.name(ofSequenceOf: old, in: table))
    let name = TableSettingsSQL.name(ofSequenceOf: new, in: table)
    var statements: [String] = []
    if old.sequence.name != new.sequence.name {
      statements.append("ALTER SEQUENCE \(before) RENAME TO \(dialect.identifier(name.name))")
    }
    let noun = "SEQUENCE \(dialect.name(name))"
    if old.sequence.isUnlogged != new.sequence.isUnlogged {
      let isUnlogged = new.sequence.isUnlogged ?? table.isUnlogged
      statements.append("ALTER \(noun) SET \(isUnlogged ? "UNLOGGED" : "LOGGED")")
    }
    if old.sequence.comment != new.sequence.comment {
      statements.append(CommentChange.statement(on: noun, new.sequence.comment))
    }
    let owner = table.rights.owner.map(dialect.role) ?? databaseOwner
    let change = RightsChange(noun: noun, everyone: [], owner: owner)
    return statements + change.statements(from: old.sequence.privileges, to: new.sequence.privileges)
  }

  /// What PostgreSQL 18 says of a NOT NULL.
  private func notNullActions(from old: Column, to new: Column, of table: Table) -> [String] {
    guard old.isNotNull, new.isNotNull, old.notNull != new.notNull else { return [] }
    let dialect = SQLDialect.postgreSQL
    func constraint(_ column: Column) -> String {
      dialect.identifier(ConstraintSQL.nameOfNotNull(column, of: table))
    }
    let place = "ALTER TABLE \(dialect.name(table.name))"
    var statements: [String] = []
    if constraint(old) != constraint(new) {
      statements.append("\(place) RENAME CONSTRAINT \(constraint(old)) TO \(constraint(new))")
    }
    if new.notNull.isNotInherited != old.notNull.isNotInherited {
      statements.append(
        "\(place) ALTER CONSTRAINT \(constraint(new)) \(new.notNull.isNotInherited ? "NO INHERIT" : "INHERIT")"
      )
    }
    switch (old.notNull.isValidated, new.notNull.isValidated) {
    case (false, true): statements.append("\(place) VALIDATE CONSTRAINT \(constraint(new))")
    case (true, false):
      statements += ["\(place) DROP CONSTRAINT \(constraint(new))", ConstraintSQL.addNotNull(new, to: table)]
    case (true, true), (false, false): break
    }
    if old.notNull.comment != new.notNull.comment {
      statements.append(
        CommentChange.statement(
          on: "CONSTRAINT \(constraint(new)) ON \(dialect.name(table.name))", new.notNull.comment))
    }
    return statements
  }
}

extension Column {
  /// Whether no statement alters the one into the other: an expression can be dropped, not set.
  fileprivate func needsRemaking(from found: Column) -> Bool {
    switch (found.value, value) {
    case (.generated(let old, let wasStored), .generated(let new, let isStored)):
      old != new || wasStored != isStored || found.type != type || found.collation != collation
    case (_, .generated): true
    case (.generated(_, isStored: false), _): true
    case (_, _): false
    }
  }

  /// How the server keeps values of its type when it is not told how.
  fileprivate var usualStorage: String {
    let name = type.prefix { $0 != "(" }
    if type.hasSuffix("[]") { return "extended" }
    switch name {
    case "numeric", "inet", "cidr": return "main"
    case "smallint", "integer", "bigint", "real", "double precision", "boolean", "date", "uuid", "interval",
      "oid",
      "money":
      return "plain"
    case _ where name.hasPrefix("time"): return "plain"
    case _: return "extended"
    }
  }
}

extension ColumnValue {
  /// What is left when a default was dropped.
  fileprivate var withoutDefault: ColumnValue {
    if case .default = self { return .none }
    return self
  }
}
