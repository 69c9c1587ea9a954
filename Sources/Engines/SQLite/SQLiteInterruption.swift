import CSQLite
import Synchronization

/// The way to stop a connection's work from another thread or a signal-handling thread.
///
/// A request is never lost: with no statement running it stops the next one.
package final class SQLiteInterruption: Sendable {
  private struct State {
    /// The connection, as an address; `nil` before it is open and after it is closed.
    var address: UInt?
    var isRequested = false
  }

  private let state = Mutex(State())

  /// Makes the statement that runs, or else the next one, fail with ``EngineError/Kind/interrupted``.
  package func interrupt() {
    state.withLock { state in
      state.isRequested = true
      // Under the lock, so that the connection cannot be closed meanwhile.
      guard let address = state.address, let handle = OpaquePointer(bitPattern: address) else { return }
      sqlite3_interrupt(handle)
    }
  }

  /// Names the connection to stop.
  func attach(_ handle: OpaquePointer) {
    state.withLock { $0.address = UInt(bitPattern: handle) }
  }

  /// Forgets the connection, which is about to be closed.
  func detach() {
    state.withLock { $0.address = nil }
  }

  /// Whether a stop was asked for since the last call.
  func takeRequest() -> Bool {
    state.withLock { state in
      defer { state.isRequested = false }
      return state.isRequested
    }
  }
}
