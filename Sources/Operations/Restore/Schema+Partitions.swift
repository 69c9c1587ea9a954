import SchemaModel

extension Schema {
  /// For each partition the table it is in the end a part of.
  var partitionRoots: [ObjectName: ObjectName] {
    let parents = Dictionary(
      tables.compactMap { table in table.partition.map { (table.name, $0.parent) } },
      uniquingKeysWith: { first, _ in first })
    return parents.mapValues { parent in
      var root = parent
      while let next = parents[root] { root = next }
      return root
    }
  }

  /// Partitioned tables below which a row may belong to another partition in another database: a hash of an
  /// enum's value is one of the number its label has there.
  var rootsOfHashPartitions: Set<ObjectName> {
    let roots = partitionRoots
    return Set(
      tables.filter { $0.partitionKey?.hasPrefix("HASH ") == true }.map { roots[$0.name] ?? $0.name })
  }
}
