import SchemaModel

extension PostgresUndo {
  /// Drops, and makes anew, what needs what is dropped.
  ///
  /// What has to go for the sake of something that loses no data is found first, so that only the rest follows what
  /// does.
  mutating func takeAlongWhatNeedsIt() {
    for place in dropped { losses[place] = loss(of: place) }
    let dependents = Dependents(in: found, steps: PostgresSchemaSQL(found).steps)
    let safe = dropped.filter { losses[$0] == nil }
    for place in movedColumns.sorted() { standAside(for: place, isGoing: false, dependents) }
    spread(from: safe.sorted() + causes.keys.filter { !safe.contains($0) }.sorted(), dependents)
    spread(from: dropped.filter { losses[$0] != nil }.sorted(), dependents)
    withhold(dependents)
  }

  private mutating func spread(from roots: [ObjectReference], _ dependents: Dependents) {
    var open = roots[...]
    while let place = open.popFirst() {
      droppedLately = []
      if place.kind == .column {
        standAside(for: place, isGoing: true, dependents)
      } else {
        for thing in dependents.of(place) { separate(thing, from: place) }
        for key in foreignKeys(on: place, dependents) { replace(key, because: place) }
      }
      // No index of the old type's operators can stand on a text meanwhile.
      let moved = movers.contains(place) ? movedColumns : []
      for column in moved where causes[column]?.contains(place) == true {
        standAside(for: column, isGoing: true, dependents)
      }
      open += droppedLately.sorted()
    }
  }

  /// What an object's end takes with it, in words; `nil` when it can be made anew as it was.
  private func loss(of place: ObjectReference) -> String? {
    switch place.kind {
    case .table:
      return foundTables[place.owner]?.foreignServer == nil ? "the rows of the table" : nil
    case .column:
      return column(place, in: foundTables)?.value.isGenerated == true ? nil : "the values of the column"
    case .sequence: return "where the sequence stands"
    case .materializedView: return created.contains(place) ? nil : "the rows that were computed"
    case .subscription:
      return "how far it has come, and the secrets of how it connects, which plumb never keeps"
    case .userMapping: return "the values of its options, which plumb never reads"
    case .installedExtension: return "what its own tables hold"
    case _: return nil
    }
  }

  /// Has something dropped; false when it is already.
  private mutating func drop(_ place: ObjectReference) -> Bool {
    guard dropped.insert(place).inserted else { return false }
    droppedLately.append(place)
    return true
  }

  /// Takes something away, to be made anew where it is expected.
  private mutating func replace(_ place: ObjectReference, because cause: ObjectReference) {
    guard removals[place] != nil, !isOwnerDropped(place) else { return }
    guard drop(place) else { return noteCause(cause, of: place) }
    causes[place] = [cause]
    if let twin = counterparts[place] { created.insert(twin) }
  }

  /// Whether the table or view it belongs to is taken away with all that is its.
  func isOwnerDropped(_ place: ObjectReference) -> Bool {
    place.member != nil && ownerKinds.contains { dropped.contains(ObjectReference(kind: $0, place.owner)) }
  }

  /// Whether the table or view it belongs to is made anew, and it along with it.
  func isOwnerCreated(_ place: ObjectReference) -> Bool {
    place.member != nil && ownerKinds.contains { created.contains(ObjectReference(kind: $0, place.owner)) }
  }

  private var ownerKinds: [ObjectKind] { [.table, .view, .materializedView] }

  /// Foreign keys that rely on a key.
  private func foreignKeys(on place: ObjectReference, _ dependents: Dependents) -> [ObjectReference] {
    guard place.kind == .primaryKey || place.kind == .uniqueConstraint,
      let key = foundTables[place.owner]?.keys.first(where: { $0.name == place.member })
    else { return [] }
    return dependents.foreignKeys(into: place.owner).filter {
      Set($0.key.referencedColumns) == Set(key.columns)
    }.map { $0.key.reference(in: $0.table) }
  }

  /// Takes from something what binds it to an object that goes.
  private mutating func separate(_ thing: Dependents.Thing, from cause: ObjectReference) {
    let place = thing.place
    guard !isOwnerDropped(place) else { return }
    guard !dropped.contains(place) else { return noteCause(cause, of: place) }
    switch thing.part {
    case .whole: replace(place, because: cause)
    case .columnType: lead(place, around: cause)
    case .columnDefault: suspendDefault(of: place)
    case .generatedColumn:
      guard column(place, in: expectedTables) != nil else { return }
      _ = drop(place)
      created.insert(place)
      causes[place] = [cause]
    case .parent: separate(place, fromParent: cause)
    case .rowType, .accessMethod: rebind(place, thing.part, because: cause)
    case .tableItself: replace(place, because: cause)
    }
  }

  /// One more reason for what does not go for its own sake.
  private mutating func noteCause(_ cause: ObjectReference, of place: ObjectReference) {
    if causes[place] != nil { causes[place]?.insert(cause) }
  }

  private func column(_ place: ObjectReference, in tables: [ObjectName: Table]) -> Column? {
    place.member.flatMap { tables[place.owner]?.column(named: $0) }
  }

