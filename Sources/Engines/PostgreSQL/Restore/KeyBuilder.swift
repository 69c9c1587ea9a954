import SchemaModel
import SchemaText

/// Builds keys and indexes over one connection.
struct KeyBuilder: Sendable {
  var usesTablespaces: Bool
  /// Whether what is finished is written down (``RestoreJournal``).
  var isJournaled: Bool

  /// What came of a step.
  struct Outcome: Sendable {
    var built: [ArchiveContents.Entry] = []
    /// Keys whose index is built, by their entries' numbers.
    var indexed: [Int: PartedKey] = [:]
    /// Entries that are not built, because rows violate them.
    var violated: [ArchiveContents.Entry] = []
  }

  /// - Parameter hasCoresToSpare: whether there are fewer builds than cores.
  func perform(
    _ step: TableBuilds.Step, of builds: TableBuilds, on connection: PostgresConnection, hasCoresToSpare: Bool
  ) throws(EngineError) -> Outcome {
    var outcome = Outcome()
    func isBuilt(
      _ entry: ArchiveContents.Entry, by statement: String, isWhole: Bool = true
    ) throws(EngineError) -> Bool {
      let effort = builds.isLarge ? effort(for: entry, hasCoresToSpare: hasCoresToSpare) : []
      let note = isWhole && isJournaled ? [RestoreJournal.statement(.build, "\(entry.id)")] : []
      do throws(EngineError) {
        // Several statements in one are one transaction.
        try connection.execute(
          (tablespace(of: entry) + effort + [statement] + note).joined(separator: "\n"), of: entry)
        return true
      } catch {
        guard error.kind == .violation else { throw error }
        outcome.violated.append(entry)
        return false
      }
    }
    switch step {
    case .index(let entry):
      if try isBuilt(entry, by: entry.definition) { outcome.built.append(entry) }
    case .locking(let entries):
      for entry in entries where try isBuilt(entry, by: entry.definition) { outcome.built.append(entry) }
    case .indexOfKey(let entry, let key):
      if try isBuilt(entry, by: key.index, isWhole: false) { outcome.indexed[entry.id] = key }
    case .adoption(let entries, let keys):
      for (entry, key) in zip(entries, keys) where try isBuilt(entry, by: key.constraint) {
        outcome.built.append(entry)
      }
    }
    return outcome
  }

  private func tablespace(of entry: ArchiveContents.Entry) -> [String] {
    guard usesTablespaces else { return [] }
    return ["SET LOCAL default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace));"]
  }

  /// What the server may spend on an index: its own parallel workers too, unless they keep another build waiting.
  private func effort(for entry: ArchiveContents.Entry, hasCoresToSpare: Bool) -> [String] {
    let workers = hasCoresToSpare ? [] : ["SET LOCAL max_parallel_maintenance_workers = 0;"]
    guard entry.isSorted, let table = entry.subject else { return workers }
    return workers + [Self.sortingInCache(table) + ";"]
  }

  /// Lowers the memory for sorting to what the processor's cache bears, where one pass still merges all.
  ///
  /// 4 million rows, an index of two columns, PostgreSQL 15: 1.3 s with 64 MB, 1.8 s with 256 MB (Documentation/Benchmarks.md).
  private static func sortingInCache(_ table: ObjectName) -> String {
    let name = SQLDialect.postgreSQL.literal(SQLDialect.postgreSQL.name(table))
    return """
      SELECT pg_catalog.set_config('maintenance_work_mem', '64MB', true)
      WHERE pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) > 67108864
        AND pg_catalog.pg_table_size(\(name)) < 8589934592
      """
  }
}

extension ArchiveContents.Entry {
  /// Whether it is built by sorting its rows; the other kinds of index make use of all the memory they get.
  fileprivate var isSorted: Bool {
    kind == "CONSTRAINT" ? !definition.contains(" EXCLUDE ") : definition.contains(" USING btree ")
  }
}
