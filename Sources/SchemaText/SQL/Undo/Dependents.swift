import SchemaModel

/// Which things of a schema speak of which others.
struct Dependents {
  /// What of a thing speaks of something.
  enum Part: Hashable {
    /// All of what is made and taken away as one.
    case whole
    case columnType
    case columnDefault
    case generatedColumn
    /// Whose partition or child a table is.
    case parent
    case rowType
    case accessMethod
    /// What of a table cannot be altered: how it is cut, on which server it is.
    case tableItself
  }

  /// Something that speaks of others.
  struct Thing {
    let place: ObjectReference
    let part: Part
    let mentions: Mentions
  }

  let things: [Thing]
  private var byName: [ObjectName: [Int]] = [:]
  private let generatedColumns: [ObjectName: [Thing]]
  private let references: [ObjectName: [Reference]]

  /// A foreign key and the table it belongs to.
  struct Reference {
    let table: ObjectName
    let key: ForeignKey
  }

  /// - Parameter steps: what makes the schema's objects.
  init(in schema: Schema, steps: [ObjectParagraphs]) {
    var things: [Thing] = []
    func note(_ place: ObjectReference, _ part: Part, _ texts: [String]) {
      guard !texts.isEmpty else { return }
      things.append(Thing(place: place, part: part, mentions: Mentions(in: texts.joined(separator: "\n"))))
    }
    let routines = Dictionary(
      schema.routines.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      guard let place = step.subject, Self.canSpeak(place.kind) else { continue }
      if let routine = routines[place] {
        note(place, .whole, [RoutineSQL.create(routine.withoutText)])
      } else if place.kind != .sequence {
        note(place, .whole, step.texts.filter { text in !Self.sayings.contains(where: text.hasPrefix) })
      }
    }
    for table in schema.tables {
      Self.noteParts(of: table, note)
    }
    self.things = things
    generatedColumns = Dictionary(grouping: things.filter { $0.part == .generatedColumn }, by: \.place.owner)
    references = Dictionary(
      grouping: schema.tables.flatMap { table in
        table.foreignKeys.map { Reference(table: table.name, key: $0) }
      }, by: \.key.referencedTable)
    for (number, thing) in things.enumerated() {
      for name in thing.mentions.names { byName[name, default: []].append(number) }
    }
  }

  /// The things that speak of an object by one of its names, its own members not counted.
  func of(_ place: ObjectReference) -> [Thing] {
    speaking(ofAny: place.spokenNames).filter {
      $0.place != place
        && !($0.place.owner == place.owner && $0.place.member != nil && place.member == nil
          && Self.holdsMembers(place.kind))
    }
  }

  /// The foreign keys that refer to a table.
  func foreignKeys(into table: ObjectName) -> [Reference] { references[table] ?? [] }

  /// The things that speak of a column and its table, the column itself not counted.
  func of(column: String, of table: ObjectName) -> [Thing] {
    speaking(ofAny: [table]).filter { $0.mentions.contains(ObjectName(column)) }
      + (generatedColumns[table] ?? []).filter {
        $0.place.member != column && $0.mentions.contains(ObjectName(column))
      }
  }

  func speaking(ofAny names: [ObjectName]) -> [Thing] {
    Set(names.flatMap { byName[$0] ?? [] }).sorted().map { things[$0] }
  }

  private static func holdsMembers(_ kind: ObjectKind) -> Bool {
    kind == .table || kind == .view || kind == .materializedView
  }

  /// What is told of an object once it is there.
  private static let sayings = ["COMMENT ON", "GRANT", "REVOKE"]

  private static func canSpeak(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .role, .namespace, .installedExtension, .table, .column, .database, .defaultPrivileges,
      .changedPrivileges,
      .subscription,
      .virtualTable:
      false
    case _: true
    }
  }

  private static func noteParts(
    of table: Table, _ note: (ObjectReference, Part, [String]) -> Void
  ) {
    let dialect = SQLDialect.postgreSQL
    let place = table.reference
    note(
      place, .tableItself,
      [table.partitionKey, table.foreignServer.map(dialect.identifier)].compactMap(\.self))
    note(place, .accessMethod, [table.accessMethod.map(dialect.identifier)].compactMap(\.self))
    note(place, .rowType, [table.rowType.map(dialect.name)].compactMap(\.self))
    note(place, .parent, ((table.partition.map { [$0.parent] } ?? []) + table.parents).map(dialect.name))
    for check in table.checks where !check.isInherited {
      note(
        check.reference(in: table.name), .whole,
        [dialect.name(table.name), ConstraintSQL.clause(check, in: dialect)])
    }
    for column in table.columns {
      let own = column.reference(in: table.name)
      note(own, .columnType, [column.type, column.collation].compactMap(\.self))
      switch column.value {
      case .default(let expression): note(own, .columnDefault, [expression])
      case .generated(let expression, _): note(own, .generatedColumn, [expression])
      case .none, .identity: break
      }
    }
  }
}

extension Routine {
  /// Without a body that is a text to the server: what it speaks of need not be there.
  fileprivate var withoutText: Routine {
    guard case .statements = body else {
      var routine = self
      routine.body = .text("")
      return routine
    }
    return self
  }
}
