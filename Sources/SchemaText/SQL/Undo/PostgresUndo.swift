import SchemaModel

/// Works out what makes a found PostgreSQL database what another schema says.
///
/// Objects match by name. What is too many is taken away in the reverse of the order in which it could be made; then
/// what is missing is made, and what differs altered, in the order of `schema.sql`. What can only be made anew takes
/// along what needs it.
struct PostgresUndo {
  /// A statement and where it belongs.
  struct Piece {
    /// Without its closing semicolon.
    var sql: String
    var subject: ObjectReference
    var risk = UndoStatement.Risk.none
    /// The object that goes and makes it necessary; the subject itself where that has causes of its own.
    var cause: ObjectReference?
  }

  let found: Schema
  let expected: Schema
  let foundTables: [ObjectName: Table]
  let expectedTables: [ObjectName: Table]
  /// What is to be made, members of tables that are made themselves not told one by one.
  var created: Set<ObjectReference> = []
  /// What is to be taken away, likewise.
  var dropped: Set<ObjectReference> = []
  /// What was added to it since somebody last looked.
  var droppedLately: [ObjectReference] = []
  /// Why something is dropped that would not have to be: what it needs is.
  var causes: [ObjectReference: Set<ObjectReference>] = [:]
  /// What is lost with an object that is dropped, in words.
  var losses: [ObjectReference: String] = [:]
  /// How a found object is called among those expected.
  var counterparts: [ObjectReference: ObjectReference] = [:]
  /// What takes a found object away.
  var removals: [ObjectReference: [String]] = [:]
  /// What else runs while things are taken away, by found object.
  var drops: [ObjectReference: [Piece]] = [:]
  /// What runs before anything is taken away.
  var openings: [Piece] = []
  /// What runs when a table's own columns and checks are right: what it is a part of, and what is no part of it; of
  /// other objects what ties them to what is made after them.
  var closings: [ObjectReference: [Piece]] = [:]
  /// What ties a table to its row type, which must then be exactly its columns.
  var typings: [ObjectReference: Piece] = [:]
  /// What runs where the object is made, by expected object.
  var changes: [ObjectReference: [Piece]] = [:]
  var before: [Piece] = []
  var after: [Piece] = []
  var notUndoable: [NotUndoable] = []
  /// What of `dropped` is withheld, and what of `created`.
  var risks: [ObjectReference: UndoStatement.Risk] = [:]
  var createdRisks: [ObjectReference: UndoStatement.Risk] = [:]
  /// Columns that cannot keep what needs them: they change their type, or go.
  var movedColumns: [ObjectReference] = []
  /// The causes of those that change their type for the sake of something else.
  var movers: Set<ObjectReference> = []

  init(making found: Schema, into expected: Schema) {
    expectedTables = Dictionary(
      expected.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.expected = expected
    self.found = Self.detaching(found, asIn: expectedTables)
    foundTables = Dictionary(self.found.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The schema with partitions that are to stand by themselves as they are once detached, but for being attached.
  private static func detaching(_ found: Schema, asIn expected: [ObjectName: Table]) -> Schema {
    let places = found.tables.indices.filter { place in
      let table = found.tables[place]
      return table.partition != nil && expected[table.name].map { $0.partition == nil } == true
    }
    guard !places.isEmpty else { return found }
    var detached = found
    let shares = AttachedIndexSQL(PartitionOrder(found.tables))
    for place in places { detached.tables[place] = shares.detached(found.tables[place]) }
    return detached
  }

  /// Does the work.
  mutating func result() -> ([UndoStatement], [NotUndoable]) {
    var lists = ListChanges(undo: self)
    Schema.visitLists(&lists)
    self = lists.undo
    compareDatabase()
    guard !created.isEmpty || !dropped.isEmpty || hasPieces else {
      tellColumnsOutOfOrder()
      return ([], notUndoable.sorted { $0.object < $1.object })
    }
    takeAlongWhatNeedsIt()
    tellColumnsOutOfOrder()
    setDefaultPrivilegesAside()
    return (statements(), notUndoable.sorted { $0.object < $1.object })
  }

  private var hasPieces: Bool {
    !(drops.isEmpty && changes.isEmpty && openings.isEmpty && closings.isEmpty && typings.isEmpty
      && before.isEmpty && after.isEmpty)
  }

  /// The role that stands for an owner who is not named.
  var databaseOwner: String {
    (found.databaseOwner ?? expected.databaseOwner).map(SQLDialect.postgreSQL.role) ?? "CURRENT_USER"
  }

  /// A database always has properties, also where nothing is set.
  private mutating func compareDatabase() {
    let usual = DatabaseProperties(named: DatabaseProperties.own)
    change(found.database.first ?? usual, into: expected.database.first ?? usual)
  }

  /// What is made while default privileges hold would be granted what they say.
  private mutating func setDefaultPrivilegesAside() {
    guard !created.isEmpty else { return }
    for item in found.defaultPrivileges where !dropped.contains(item.reference) {
      dropped.insert(item.reference)
      removals[item.reference] = item.removal(item.target(in: nil).noun, in: nil)
      if expected.defaultPrivileges.contains(where: { $0.name == item.name }) {
        created.insert(item.reference)
      }
    }
  }
}

/// Compares list by list.
private struct ListChanges: SchemaListVisitor {
  var undo: PostgresUndo

  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName {
    // Roles belong to the server, and the database's properties are always there.
    let isPaired = Object.self is Role.Type
    guard !(Object.self is DatabaseProperties.Type), let kind = Object.self as? any Alterable.Type else {
      return
    }
    func compare<Kind: Alterable>(_ kind: Kind.Type) {
      guard let found = undo.found[keyPath: list] as? [Kind],
        let expected = undo.expected[keyPath: list] as? [Kind]
      else { return }
      undo.change(found, into: expected, in: nil, onlyPairs: isPaired) { $0.standingReference }
    }
    compare(kind)
  }

  mutating func visitTables() { undo.changeTables() }

  mutating func visitViews() { undo.changeViews() }
}

extension SchemaObject {
  /// The reference of an object that stands by itself.
  fileprivate var standingReference: ObjectReference {
    ObjectReference(kind: kind, (name as? ObjectName) ?? ObjectName(""))
  }
}
