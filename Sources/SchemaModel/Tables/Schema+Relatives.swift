extension Schema {
  /// The table and all that share a check with it by inheritance or as partitions, directly or through others.
  package func relatives(of table: Table, sharingCheck check: String) -> [Table] {
    let sharing = tables.filter { candidate in candidate.checks.contains { $0.name == check } }
    var found: Set<ObjectName> = [table.name]
    var count = 0
    while count < found.count {
      count = found.count
      for candidate in sharing {
        let parents = candidate.parents + (candidate.partition.map { [$0.parent] } ?? [])
        if found.contains(candidate.name) {
          found.formUnion(parents.filter { parent in sharing.contains { $0.name == parent } })
        } else if parents.contains(where: found.contains) {
          found.insert(candidate.name)
        }
      }
    }
    return sharing.filter { found.contains($0.name) }
  }
}
