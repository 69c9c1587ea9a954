import Engines
import Operations
import Synchronization
import Terminal

/// Shows a restore's phases and rows on standard error.
final class RestoreProgressText: Sendable {
  private let console: Console
  private let line = Mutex<ProgressLine?>(nil)

  init(_ console: Console) { self.console = console }

  func tell(_ progress: RestoreProgress) {
    switch progress {
    case .phase(let name):
      finish()
      let next = console.progress(name, of: .things("rows"))
      line.withLock { $0 = next }
    case .rows(let loaded): line.withLock { $0?.advance(by: loaded.rowCount) }
    }
  }

  func finish() {
    line.withLock { line in
      line?.finish()
      line = nil
    }
  }
}
