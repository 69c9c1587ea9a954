import Synchronization
import Terminal

/// Shows on standard error how many bytes have come or gone.
final class TransferProgressText: Sendable {
  private let console: Console
  private let state = Mutex(State())

  private struct State {
    var phase: String?
    var total = 0
    var done = 0
    var line: ProgressLine?
  }

  init(_ console: Console) { self.console = console }

  /// - Parameters:
  ///   - done: bytes so far, of this phase.
  ///   - total: how many there will be, as far as that is known by now.
  func tell(_ phase: String, done: Int, total: Int) {
    state.withLock { state in
      if state.phase != phase || state.total != total {
        state.line?.finish()
        state.line = console.progress(phase, total: total, of: .bytes)
        state.phase = phase
        state.total = total
        state.done = 0
      }
      state.line?.advance(by: max(0, done - state.done))
      state.done = max(done, state.done)
    }
  }

  func finish() {
    state.withLock { state in
      state.line?.finish()
      state.line = nil
      state.phase = nil
    }
  }
}
