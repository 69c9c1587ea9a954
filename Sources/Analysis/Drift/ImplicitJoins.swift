import SchemaModel

/// Relations that one schema draws as a direct foreign key and the other keeps in a table of their own.
struct ImplicitJoins {
  private(set) var flaws: [ClassicFlaw] = []
  /// The drawn keys that a join table in production stands for.
  private(set) var drawnKeys: Set<ObjectReference> = []

  /// A foreign key that the other schema lacks, with the table it belongs to.
  private struct DirectKey {
    var table: ObjectName
    var key: ForeignKey
    /// Whether the other schema lacks a column of it too: then it is the relation itself that moved.
    var hasLostColumn: Bool

    var object: ObjectReference { ObjectReference(kind: .foreignKey, table, member: key.name) }
  }

  /// A table that only one schema has and that relates the rows of two others.
  private struct JoinTable {
    var name: ObjectName
    var first: ObjectName
    var second: ObjectName

    func relates(_ one: ObjectName, _ other: ObjectName) -> Bool {
      (first == one && second == other) || (first == other && second == one)
    }
  }

  init(in context: DriftContext) {
    guard !context.haveSameTables else { return }
    let joinsInLive = Self.joinTables(of: context.live, absentFrom: context.blueprint)
    for (direct, join) in Self.matches(
      Self.directKeys(context.unequal.map { ($0.drawn, $0.live) }, absentFrom: context.live), joinsInLive)
    {
      drawnKeys.insert(direct.object)
      flaws.append(Self.drawnDirectly(direct, keptIn: join, context))
    }
    let joinsDrawn = Self.joinTables(of: context.blueprint, absentFrom: context.live)
    for (direct, join) in Self.matches(
      Self.directKeys(context.unequal.map { ($0.live, $0.drawn) }, absentFrom: context.blueprint), joinsDrawn)
    {
      flaws.append(Self.drawnApart(direct, drawnAs: join, context))
    }
  }

  /// - Parameter tables: those of one schema, each with its counterpart in the other.
  private static func directKeys(
    _ tables: [(Table, Table)], absentFrom other: DriftContext.Side
  ) -> [DirectKey] {
    tables.flatMap { table, counterpart -> [DirectKey] in
      let keys = MemberPairs(from: table.foreignKeys, to: counterpart.foreignKeys)
      return keys.missing.map { key in
        DirectKey(
          table: table.name, key: key, hasLostColumn: !other.has(key.columns, in: table.name))
      }
    }
  }

  private static func joinTables(
    of side: DriftContext.Side, absentFrom other: DriftContext.Side
  ) -> [JoinTable] {
    side.tables.filter { !other.has($0.name) }.flatMap { table -> [JoinTable] in
      let keys = table.junctionKeys
      return keys.indices.flatMap { position -> [JoinTable] in
        keys[(position + 1)...].compactMap { second in
          let first = keys[position]
          // A tenant's column inside a wider key relates nothing by itself.
          guard !Set(first.columns).isSubset(of: second.columns),
            !Set(second.columns).isSubset(of: first.columns)
          else { return nil }
          return JoinTable(name: table.name, first: first.referencedTable, second: second.referencedTable)
        }
      }
    }
  }

  /// Each direct key with the join table that stands for it.
  ///
  /// Of several keys between the same two tables, those that lost a column moved; the others are only absent.
  private static func matches(_ keys: [DirectKey], _ joins: [JoinTable]) -> [(DirectKey, JoinTable)] {
    var seen: Set<[ObjectReference]> = []
    return joins.flatMap { join -> [(DirectKey, JoinTable)] in
      let candidates = keys.filter { join.relates($0.table, $0.key.referencedTable) }
      let moved = candidates.filter(\.hasLostColumn)
      return (moved.isEmpty ? candidates : moved).map { ($0, join) }.filter { key, join in
        // A join table with several keys into one table relates the same two tables more than once.
        seen.insert([key.object, ObjectReference(kind: .table, join.name)]).inserted
      }
    }
  }

  private static func drawnDirectly(
    _ direct: DirectKey, keptIn join: JoinTable, _ context: DriftContext
  ) -> ClassicFlaw {
    let lost = lostColumns(of: direct, in: context.live)
    let place =
      lost.isEmpty ? "" : "looks for \(lost.map { "\(direct.table).\($0)" }.joined(separator: ", ")) and "
    return ClassicFlaw(
      kind: .implicitJoinTable,
      sentence: "the blueprint draws \(direct.table) directly to \(direct.key.referencedTable) "
        + "(\(direct.key.columns.joined(separator: ", "))); production keeps that relation in the table "
        + "\(join.name).",
      objects: [direct.object, ObjectReference(kind: .table, join.name)] + columns(lost, of: direct),
      consequence: "a restore from this blueprint \(place)has no place for the rows of \(join.name).")
  }

  private static func drawnApart(
    _ direct: DirectKey, drawnAs join: JoinTable, _ context: DriftContext
  ) -> ClassicFlaw {
    let lost = lostColumns(of: direct, in: context.blueprint)
    let place =
      lost.isEmpty
      ? "" : " and has no place for \(lost.map { "\(direct.table).\($0)" }.joined(separator: ", "))"
    return ClassicFlaw(
      kind: .implicitJoinTable,
      sentence:
        "the blueprint draws the relation of \(join.first) and \(join.second) as the table \(join.name); "
        + "production has a direct key \(direct.key.arrow(from: direct.table)).",
      objects: [direct.object, ObjectReference(kind: .table, join.name)] + columns(lost, of: direct),
      consequence: "a restore from this blueprint leaves \(join.name) empty\(place).")
  }

  private static func lostColumns(of direct: DirectKey, in other: DriftContext.Side) -> [String] {
    direct.key.columns.filter { !other.has([$0], in: direct.table) }
  }

  private static func columns(_ names: [String], of direct: DirectKey) -> [ObjectReference] {
    names.map { ObjectReference(kind: .column, direct.table, member: $0) }
  }
}
