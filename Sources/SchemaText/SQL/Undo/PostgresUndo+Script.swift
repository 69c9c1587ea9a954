import SchemaModel

extension PostgresUndo {
  /// Everything in the order in which it runs.
  func statements() -> [UndoStatement] {
    var script = ScriptOrder(undo: self)
    script.takeAway()
    script.make()
    return before.map { $0.statement(in: .before) } + openings.map { $0.statement(in: .inTransaction) }
      + script.statements + script.after
  }
}

extension PostgresUndo.Piece {
  fileprivate func statement(in section: UndoStatement.Section) -> UndoStatement {
    UndoStatement(sql: sql.hasSuffix(";") ? sql : sql + ";", subject: subject, section: section, risk: risk)
  }
}

/// Goes through both databases in the order in which they could be made, and writes down what is to be done.
private struct ScriptOrder {
  typealias Piece = PostgresUndo.Piece

  let undo: PostgresUndo
  private(set) var statements: [UndoStatement] = []
  private(set) var after: [UndoStatement]
  /// Sequences that a column owns, by its table.
  private let ownedSequences: [ObjectName: [SequenceGenerator]]
  private let expectedSequences: [ObjectName: SequenceGenerator]
  /// What of a table is made, by the table.
  private let remade: [ObjectName: Set<String>]
  /// The same without columns.
  private let remadeWholes: [ObjectName: Set<String>]
  private let foundOrder: PartitionOrder
  private let expectedOrder: PartitionOrder
  /// Columns and checks, which stand in `CREATE TABLE`, by table.
  private let droppedMembers: [ObjectName: [ObjectReference]]
  private let lateTables: LateInheritance
  private let createdMembers: [ObjectName: [ObjectReference]]
  private var done: Set<ObjectReference> = []
  private var removed: Set<ObjectReference> = []
  /// The functions that go along with the type they make, each by its names.
  private let functionsOfTypes: Set<ObjectName>

