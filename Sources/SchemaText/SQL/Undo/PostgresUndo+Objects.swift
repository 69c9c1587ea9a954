import SchemaModel

extension PostgresUndo {
  /// Pairs two lists by name and notes what is missing, too many, or different.
  ///
  /// - Parameters:
  ///   - owner: the table or view they belong to.
  ///   - onlyPairs: whether what only one list has is left alone.
  mutating func change<Object: Alterable>(
    _ found: [Object], into expected: [Object], in owner: ObjectName?, onlyPairs: Bool = false,
    reference: (Object) -> ObjectReference
  ) {
    let byName = Dictionary(expected.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(found.map(\.name))
    for object in found {
      let place = reference(object)
      removals[place] = object.removal(object.target(in: owner).noun, in: owner)
      if let other = byName[object.name] {
        counterparts[place] = reference(other)
        change(object, place, into: other, reference(other), in: owner)
      } else if !onlyPairs {
        dropped.insert(place)
      }
    }
    guard !onlyPairs else { return }
    for object in expected where !names.contains(object.name) { created.insert(reference(object)) }
  }

  /// Notes what makes one object that stands by itself another.
  mutating func change<Object: Alterable>(_ found: Object, into expected: Object)
  where Object.Name == ObjectName {
    change(found, found.reference, into: expected, expected.reference, in: nil)
  }

  /// Notes what makes one object another of the same name.
  mutating func change<Object: Alterable>(
    _ found: Object, _ foundPlace: ObjectReference, into expected: Object, _ place: ObjectReference,
    in owner: ObjectName?
  ) {
    guard found != expected else { return }
    var pieces: [Piece] = []
    var last: [Piece] = []
    var reasons: [Facet<Object>] = []
    for facet in Object.facets where facet.value(found) != facet.value(expected) {
      switch alteration(of: facet, from: found, to: expected, in: owner) {
      case .statements(let statements):
        for sql in statements where !pieces.contains(where: { $0.sql == sql }) {
          pieces.append(Piece(sql: sql, subject: place))
        }
      case .tie(let first, let rest):
        pieces = first.map { Piece(sql: $0, subject: place) } + pieces
        last += rest.map { Piece(sql: $0, subject: place) }
      case .apart(let statements): before += statements.map { Piece(sql: $0, subject: place) }
      case .afterwards(let statements): after += statements.map { Piece(sql: $0, subject: place) }
      case .replacement: reasons.append(facet)
      case .impossible(let reason):
        notUndoable.append(NotUndoable(object: place, fact: facet.label, reason: reason))
      }
    }
    guard reasons.isEmpty || isInPartitionKey(foundPlace) else {
      dropped.insert(foundPlace)
      created.insert(place)
      return
    }
    notUndoable += reasons.map { facet in
      NotUndoable(
        object: place, fact: facet.label,
        reason: "to make the type anew, a column of a partition key would have to change its type")
    }
    changes[place, default: []] += pieces
    if !last.isEmpty { closings[place, default: []] += last }
  }

  /// Whether the object is the type of a column that rows are dealt out to partitions by.
  private func isInPartitionKey(_ place: ObjectReference) -> Bool {
    guard place.member == nil else { return false }
    let type = SQLDialect.postgreSQL.name(place.owner)
    return found.tables.contains { table in
      table.columns.contains { $0.type == type && isInPartitionKey($0.name, of: table) }
    }
  }

  private func alteration<Object: Alterable>(
    of facet: Facet<Object>, from found: Object, to expected: Object, in owner: ObjectName?
  ) -> Alteration {
    let target = expected.target(in: owner)
    switch facet.label {
    case "comment":
      let comment = try? Comment?(facetValue: facet.value(expected))
      if expected is InstalledExtension, comment == .some(nil) {
        return .impossible("the comment that an extension brings along is not kept in a schema")
      }
      // A database is called by the name it has.
      if expected is DatabaseProperties { return .statements(databaseComment(comment ?? nil)) }
      return .statement(CommentChange.statement(on: target.noun, comment ?? nil))
    case "owner":
      guard let owned = expected as? any OwnedObject else { return .replacement }
      // It goes along with its table's.
      if let sequence = expected as? SequenceGenerator, let column = sequence.ownedBy,
        (found as? SequenceGenerator)?.ownedBy == column
      {
        return .statements([])
      }
      return .statement("ALTER \(target.noun) OWNER TO \(role(of: owned))")
    case "privileges":
      guard let old = found as? any OwnedObject, let new = expected as? any OwnedObject else {
        return expected.alteration(of: facet.label, from: found, target.noun, in: owner)
      }
      let change = RightsChange(
        noun: target.grantNoun ?? target.noun, everyone: target.everyone, owner: role(of: new))
      return .statements(
        change.statements(
          from: old.rights.privileges, to: new.rights.privileges,
          isOwnerNew: old.rights.owner != new.rights.owner))
    case _: return expected.alteration(of: facet.label, from: found, target.noun, in: owner)
    }
  }

  private func role(of object: any OwnedObject) -> String {
    if let owner = object.rights.owner { return SQLDialect.postgreSQL.role(owner) }
    // The standard schema goes with the database.
    if let namespace = object as? Namespace, NamespaceSQL.isStandard(namespace) { return "pg_database_owner" }
    return databaseOwner
  }

  private func databaseComment(_ comment: Comment?) -> [String] {
    let text = comment.map { SQLDialect.postgreSQL.literal($0.text) } ?? "NULL"
    return DatabaseSQL.block(["COMMENT ON DATABASE %1$I IS \(text.replacing("%", with: "%%"))"]).map(
      \.withoutSemicolon)
  }
}