  /// Keeps a column's values as text while its type is made anew.
  private mutating func lead(_ place: ObjectReference, around cause: ObjectReference) {
    if causes[place] != nil, movedColumns.contains(place) {
      movers.insert(cause)
      return noteCause(cause, of: place)
    }
    guard let old = column(place, in: foundTables),
      let new = column(place, in: expectedTables), let table = expectedTables[place.owner],
      !isPartitionThroughout(table.name), !old.isInherited
    else { return }
    let dialect = SQLDialect.postgreSQL
    let name = dialect.identifier(old.name)
    let alter = "ALTER \(table.target(in: nil).noun) ALTER COLUMN \(name)"
    if movedColumns.contains(place) {
      // It is on its way to another type, and must have left this one when that goes.
      drops[place, default: []].append(
        Piece(sql: "\(alter) TYPE text USING \(name)::text", subject: place, cause: cause))
      changes[place] = changes[place]?.map { piece in
        guard piece.sql.hasPrefix("\(alter) TYPE "), !piece.sql.contains(" USING ") else { return piece }
        var piece = piece
        piece.sql += " USING \(name)::\(new.type)"
        return piece
      }
      return
    }
    movedColumns.append(place)
    movers.insert(cause)
    causes[place] = [cause]
    if case .default = old.value {
      drops[place, default: []].append(Piece(sql: "\(alter) DROP DEFAULT", subject: place, cause: place))
    }
    let detour =
      cause.kind == .collation ? "\(old.type) COLLATE pg_catalog.\"default\"" : "text USING \(name)::text"
    drops[place, default: []].append(Piece(sql: "\(alter) TYPE \(detour)", subject: place, cause: place))
    let collation = new.collation.map { " COLLATE \($0)" } ?? ""
    changes[place, default: []].insert(
      Piece(
        sql: "\(alter) TYPE \(new.type)\(collation) USING \(name)::\(new.type)", subject: place, cause: place),
      at: 0)
    if case .default(let expression) = new.value {
      changes[place, default: []].append(
        Piece(sql: "\(alter) SET DEFAULT \(expression)", subject: place, cause: place))
    }
  }

  private mutating func suspendDefault(of place: ObjectReference) {
    guard !movedColumns.contains(place), let new = column(place, in: expectedTables) else { return }
    let dialect = SQLDialect.postgreSQL
    let alter =
      "ALTER TABLE ONLY \(dialect.name(place.owner)) ALTER COLUMN \(dialect.identifier(new.name))"
    guard drops[place]?.contains(where: { $0.sql.hasSuffix("DROP DEFAULT") }) != true else { return }
    drops[place, default: []].append(Piece(sql: "\(alter) DROP DEFAULT", subject: place))
    changes[place]?.removeAll { $0.sql == "\(alter) DROP DEFAULT" }
    // One that differs is set anyway.
    if case .default(let expression) = new.value, column(place, in: foundTables)?.value == new.value {
      changes[place, default: []].append(Piece(sql: "\(alter) SET DEFAULT \(expression)", subject: place))
    }
  }

  private mutating func separate(_ place: ObjectReference, fromParent cause: ObjectReference) {
    guard let old = foundTables[place.owner], let new = expectedTables[place.owner] else {
      return
    }
    let dialect = SQLDialect.postgreSQL
    let (name, parent) = (dialect.name(place.owner), dialect.name(cause.owner))
    if let partition = new.partition, partition == old.partition {
      drops[place, default: []].append(
        Piece(sql: "ALTER TABLE \(parent) DETACH PARTITION \(name)", subject: place, cause: cause))
      closings[place, default: []].append(
        Piece(
          sql: "ALTER TABLE \(parent) ATTACH PARTITION \(name) \(partition.bounds)", subject: place,
          cause: cause))
    } else if old.parents == new.parents, old.parents.contains(cause.owner) {
      drops[place, default: []].append(
        Piece(sql: "ALTER TABLE \(name) NO INHERIT \(parent)", subject: place, cause: cause))
      closings[place, default: []].append(
        Piece(sql: "ALTER TABLE \(name) INHERIT \(parent)", subject: place, cause: cause))
    }
  }

  private mutating func rebind(
    _ place: ObjectReference, _ part: Dependents.Part, because cause: ObjectReference
  ) {
    guard let old = foundTables[place.owner], let new = expectedTables[place.owner] else {
      return
    }
    let dialect = SQLDialect.postgreSQL
    let alter = "ALTER TABLE \(dialect.name(place.owner))"
    if part == .rowType, let type = new.rowType, type == old.rowType {
      drops[place, default: []].append(Piece(sql: "\(alter) NOT OF", subject: place, cause: cause))
      typings[place] = Piece(sql: "\(alter) OF \(dialect.name(type))", subject: place, cause: cause)
    } else if part == .accessMethod, let method = new.accessMethod, method == old.accessMethod {
      drops[place, default: []].append(
        Piece(sql: "\(alter) SET ACCESS METHOD heap", subject: place, cause: cause))
      changes[place, default: []].append(
        Piece(sql: "\(alter) SET ACCESS METHOD \(dialect.identifier(method))", subject: place, cause: cause))
    }
  }

  /// Takes away what reads a column that changes its type or goes.
  private mutating func standAside(for place: ObjectReference, isGoing: Bool, _ dependents: Dependents) {
    guard let column = place.member else { return }
    for thing in dependents.of(column: column, of: place.owner) where thing.place != place {
      switch thing.place.kind {
      case .index, .checkConstraint, .primaryKey, .uniqueConstraint, .exclusionConstraint, .statistics:
        // The server takes these along when only the type changes.
        if isGoing { replace(thing.place, because: place) }
      case _ where thing.part == .generatedColumn: separate(thing, from: place)
      case _ where thing.part == .whole: replace(thing.place, because: place)
      case _: break
      }
    }
  }
}
