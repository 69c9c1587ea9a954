import CPostgres
import SchemaModel

/// Waiting for the server in such a way that no Ctrl-C is missed, whenever it comes.
///
/// libpq's own blocking calls would go on waiting; here the server is asked to stop, and its answer is waited for.
extension PostgresConnection {
  /// How long the server may take to stop before it is asked again: a request may come between two statements.
  private static let patience: Duration = .seconds(1)

  /// Runs one or more statements as `PQexec` does; `nil` when they could not even be sent.
  ///
  /// - Parameter keepsRows: whether rows are returned also when statements that have none come after them.
  func run(_ sql: String, keepsRows: Bool = false) -> PostgresResult? {
    // What is left of a COPY that was given up only PQexec can clear away.
    guard PQtransactionStatus(connection) != PQTRANS_ACTIVE else {
      return PQexec(connection, sql).map { PostgresResult(owning: $0) }
    }
    guard PQsendQuery(connection, sql) == 1 else { return nil }
    var last: PostgresResult?
    var stop = StopRequest()
    while true {
      while PQisBusy(connection) == 1, takeInput(&stop) {}
      guard let result = PQgetResult(connection).map({ PostgresResult(owning: $0) }) else { return last }
      if keepsRows, last?.status == PGRES_TUPLES_OK, result.status == PGRES_COMMAND_OK { continue }
      last = result
      // A COPY has to be carried out before there is a next result.
      if [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(result.status) { return last }
    }
  }

  /// Hands over each row of a `COPY … TO STDOUT` that has begun, until its end or the connection's.
  func forEachCopyRow(_ row: (UnsafeRawBufferPointer) -> Void) {
    var buffer: UnsafeMutablePointer<CChar>?
    var stop = StopRequest()
    while true {
      let count = PQgetCopyData(connection, &buffer, 1)
      if count == 0, takeInput(&stop) { continue }
      guard count > 0, let start = buffer else { return }
      row(UnsafeRawBufferPointer(start: start, count: Int(count)))
      PQfreemem(start)
    }
  }

  /// When the server was last asked to stop, if it was.
  private struct StopRequest {
    var repetition: ContinuousClock.Instant?
  }

  /// Waits for something from the server and takes it in; false when the connection is gone.
  private func takeInput(_ stop: inout StopRequest) -> Bool {
    let interruption = whenInterrupted == .stop && stop.repetition == nil ? Interruption.descriptor : -1
    let ready = Readiness.wait(for: [PQsocket(connection), interruption], until: stop.repetition)
    if ready[1] || !ready[0] {
      requestCancel()
      stop.repetition = .now + Self.patience
    }
    return !ready[0] || PQconsumeInput(connection) == 1
  }
}
