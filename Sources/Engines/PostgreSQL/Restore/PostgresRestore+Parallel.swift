import SchemaModel

extension PostgresRestore {
  /// The same, with what belongs to the tables of the most bytes in the archive first: so no worker is left with one at the end.
  func largestFirst<Item>(_ items: some Sequence<Item>, table: (Item) -> ObjectName) -> [Item] {
    items.map { ($0, table($0)) }
      .sorted { (byteCounts[$0.1] ?? 0, $1.1) > (byteCounts[$1.1] ?? 0, $0.1) }
      .map(\.0)
  }

  /// Does jobs side by side, each worker over its own connection; what came of each, in their order.
  ///
  /// - Parameter work: what is done, for an error.
  func inParallel<Job: Sendable, Output: Sendable>(
    _ jobs: [Job], _ work: String, perform: @Sendable (PostgresConnection, Job) throws -> Output
  ) throws(EngineError) -> [Output] {
    let (place, purpose) = (place, purpose)
    return try translatingFailures(of: work) {
      try ParallelWork.run(
        jobs, workers: options.workers, context: { try PostgresConnection(place, for: purpose) },
        perform: perform)
    }
  }
}
