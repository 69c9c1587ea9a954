import SchemaModel

extension PostgresUndo {
  mutating func changeViews() {
    change(found.views, into: expected.views, in: nil) { $0.reference }
    let byName = Dictionary(expected.views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for view in found.views {
      guard let other = byName[view.name] else { continue }
      changeMembers(view.indexes, into: other.indexes, in: view.name)
      changeMembers(view.triggers, into: other.triggers, in: view.name)
      changeMembers(view.rules, into: other.rules, in: view.name)
    }
  }

  mutating func changeTables() {
    change(found.tables, into: expected.tables, in: nil) { $0.reference }
    for table in found.tables {
      guard let other = expectedTables[table.name] else { continue }
      change(columnsOf: table, into: other)
      changePlace(of: table, into: other)
      changeKeys(of: table, into: other)
      changeMembers(
        table.ownChecks(beside: other) { foundTables[$0] },
        into: other.ownChecks(beside: table) { expectedTables[$0] },
        in: table.name)
      changeInheritedChecks(of: table, into: other)
      changeMembers(table.foreignKeys, into: other.foreignKeys, in: table.name)
      changeMembers(table.exclusions, into: other.exclusions, in: table.name)
      changeMembers(validated(table.indexes, of: table, as: other), into: other.indexes, in: table.name)
      changeMembers(table.policies, into: other.policies, in: table.name)
      changeMembers(table.triggers, into: other.triggers, in: table.name)
      changeMembers(table.rules, into: other.rules, in: table.name)
    }
  }

  /// Whether rows were held against a check that comes and goes with a parent's.
  private mutating func changeInheritedChecks(of table: Table, into other: Table) {
    guard table.partition == nil, other.partition == nil else { return }
    for check in table.checks {
      guard let twin = other.checks.first(where: { $0.name == check.name }), check.isInherited,
        twin.isInherited,
        check.isValidated != twin.isValidated, check.isEnforced, twin.isEnforced
      else { continue }
      let place = twin.reference(in: other.name)
      if twin.isValidated {
        after.append(Piece(sql: ValidationSQL.statement(check.name, of: table.name), subject: place))
      } else {
        notUndoable.append(
          NotUndoable(
            object: place, fact: "validated",
            reason: "a check that rows were held against stays so as long as its parent's is there"))
      }
    }
  }

  /// A partitioned table's indexes; one that is complete on one side only is made anew, with or without its shares.
  private mutating func validated(
    _ indexes: [TableIndex], of table: Table, as other: Table
  ) -> [TableIndex] {
    guard table.partitionKey != nil, other.partitionKey != nil else { return indexes }
    return indexes.map { index in
      guard let twin = other.indexes.first(where: { $0.name == index.name }),
        twin.isValid != index.isValid
          || !twin.isValid && hasSharesTooMany(in: index.name, below: table)
      else { return index }
      dropped.insert(index.reference(in: table.name))
      created.insert(index.reference(in: table.name))
      var equal = index
      equal.isValid = twin.isValid
      return equal
    }
  }

  /// Whether partitions have shares in an incomplete index or key that they should not have; no statement takes one away.
  private func hasSharesTooMany(in index: String, below table: Table) -> Bool {
    let order = PartitionOrder(found.tables)
    return found.tables.contains { partition in
      partition.attached.incomplete.contains(index)
        && expectedTables[partition.name]?.attached.incomplete.contains(index) == false
        && order.ancestors(of: partition).contains { $0.name == table.name }
    }
  }

  /// A primary key is one whatever it is called.
  private mutating func changeKeys(of table: Table, into other: Table) {
    var keys = table.keys
    if let old = table.primaryKey, let new = other.primaryKey, old.name != new.name {
      var renamed = old
      renamed.name = new.name
      rename(old, to: new.name, in: table.name)
      keys = [renamed] + table.uniqueConstraints
    }
    let kept = Set(other.keys.map(\.name))
    for key in keys
    where !key.index.isValid && kept.contains(key.name) && hasSharesTooMany(in: key.name, below: table) {
      dropped.insert(key.reference(in: table.name))
      created.insert(key.reference(in: table.name))
    }
    changeMembers(keys, into: other.keys, in: table.name)
  }

  /// Compares members by name; one that only has another name is renamed.
  private mutating func changeMembers<Member: Alterable>(
    _ found: [Member], into expected: [Member], in owner: ObjectName
  ) where Member.Name == String {
    guard found != expected else {
      for member in found { note(member, in: owner) }
      return
    }
    let old = Set(found.map(\.name))
    let new = Set(expected.map(\.name))
    var free = expected.filter { !old.contains($0.name) }
    let renamed = found.map { member -> Member in
      guard !new.contains(member.name), !(member is Policy),
        let place = free.firstIndex(where: { member.isRenamed(to: $0) })
      else { return member }
      var twin = member
      twin.name = free.remove(at: place).name
      rename(member, to: twin.name, in: owner)
      return twin
    }
    change(renamed, into: expected, in: owner) { $0.reference(in: owner) }
  }

  /// Notes how a member is taken away, for what it may need is.
  private mutating func note<Member: Alterable>(_ member: Member, in owner: ObjectName)
  where Member.Name == String {
    let place = member.reference(in: owner)
    counterparts[place] = place
    removals[place] = member.removal(member.target(in: owner).noun, in: owner)
  }

  private mutating func rename<Member: Alterable>(_ member: Member, to name: String, in owner: ObjectName)
  where Member.Name == String {
    let dialect = SQLDialect.postgreSQL
    let place = ObjectReference(kind: member.kind, owner, member: name)
    let sql =
      if member is TableIndex {
        "ALTER \(dialect.index(member.name, of: owner)) RENAME TO \(dialect.identifier(name))"
      } else if member is any TableConstraint {
        "ALTER TABLE \(dialect.name(owner)) RENAME CONSTRAINT \(dialect.identifier(member.name)) TO \(dialect.identifier(name))"
      } else {
        "ALTER \(member.target(in: owner).noun) RENAME TO \(dialect.identifier(name))"
      }
    // Before anything calls it by its new name.
    drops[ObjectReference(kind: .table, owner), default: []].append(Piece(sql: sql, subject: place))
  }

  /// Whose partition or child the table is.
  private mutating func changePlace(of table: Table, into other: Table) {
    let dialect = SQLDialect.postgreSQL
    let place = other.reference
    let name = dialect.name(table.name)
    func noteDrop(_ sql: String) {
      drops[table.reference, default: []].append(Piece(sql: sql, subject: place))
    }
    func noteClosing(_ sql: String) { closings[place, default: []].append(Piece(sql: sql, subject: place)) }
    if let old = table.partition, let new = other.partition, old != new, old.parent == new.parent,
      hasFixedKey(old.parent)
    {
      notUndoable.append(
        NotUndoable(
          object: place, fact: "partition of",
          reason: "the bounds are of the type of the partition key's column, which cannot change"))
    } else if table.partition != other.partition {
      if let old = table.partition {
        let detach = Piece(
          sql: "ALTER TABLE \(dialect.name(old.parent)) DETACH PARTITION \(name)", subject: place)
        if other.partition == nil {
          // Its shares of what its parent loses are its own from then on.
          openings.append(detach)
        } else {
          // While it is attached, what changes of its columns changes with its parent's.
          closings[ObjectReference(kind: .table, old.parent), default: []].append(detach)
        }
      }
      if let new = other.partition {
        noteClosing("ALTER TABLE \(dialect.name(new.parent)) ATTACH PARTITION \(name) \(new.bounds)")
      }
    }
    if table.parents != other.parents {
      // A child without a parent, if only for a moment, owns all its columns.
      for column in other.columns
      where column.isInherited && table.column(named: column.name)?.isInherited == true {
        notUndoable.append(
          NotUndoable(
            object: column.reference(in: other.name), fact: "inherited",
            reason: "whether a column is the table's own or its parent's is told when it is made"))
      }
      for parent in table.parents { noteDrop("ALTER TABLE \(name) NO INHERIT \(dialect.name(parent))") }
      for parent in other.parents { noteClosing("ALTER TABLE \(name) INHERIT \(dialect.name(parent))") }
    }
    if table.rowType != other.rowType {
      if table.rowType != nil { noteDrop("ALTER TABLE \(name) NOT OF") }
      typings[place] = other.rowType.map {
        Piece(sql: "ALTER TABLE \(name) OF \(dialect.name($0))", subject: place)
      }
    }
  }
}

extension Table {
  /// The checks without those that come and go with a parent's.
  fileprivate func ownChecks(
    beside other: Table, parent: (ObjectName) -> Table?
  ) -> [CheckConstraint] {
    guard let partitioned = partition?.parent, other.partition != nil else {
      return checks.filter { check in
        !check.isInherited || other.checks.contains { $0.name == check.name && !$0.isInherited }
      }
    }
    let given = Set((parent(partitioned)?.checks ?? []).filter { !$0.isNotInherited }.map(\.name))
    return checks.filter { !given.contains($0.name) }
  }
}

extension Alterable where Name == String {
  /// Whether the other is the same but for its name and comment.
  fileprivate func isRenamed(to other: Self) -> Bool {
    Self.facets.allSatisfy { $0.label == "comment" || $0.value(self) == $0.value(other) }
      && kind == other.kind
  }
}
