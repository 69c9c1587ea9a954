import Operations
import Synchronization
import Terminal

/// Shows a restore's phases and rows on standard error.
final class RestoreProgressText: Sendable {
  private let console: Console
  private let state = Mutex(State())

  private struct State {
    var phase = ""
    var line: ProgressLine?
    /// Whether the line knows how many rows there are in all.
    var knowsTotal = false
  }

  init(_ console: Console) { self.console = console }

  func tell(_ progress: RestoreProgress) {
    state.withLock { state in
      switch progress {
      case .phase(let name):
        state.line?.finish()
        state.phase = name
        state.knowsTotal = false
        state.line = console.progress(name, of: .things("rows"))
      case .rows(let count, let total):
        if !state.knowsTotal {
          state.line?.finish()
          state.line = console.progress(state.phase, total: total, of: .things("rows"))
          state.knowsTotal = true
        }
        state.line?.advance(by: count)
      }
    }
  }

  func finish() {
    state.withLock { state in
      state.line?.finish()
      state.line = nil
    }
  }
}
