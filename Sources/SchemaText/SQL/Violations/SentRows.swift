import SchemaModel

/// One reading of a table that sends of each row what its constraints ask about, so that whoever keeps hashes of keys can tell
/// which of them hold.
///
/// To send a key costs the server a quarter of what it costs to group or to look up the same key, and each table is read once,
/// whatever its constraints are. What seems broken is suspected only: the constraint's own query is the judge.
package struct SentRows: Hashable, Sendable {
  /// The columns of a table that tell its rows apart, and that rows of other tables refer to.
  package struct Key: Hashable, Sendable {
    package let table: ObjectName
    package let columns: [String]
  }

  /// What is asked of the fields of all rows.
  package enum Demand: Hashable, Sendable {
    /// No two rows have the same; a NULL in them is like no other, unless NULLs are equal.
    ///
    /// - Parameter of: `nil` for a key that only some rows have: the fields of all others are NULL.
    case distinct(of: Key?, nullsAreEqual: Bool)
    /// A row of the other table has them; where any is NULL it need not or, for `MATCH FULL`, where all are.
    case present(in: Key, isFull: Bool)
  }

  /// A constraint that concerns a row and others.
  package struct Rule: Hashable, Sendable {
    package let constraint: ConstraintReference
    /// The positions of the fields that are sent, in the order of the key's columns.
    package let fields: [Int]
    /// The same in the order of the constraint's own columns.
    package let ownFields: [Int]
    package let demand: Demand
    /// Whether the values may stand in a statement, and so in the server's log.
    package let mayBeQuoted: Bool
  }

  /// The constraints that concern a row alone, in the order of the letters of ``sql``'s first field.
  package let ofRow: [ConstraintReference]
  /// The others that fields can answer for.
  package let rules: [Rule]
  /// What each field but the first is.
  package let kinds: [SentAlike]
  /// A query of fields: NULL or, of a row that violates any of ``ofRow``, a text of `t` or `f` for each, and of its place where
  /// that was asked for (`ctid`); then those of the keys.
  package let sql: String

  /// What can be told of a table's constraints; `nil` when nothing but what concerns a row alone can.
  ///
  /// - Parameters:
  ///   - sendsPlaces: whether rows that violate something by themselves say where they are.
  ///   - isKnown: whether the keys of all rows of a table that is referred to are known.
  package init?(
    _ queries: [ViolationQuery], of table: Table, in schema: Schema, sendsPlaces: Bool = false,
    isKnown: (Key) -> Bool = { _ in false }
  ) {
    guard let from = queries.first?.from else { return nil }
    let alone = queries.filter(\.concernsOneRow)
    var sent: [(value: String, kind: SentAlike)] = []
    func fields(_ columns: [String], onlyWhere condition: String? = nil) -> [Int] {
      columns.enumerated().compactMap { place, name in
        guard let column = table.column(named: name), let kind = SentAlike(column.type) else { return nil }
        var value = "r.\(SQLDialect.postgreSQL.identifier(name))"
        if place == 0, let condition { value = "CASE WHEN \(condition) THEN \(value) END" }
        value = kind.sent(value, type: column.type)
        if let known = sent.firstIndex(where: { $0.value == value }) { return known + 1 }
        sent.append((value, kind))
        return sent.count
      }
    }
    let asked = Set(queries.map(\.constraint))
    rules = (Self.keys(of: table) + Self.references(of: table, in: schema)).compactMap { rule in
      guard asked.contains(rule.constraint) else { return nil }
      if case .present(let key, _) = rule.demand, !isKnown(key) { return nil }
      return Rule(
        constraint: rule.constraint, fields: fields(rule.columns, onlyWhere: rule.condition),
        ownFields: fields(rule.ownColumns, onlyWhere: rule.condition), demand: rule.demand,
        // Of a partition's columns its table may say that they are sensitive.
        mayBeQuoted: table.partition == nil
          && rule.columns.allSatisfy { table.column(named: $0)?.sensitivity == nil })
    }
    guard !rules.isEmpty else { return nil }
    ofRow = alone.map(\.constraint)
    let letters = alone.map(\.predicate).joined(separator: ", ")
    let broken =
      alone.isEmpty
      ? "NULL"
      : "CASE WHEN \(ViolationQuery.any(of: alone)) THEN array_to_string(ARRAY[\(letters)], '')\(sendsPlaces ? " || r.ctid" : "") END"
    kinds = sent.map(\.kind)
    sql = "SELECT \(([broken] + sent.map(\.value)).joined(separator: ", ")) FROM \(from)"
  }

  /// The keys that the table's foreign keys look for their parents by; one for each that fields can answer for.
  package static func referencedKeys(of table: Table, in schema: Schema) -> [Key] {
    references(of: table, in: schema).compactMap { rule in
      switch rule.demand {
      case .present(let key, _): key
      case .distinct: nil
      }
    }
  }

  /// A rule before it is known which fields are sent; its condition stands before the others are looked at.
  private typealias Draft = (
    constraint: ConstraintReference, columns: [String], ownColumns: [String], condition: String?,
    demand: Demand
  )

  private static func keys(of table: Table) -> [Draft] {
    let ofKeys = table.keys.filter { !$0.isTemporal }.map {
      (
        kind: $0.kind, name: $0.name, columns: $0.columns, nullsAreEqual: $0.nullsNotDistinct,
        condition: nil as String?
      )
    }
    // Where NULLs are equal, they cannot stand for the rows that a partial index does not hold.
    let ofIndexes = table.indexes.filter { $0.isUnique && !($0.predicate != nil && $0.nullsNotDistinct) }
      .compactMap { index in
        index.keys.plainColumns.map {
          (
            kind: ObjectKind.index, name: index.name, columns: $0, nullsAreEqual: index.nullsNotDistinct,
            condition: index.predicate.map(SQLDialect.postgreSQL.parenthesised)
          )
        }
      }
    return (ofKeys + ofIndexes).filter { table.sentAlike($0.columns) != nil }.map { key in
      (
        ConstraintReference(kind: key.kind, table: table.name, name: key.name), key.columns, key.columns,
        key.condition,
        .distinct(
          of: key.condition == nil ? Key(table: table.name, columns: key.columns) : nil,
          nullsAreEqual: key.nullsAreEqual)
      )
    }
  }

  private static func references(of table: Table, in schema: Schema) -> [Draft] {
    table.foreignKeys.compactMap { foreignKey in
      // The parents of a row of the same table may come after it.
      guard !foreignKey.isTemporal, foreignKey.referencedTable != table.name,
        let parent = schema.table(named: foreignKey.referencedTable),
        let key = parent.keys.first(where: {
          !$0.isTemporal && $0.columns.sorted() == foreignKey.referencedColumns.sorted()
        })
      else { return nil }
      let columns = key.columns.compactMap { column in
        foreignKey.referencedColumns.firstIndex(of: column).map { foreignKey.columns[$0] }
      }
      guard let kinds = table.sentAlike(columns), kinds == parent.sentAlike(key.columns) else {
        return nil
      }
      return (
        ConstraintReference(kind: .foreignKey, table: table.name, name: foreignKey.name), columns,
        foreignKey.columns, nil,
        .present(
          in: Key(table: parent.name, columns: key.columns),
          isFull: foreignKey.match == .full && columns.count > 1)
      )
    }
  }
}
