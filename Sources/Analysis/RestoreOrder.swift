import SchemaModel

/// The order in which tables are restored so that parents come before the rows that refer to them.
///
/// Depends on nothing but the tables: ties are broken by name. Linear in tables and foreign keys.
package struct RestoreOrder: Hashable, Sendable {
  /// Tables that refer to each other in a circle, so that no order among them satisfies every key.
  package struct Cycle: Hashable, Sendable {
    /// By name.
    package var tables: [ObjectName]
    /// The foreign keys that close the circle: rows can only be checked when all tables are loaded.
    package var foreignKeys: [ConstraintReference]
  }

  /// All tables, parents first; tables of a cycle stand together, by name, partitions after their table.
  package var tables: [ObjectName]
  /// The circles, by the name of their first table.
  package var cycles: [Cycle]
  /// Foreign keys of a table into itself: its own rows have an order, the tables do not.
  package var selfReferences: [ConstraintReference]

  package init(of tables: [Table]) {
    let graph = TableGraph(tables)
    let groups = graph.groups()
    let ordered = groups.sorted { ($0.rank, $0.members[0]) < ($1.rank, $1.members[0]) }
    self.tables = ordered.flatMap { group in group.members.flatMap { graph.tables[$0] } }
    cycles = ordered.filter { $0.members.count > 1 }.map { group in
      let inside = Set(group.members)
      let keys = group.members.flatMap { graph.edges[$0].filter { inside.contains($0.parent) }.map(\.key) }
      return Cycle(tables: group.members.map { graph.tables[$0][0] }, foreignKeys: keys)
    }.sorted { $0.tables[0] < $1.tables[0] }
    selfReferences = graph.selfReferences
  }
}
