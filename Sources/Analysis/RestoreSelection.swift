import SchemaModel

/// Tables whose rows are restored: those that were named, and those their rows need by their foreign keys.
///
/// The structure is always restored whole; only rows are left out.
package struct RestoreSelection: Hashable, Sendable {
  /// What was asked for cannot be restored.
  package enum Refusal: Error, Hashable {
    /// No table fits the pattern.
    case nothingFits(NamePattern)
    /// Rows that are kept refer to rows that would be left out.
    case needed(table: ObjectName, by: [ObjectName])
  }

  /// Tables whose rows are restored.
  package let tables: Set<ObjectName>
  /// Those of them that nobody named: rows of the others refer to them.
  package let added: [ObjectName]

  /// - Parameters:
  ///   - only: names of tables, with or without their schema; empty for all.
  ///   - except: names of tables that are left out.
  package init(only: [NamePattern], except: [NamePattern], of schema: Schema) throws(Refusal) {
    let families = Families(schema.tables)
    var chosen = Set(schema.tables.map(\.name))
    var named = chosen
    if !only.isEmpty {
      named = try families.tables(named: only)
      chosen = families.closure(of: named)
    }
    let dropped = try families.tables(named: except)
    chosen.subtract(dropped)
    for table in dropped.sorted() {
      let dependents = families.referring(to: table).intersection(chosen)
      guard dependents.isEmpty else { throw .needed(table: table, by: dependents.sorted()) }
    }
    tables = chosen
    added = chosen.subtracting(named).sorted()
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
      let fitting = tables.map(\.name).filter { pattern.matches($0.name) || pattern.matches($0.description) }
      guard !fitting.isEmpty else { throw .nothingFits(pattern) }
      for name in fitting { found.formUnion(members[name] ?? [name]) }
    }
    return found
  }

  /// The tables and all that they refer to, directly or not.
  func closure(of names: Set<ObjectName>) -> Set<ObjectName> {
    var closure = names
    var pending = Array(names)
    while let name = pending.popLast() {
      for parent in parents[name] ?? [] {
        for member in (members[parent] ?? [parent]).union([parent]) where closure.insert(member).inserted {
          pending.append(member)
        }
      }
    }
    return closure
  }

  /// Tables with a foreign key to this one, or to what it is a part of.
  func referring(to name: ObjectName) -> Set<ObjectName> {
    let wholes = Set(members.filter { $0.value.contains(name) }.keys)
    return Set(parents.filter { $0.key != name && !$0.value.isDisjoint(with: wholes) }.keys)
  }
}
