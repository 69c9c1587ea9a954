import SchemaModel

/// What of a backup's rows is restored: tables that were named, rows that were chosen by a condition, and what these
/// need by their foreign keys.
///
/// The structure is always restored whole; only rows are left out.
package struct RestoreSelection: Hashable, Sendable {
  /// What was asked for cannot be restored.
  package enum Refusal: Error, Hashable {
    /// No table fits the pattern.
    case nothingFits(NamePattern)
    /// Rows that are kept refer to rows that would be left out.
    case needed(table: ObjectName, by: [ObjectName])
    /// A condition is for one table, and several fit its pattern.
    case severalFit(NamePattern, [ObjectName])
    /// All rows of a table are needed by tables that are restored whole, so a condition on it says nothing.
    case wholeAnyway(table: ObjectName)
  }

  /// Tables whose rows are loaded.
  package let tables: Set<ObjectName>
  /// Those of them that nobody named: rows of the others refer to them.
  package let added: [ObjectName]
  /// Rows that were chosen by a condition; empty when tables are restored whole.
  package let chosen: [ChosenRows]
  /// Tables of which only those rows stay that belong to chosen rows, or that these need.
  package let inPart: Set<ObjectName>

  /// - Parameters:
  ///   - only: what is restored; empty for all.
  ///   - except: names of tables that are left out.
  package init(only: [RowChoice], except: [NamePattern], of schema: Schema) throws(Refusal) {
    let families = Families(schema.tables)
    var chosen: [ChosenRows] = []
    var named: Set<ObjectName> = []
    for choice in only {
      if let condition = choice.condition {
        chosen.append(ChosenRows(table: try families.table(named: choice.pattern), condition: condition))
      } else {
        named.formUnion(try families.tables(named: [choice.pattern]))
      }
    }
    if only.isEmpty { named = Set(schema.tables.map(\.name)) }
    let whole = families.closure(of: named)
    for rows in chosen where whole.contains(rows.table) { throw .wholeAnyway(table: rows.table) }
    // Rows that refer to chosen rows belong to them, and so on; all of them need what they refer to.
    let dropped = try families.tables(named: except)
    let belonging = families.dependents(of: Set(chosen.map(\.table)), besides: dropped)
    let tables = whole.union(families.closure(of: belonging)).subtracting(dropped)
    for table in dropped.sorted() {
      let dependents = families.referring(to: table).intersection(tables)
      guard dependents.isEmpty else { throw .needed(table: table, by: dependents.sorted()) }
    }
    self.tables = tables
    self.chosen = chosen
    inPart = tables.subtracting(whole)
    added = tables.subtracting(named).subtracting(belonging).sorted()
  }
}

/// Which tables belong together: partitions with what they are parts of, and who refers to whom.
private struct Families {
  private let tables: [Table]
  private var members: [ObjectName: Set<ObjectName>] = [:]
  private var parents: [ObjectName: Set<ObjectName>] = [:]

  init(_ tables: [Table]) {
    self.tables = tables
    let above = Dictionary(
      tables.compactMap { table in table.partition.map { (table.name, $0.parent) } },
      uniquingKeysWith: { first, _ in first })
    for table in tables {
      var name: ObjectName? = table.name
      while let level = name {
        members[level, default: []].insert(table.name)
        name = above[level]
      }
      parents[table.name, default: []].formUnion(table.foreignKeys.map(\.referencedTable))
    }
    // What a partitioned table refers to, each of its partitions refers to.
    for table in tables {
      for member in members[table.name] ?? [] {
        parents[member, default: []].formUnion(parents[table.name] ?? [])
      }
    }
  }

  /// The tables that fit, with their partitions.
  func tables(named patterns: [NamePattern]) throws(RestoreSelection.Refusal) -> Set<ObjectName> {
    var found: Set<ObjectName> = []
    for pattern in patterns {
      for name in try fitting(pattern) { found.formUnion(members[name] ?? [name]) }
    }
    return found
  }

  /// The one table that fits.
  func table(named pattern: NamePattern) throws(RestoreSelection.Refusal) -> ObjectName {
    let fitting = try fitting(pattern)
    // A partition that fits with what it is a part of is no second table.
    let others = fitting.filter { name in
      !fitting.contains { $0 != name && members[$0]?.contains(name) == true }
    }
    guard others.count == 1 else { throw .severalFit(pattern, others.sorted()) }
    return others[0]
  }

  private func fitting(_ pattern: NamePattern) throws(RestoreSelection.Refusal) -> [ObjectName] {
    let fitting = tables.map(\.name).filter(pattern.fits)
    guard !fitting.isEmpty else { throw .nothingFits(pattern) }
    return fitting
  }

  /// The tables and all that they refer to, directly or not.
  func closure(of names: Set<ObjectName>) -> Set<ObjectName> {
    reached(from: names) { name in (parents[name] ?? []).flatMap { (members[$0] ?? []).union([$0]) } }
  }

  /// The tables and all that refer to them, directly or not, with their partitions.
  func dependents(of names: Set<ObjectName>, besides others: Set<ObjectName>) -> Set<ObjectName> {
    let families = Set(names.flatMap { members[$0] ?? [$0] })
    return reached(from: families) { name in
      referring(to: name).flatMap { members[$0] ?? [$0] }.filter { !others.contains($0) }
    }
  }

  private func reached(
    from names: Set<ObjectName>, by step: (ObjectName) -> [ObjectName]
  ) -> Set<ObjectName> {
    var reached = names
    var pending = Array(names)
    while let name = pending.popLast() {
      for next in step(name) where reached.insert(next).inserted { pending.append(next) }
    }
    return reached
  }

  /// Tables with a foreign key to this one, or to what it is a part of.
  func referring(to name: ObjectName) -> Set<ObjectName> {
    let wholes = Set(members.filter { $0.value.contains(name) }.keys)
    return Set(parents.filter { $0.key != name && !$0.value.isDisjoint(with: wholes) }.keys)
  }
}
