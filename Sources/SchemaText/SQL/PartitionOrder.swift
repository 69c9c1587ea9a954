import SchemaModel

/// The order in which tables can be made: partitions after what they are partitions of.
package struct PartitionOrder: Sendable {
  /// The tables that are no partitions, by name.
  let roots: [Table]
  /// The partitions, each after its partitioned table, by name among siblings.
  let partitions: [Table]
  private let byName: [ObjectName: Table]

  package init(_ tables: [Table]) {
    byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = DependencyOrder.sorted(tables.filter { $0.partition != nil }, name: \.name) { table in
      table.partition.map { [$0.parent] } ?? []
    }
    roots = tables.filter { $0.partition == nil }
    partitions = sorted
  }

  /// All tables, in this order.
  ///
  /// Keys, indexes and foreign keys follow it too: had a partition its own first, the one of the
  /// partitioned table would take it over instead of standing beside it.
  var all: [Table] { roots + partitions }

  /// Whether the table is partitioned or a partition.
  static func isInTree(_ table: Table) -> Bool { table.partitionKey != nil || table.partition != nil }

  /// The table of that name.
  func table(named name: ObjectName) -> Table? { byName[name] }

  /// The checks a partition must have before it can be attached.
  func inheritedChecks(of table: Table) -> [CheckConstraint] {
    ancestors(of: table).flatMap(\.checks).filter { !$0.isNotInherited }
  }

  /// The columns whose identity is the partitioned table's; PostgreSQL 17 and later refuse to attach a
  /// partition that has its own.
  func inheritedIdentities(of table: Table) -> Set<String> {
    Set(ancestors(of: table).flatMap(\.columns).filter(\.value.isIdentity).map(\.name))
  }

  /// What the table is a partition of, and what that is a partition of, and so on.
  package func ancestors(of table: Table) -> [Table] {
    var ancestors: [Table] = []
    var next = table.partition.flatMap { byName[$0.parent] }
    while let ancestor = next, !ancestors.contains(where: { $0.name == ancestor.name }) {
      ancestors.append(ancestor)
      next = ancestor.partition.flatMap { byName[$0.parent] }
    }
    return ancestors
  }

  /// The table, and before it what it is a partition of, from the root down.
  package func lineage(of table: Table) -> [Table] { ancestors(of: table).reversed() + [table] }
}