  init(undo: PostgresUndo) {
    self.undo = undo
    after = undo.after.map { $0.statement(in: .after) }
    ownedSequences = Dictionary(grouping: undo.found.sequences.filter { $0.ownedBy != nil }) {
      $0.ownedBy?.table ?? $0.name
    }
    expectedSequences = Dictionary(
      undo.expected.sequences.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func members(_ places: some Sequence<ObjectReference>) -> [ObjectName: Set<String>] {
      Dictionary(grouping: places, by: \.owner).mapValues { Set($0.compactMap(\.member)) }
    }
    remade = members(undo.created)
    remadeWholes = members(undo.created.lazy.filter { $0.kind != .column })
    foundOrder = PartitionOrder(undo.found.tables)
    expectedOrder = PartitionOrder(undo.expected.tables)
    lateTables = LateInheritance(undo.expected.tables)
    functionsOfTypes = Self.functionsOfTypes(in: undo)
    func inside(_ places: [ObjectReference]) -> [ObjectName: [ObjectReference]] {
      Dictionary(grouping: places.filter { $0.kind == .column || $0.kind == .checkConstraint }, by: \.owner)
    }
    droppedMembers = inside(Array(undo.dropped) + undo.drops.keys)
    createdMembers = inside(Array(undo.created) + undo.changes.keys)
  }

  private mutating func append(
    _ sql: String, _ subject: ObjectReference, _ risk: UndoStatement.Risk = .none
  ) {
    statements.append(Piece(sql: sql, subject: subject, risk: risk).statement(in: .inTransaction))
  }

  private mutating func append(_ pieces: [Piece]?) {
    for piece in pieces ?? [] { append(piece.sql, piece.subject, undo.risk(of: piece)) }
  }

  /// Takes away what is too many, from the last that was made to the first.
  mutating func takeAway() {
    let steps = PostgresSchemaSQL(undo.found).steps.compactMap(\.subject)
    var first: [ObjectReference: Int] = [:]
    for (number, place) in steps.enumerated().reversed() { first[place] = number }
    for (number, place) in steps.enumerated().reversed() {
      // A step that comes back to an object only adds to it; but a type is announced before it is made.
      let isMade = place.kind == .scalarType || place.kind == .rangeType || first[place] == number
      if isMade, removed.insert(place).inserted { takeAway(place) }
    }
    done = []
  }

  private mutating func takeAway(_ place: ObjectReference) {
    if undo.isOwnerDropped(place) {
      if place.kind == .foreignKey { takeAwayBetweenDropped(place) }
      return
    }
    guard place.kind == .table else {
      guard done.insert(place).inserted else { return }
      append(undo.drops[place])
      if undo.dropped.contains(place), place.kind != .column { remove(place) }
      return
    }
    if undo.dropped.contains(place) {
      release(sequencesOf: place.owner, column: nil)
      remove(place)
      return
    }
    append(undo.drops[place])
    let members = Set(droppedMembers[place.owner] ?? []).sorted()
    for member in members where member.kind == .checkConstraint && undo.dropped.contains(member) {
      remove(member)
    }
    for member in members where member.kind == .column && done.insert(member).inserted {
      append(undo.drops[member])
    }
    for member in members where member.kind == .column && undo.dropped.contains(member) {
      release(sequencesOf: place.owner, column: member.member)
      let dialect = SQLDialect.postgreSQL
      let noun = undo.foundTables[place.owner]?.target(in: nil).noun ?? ""
      append(
        "ALTER \(noun) DROP COLUMN \(dialect.identifier(member.member ?? ""))", member,
        undo.risks[member] ?? .none)
    }
  }

  private mutating func remove(_ place: ObjectReference) {
    // A type that needs its own functions takes them along.
    if place.kind == .function, functionsOfTypes.contains(place.owner) { return }
    for sql in undo.removals[place] ?? [] { append(sql, place, undo.risks[place] ?? .none) }
  }

  /// Functions that a dropped type needs, and that need the type.
  private static func functionsOfTypes(in undo: PostgresUndo) -> Set<ObjectName> {
    let types =
      undo.found.scalarTypes.map { ($0.reference, ScalarTypeSQL.paragraphs($0)) }
      + undo.found.rangeTypes.filter { $0.canonicalFunction != nil }.map {
        ($0.reference, RangeTypeSQL.paragraphs($0))
      }
    var names: Set<ObjectName> = []
    for (place, texts) in types where undo.dropped.contains(place) {
      let needed = Mentions(in: texts.first ?? "")
      for routine in undo.found.routines {
        guard let name = routine.reference.spokenNames.first, needed.contains(name) else { continue }
        let types = (routine.arguments.map(\.type) + [routine.result ?? ""]).joined(separator: "; ")
        if Mentions(in: types).contains(place.owner) { names.insert(routine.name) }
      }
    }
    return names
  }

  /// Tables that refer to one another cannot go one after the other.
  private mutating func takeAwayBetweenDropped(_ place: ObjectReference) {
    let table = ObjectReference(kind: .table, place.owner)
    guard let name = place.member,
      let key = undo.foundTables[place.owner]?.foreignKeys.first(where: { $0.name == name }),
      key.referencedTable != place.owner
    else { return }
    append(
      key.removal("", in: place.owner).joined(), place, undo.risks[table] ?? .none)
  }

  /// A sequence that is to stay must not go with the column that owns it.
  private mutating func release(sequencesOf table: ObjectName, column: String?) {
    let owner = ObjectReference(kind: column == nil ? .table : .column, table, member: column)
    for sequence in ownedSequences[table] ?? [] {
      guard column == nil || sequence.ownedBy?.column == column,
        !undo.dropped.contains(sequence.reference)
      else { continue }
      append(
        "ALTER \(sequence.target(in: nil).noun) OWNED BY NONE", sequence.reference,
        undo.risks[owner].map { _ in .follows(owner) } ?? .none)
    }
  }

  /// Makes what is missing and alters what differs, in the order of schema.sql.
  mutating func make() {
    for place in undo.changes.keys.filter({ $0.kind == .role }).sorted() { alter(place) }
    changePersistence()
    let steps = PostgresSchemaSQL(undo.expected).steps
    var last: [ObjectReference: Int] = [:]
    for (number, step) in steps.enumerated() { if let place = step.subject { last[place] = number } }
    let apart = Set(steps.compactMap(\.subject).filter { $0.kind == .column || $0.kind == .checkConstraint })
    for (number, step) in steps.enumerated() {
      guard let place = step.subject else { continue }
      make(place, step.texts)
      if place.kind == .table, !undo.created.contains(place), done.insert(place).inserted {
        append(undo.changes[place])
        for member in Set(createdMembers[place.owner] ?? []).subtracting(apart).sorted(by: inOrder) {
          makeInside(member)
        }
        append(undo.closings[place])
        if let piece = undo.typings[place] {
          let column = undo.withheldColumn(of: place.owner)
          append(piece.sql, place, column.map { .follows($0) } ?? undo.risk(of: piece))
        }
      } else if place.kind != .table {
        alter(place)
      }
      if last[place] == number {
        if place.kind != .table { append(undo.closings[place]) }
        finish(place)
      }
    }
    for place in undo.changes.keys.sorted() where place.kind == .database { alter(place) }
  }

  /// No logged table may refer to one that is not: parents are logged before their children, and unlogged after them.
  private mutating func changePersistence() {
    let tables = undo.expected.tables.filter { table in
      undo.foundTables[table.name].map { $0.isUnlogged != table.isUnlogged } == true
        && !undo.created.contains(table.reference)
    }
    let parentsFirst = DependencyOrder.sorted(tables, name: \.name) { $0.foreignKeys.map(\.referencedTable) }
    let order = parentsFirst.reversed().filter(\.isUnlogged) + parentsFirst.filter { !$0.isUnlogged }
    for table in order {
      append(
        "ALTER \(table.target(in: nil).noun) SET \(table.isUnlogged ? "UNLOGGED" : "LOGGED")", table.reference
      )
    }
  }

  /// Columns before checks, in the order of the table.
  private func inOrder(_ left: ObjectReference, _ right: ObjectReference) -> Bool {
    guard left.kind == .column, right.kind == .column, let table = undo.expectedTables[left.owner] else {
      return left.kind.rank < right.kind.rank || left.kind == right.kind && left < right
    }
    let names = table.columns.map(\.name)
    return (names.firstIndex(of: left.member ?? "") ?? 0) < (names.firstIndex(of: right.member ?? "") ?? 0)
  }

  private mutating func make(_ place: ObjectReference, _ texts: [String]) {
    let isOwnerCreated = undo.isOwnerCreated(place)
    if isOwnerCreated, let table = undo.expectedTables[place.owner], !PartitionOrder.isInTree(table),
      !lateTables.isLate(table.name),
      place.kind == .primaryKey || place.kind == .uniqueConstraint
    {
      return
    }
    if isOwnerCreated {
      let owner = [.table, .view, .materializedView].map { ObjectReference(kind: $0, place.owner) }.first(
        where: undo.created.contains)
      for text in texts { append(text, place, owner.flatMap { undo.createdRisks[$0] } ?? .none) }
    } else if place.kind == .column || place.kind == .checkConstraint {
      makeInside(place)
    } else if undo.created.contains(place) {
      if place.kind == .foreignKey {
        makeForeignKey(place, texts)
      } else {
        for text in texts { append(text, place, undo.createdRisks[place] ?? .none) }
      }
    } else if place.kind == .sequence {
      makeOwnership(of: place, texts)
    }
  }

  /// The column that a sequence belonged to may have been made anew.
  private mutating func makeOwnership(of place: ObjectReference, _ texts: [String]) {
    guard let sequence = expectedSequences[place.owner],
      let owner = sequence.ownedBy, texts == SequenceSQL.ownership(sequence)
    else { return }
    let table = ObjectReference(kind: .table, owner.table)
    let column = ObjectReference(kind: .column, owner.table, member: owner.column)
    guard let made = [table, column].first(where: undo.created.contains) else { return }
    for text in texts { append(text, place, undo.createdRisks[made] ?? .none) }
  }

  /// A foreign key of a table that is there already: its rows are checked when no lock is held any more.
  private mutating func makeForeignKey(_ place: ObjectReference, _ texts: [String]) {
    let risk = undo.createdRisks[place] ?? .none
    guard let table = undo.expectedTables[place.owner], table.partitionKey == nil,
      var key = table.foreignKeys.first(where: { $0.name == place.member }), key.isValidated, key.isEnforced
    else {
      for text in texts { append(text, place, risk) }
      return
    }
    key.isValidated = false
    append(ConstraintSQL.add(key, to: table), place, risk)
    for text in texts.dropFirst() { append(text, place, risk) }
    after.append(
      Piece(sql: ValidationSQL.statement(key.name, of: table.name), subject: place, risk: risk).statement(
        in: .after))
  }

  /// Likewise a check.
  private mutating func makeCheck(_ check: CheckConstraint, of table: Table, _ place: ObjectReference) {
    let risk = undo.createdRisks[place] ?? .none
    // A partition must meet its table's checks when it is attached.
    let isAttached = table.partition != nil && undo.foundTables[table.name]?.partition != table.partition
    let isLate = check.isValidated && check.isEnforced && !isAttached
    var added = check
    added.isValidated = !isLate && check.isValidated
    append(ConstraintSQL.add(added, to: table), place, risk)
    for text in CommentSQL.onConstraint(check.name, of: table.name, check.comment) {
      append(text, place, risk)
    }
    if isLate {
      after.append(
        Piece(sql: ValidationSQL.statement(check.name, of: table.name), subject: place, risk: risk)
          .statement(in: .after))
    }
  }

  private mutating func makeInside(_ place: ObjectReference) {
    guard !undo.isOwnerCreated(place) else { return }
    if place.kind == .column, undo.created.contains(place), let table = undo.expectedTables[place.owner],
      let column = table.column(named: place.member ?? "")
    {
      guard done.insert(place).inserted else { return }
      for piece in undo.additions(of: column, to: table) {
        append(piece.sql, place, undo.createdRisks[place] ?? .none)
      }
    } else if place.kind == .checkConstraint, undo.created.contains(place),
      let table = undo.expectedTables[place.owner],
      let check = table.checks.first(where: { $0.name == place.member })
    {
      guard done.insert(place).inserted else { return }
      makeCheck(check, of: table, place)
    } else {
      alter(place)
    }
  }

  private mutating func alter(_ place: ObjectReference) {
    let isMade = undo.created.contains(place) || undo.isOwnerCreated(place)
    guard !isMade, done.insert(place).inserted else { return }
    append(undo.changes[place])
  }

  /// What is said of a partition's shares of indexes that are all there by now.
  private mutating func finishShares(of place: ObjectReference) {
    guard let table = undo.expectedTables[place.owner] else { return }
    let isCreated = undo.created.contains(place)
    let old = undo.foundTables[place.owner]
    if !isCreated {
      for sql in TriggerSQL.changes(from: old?.attachedRules ?? AttachedRules(), to: table) {
        append(sql, place)
      }
    }
    guard let partition = table.partition,
      table.attached != AttachedIndexes() || old?.attached != AttachedIndexes()
    else { return }
    let found =
      !isCreated && old?.partition?.parent == partition.parent
      ? old.map { (table: $0, shares: AttachedIndexSQL(foundOrder)) } : nil
    let owners = expectedOrder.ancestors(of: table).map(\.name)
    let changes = AttachedIndexSQL(expectedOrder).changes(from: found, to: table) { [remadeWholes] name in
      owners.contains { remadeWholes[$0]?.contains(name) == true }
    }
    for sql in changes { append(sql, place) }
  }

  private mutating func finish(_ place: ObjectReference) {
    if place.kind == .table { finishShares(of: place) }
    guard place.kind == .table || place.kind == .materializedView, !undo.created.contains(place) else {
      return
    }
    let remade = remade[place.owner] ?? []
    if place.kind == .materializedView {
      guard let old = undo.found.views.first(where: { $0.name == place.owner }),
        let new = undo.expected.views.first(where: { $0.name == place.owner })
      else { return }
      for sql in LateViewChange.statements(from: old, to: new, remade: remade.contains) { append(sql, place) }
      return
    }
    guard let old = undo.foundTables[place.owner], let new = undo.expectedTables[place.owner] else { return }
    for sql in LateTableChange.statements(from: old, to: new, remade: remade.contains) { append(sql, place) }
  }
}
