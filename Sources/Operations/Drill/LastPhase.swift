import Synchronization

/// Remembers the phase a run came to; told from any thread.
final class LastPhase: Sendable {
  private let state = Mutex("")

  var name: String { state.withLock { $0 } }

  func tell(_ progress: RestoreProgress) {
    guard case .phase(let name) = progress else { return }
    state.withLock { $0 = name }
  }
}
