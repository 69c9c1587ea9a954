import Dispatch
import SchemaModel
import Synchronization

/// Queries that a second connection is asked ahead of their turn, in the same snapshot.
///
/// So the server answers the next one while the answer before it is read here. What could not be asked ahead, for
/// whatever reason, is asked in its turn, and only an error of that is told.
final class QueriesAhead: Sendable {
  /// By the query; `nil` is delivered where there is no answer to be had.
  private let answers: [String: Handover<PostgresResult?>]
  /// What is read after them.
  private let rest = Handover<PostgresCatalog.Surroundings?>()
  private let isWanted = Mutex(true)
  private let beginning = Mutex(Beginning.awaited)
  private let hasBegunOrFailed = DispatchSemaphore(value: 0)

  /// Whether there is a second connection in the snapshot.
  private enum Beginning {
    case awaited, made, failed
  }

  /// How long it may take to connect: a pooler makes wait whoever finds no server free, and the first connection
  /// may hold the last one.
  private static let patience = DispatchTimeInterval.seconds(2)

  /// Begins to ask, on a thread and a connection of its own.
  ///
  /// - Parameters:
  ///   - queries: in the order in which they will be needed.
  ///   - printable: whether it will be asked where objects stand.
  ///   - snapshot: exported by the connection that will need them, whose transaction lasts until then.
  init(
    _ queries: [String], printable: Bool, snapshot: String, at place: PostgresConnectionString,
    for purpose: PostgresConnection.Purpose
  ) {
    answers = Dictionary(queries.map { ($0, Handover()) }, uniquingKeysWith: { first, _ in first })
    do {
      try DetachedThread.run { [self] in ask(queries, printable, snapshot, place, purpose) }
    } catch {
      begin(.failed)
    }
  }

  /// The answer, once it is there; `nil` when the query has to be asked in its turn.
  ///
  /// An answer is handed out once, so that it can be let go as soon as it was read.
  func answer(to query: String) -> PostgresResult? { hasBegun() ? answers[query]?.take() : nil }

  /// What is read besides relations, once it is there and once only; `nil` when it has to be read in its turn.
  func surroundings() -> PostgresCatalog.Surroundings? { hasBegun() ? rest.take() : nil }

  private func hasBegun() -> Bool {
    if beginning.withLock({ $0 == .awaited }),
      hasBegunOrFailed.wait(timeout: .now() + Self.patience) == .timedOut
    {
      beginning.withLock { $0 = .failed }
      stop()
    }
    return beginning.withLock { $0 == .made }
  }

  /// Says whether the connection was made, unless nobody waits for it any longer.
  private func begin(_ outcome: Beginning) {
    beginning.withLock { if $0 == .awaited { $0 = outcome } }
    hasBegunOrFailed.signal()
  }

  /// Lets what was not asked yet be.
  func stop() { isWanted.withLock { $0 = false } }

  private func ask(
    _ queries: [String], _ printable: Bool, _ snapshot: String, _ place: PostgresConnectionString,
    _ purpose: PostgresConnection.Purpose
  ) {
    var queries = queries[...]
    var surroundings: PostgresCatalog.Surroundings?
    let connection = try? PostgresConnection(place, for: purpose)
    try? connection?.inSnapshot(snapshot) { () throws(EngineError) in
      guard let connection else { return }
      try connection.execute(PostgresCatalog.settings)
      begin(.made)
      while let query = queries.first, isWanted.withLock({ $0 }) {
        let result = try connection.query(query)
        queries.removeFirst()
        answers[query]?.deliver(result)
      }
      guard isWanted.withLock({ $0 }) else { return }
      let catalog = PostgresCatalog(connection: connection)
      catalog.addresses.areNeeded = printable
      surroundings = try catalog.surroundings()
    }
    begin(.failed)
    for query in queries { answers[query]?.deliver(nil) }
    rest.deliver(surroundings)
  }
}
