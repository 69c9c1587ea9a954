import CSQLite
import Synchronization

/// The way to stop a connection's work from another thread or a signal-handling thread.
///
/// A request is never lost: with no statement running it stops the next one.
package final class SQLiteInterruption: Sendable {
  /// Why a statement was stopped.
  enum Cause: Hashable, Sendable {
    case request
    case timeLimit
  }

  private struct State {
    /// The connection, as an address; `nil` before it is open and after it is closed.
    var address: UInt?
    var isRequested = false
    /// When the statement that runs has had its time.
    var deadline: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  /// How many instructions of SQLite's machine run between two looks at the request.
  private static let instructionsPerLook: Int32 = 4000

  /// Makes the statement that runs, or else the next one, fail with ``EngineError/Kind/interrupted``.
  package func interrupt() {
    state.withLock { state in
      state.isRequested = true
      // Reaches the few long loops that have no look in between. Under the lock, so that the connection
      // cannot be closed meanwhile.
      guard let address = state.address, let handle = OpaquePointer(bitPattern: address) else { return }
      sqlite3_interrupt(handle)
    }
  }

  /// Begins to watch over a connection, which keeps this object alive.
  func attach(_ handle: OpaquePointer) {
    state.withLock { $0.address = UInt(bitPattern: handle) }
    // sqlite3_interrupt alone is forgotten when no statement has begun to run, so the request is looked at too.
    sqlite3_progress_handler(
      handle, Self.instructionsPerLook,
      { context in
        guard let context else { return 0 }
        return Unmanaged<SQLiteInterruption>.fromOpaque(context).takeUnretainedValue().isDue ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Forgets the connection, which is about to be closed.
  func detach() {
    state.withLock { $0.address = nil }
  }

  /// Gives the statement that is about to run its time; `nil` for as long as it takes.
  func begin(timeLimit: Duration?) {
    state.withLock { $0.deadline = timeLimit.map { .now + $0 } }
  }

  /// Why the statement was stopped; a request is done with.
  func takeCause() -> Cause? {
    state.withLock { state in
      if state.isRequested {
        state.isRequested = false
        return .request
      }
      return state.deadline.map { $0 <= .now } == true ? .timeLimit : nil
    }
  }

  /// Whether a stop was asked for since the last call.
  func takeRequest() -> Bool {
    state.withLock { state in
      defer { state.isRequested = false }
      return state.isRequested
    }
  }

  private var isDue: Bool {
    state.withLock { state in state.isRequested || state.deadline.map { $0 <= .now } == true }
  }
}
