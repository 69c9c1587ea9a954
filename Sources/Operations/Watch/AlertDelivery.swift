import Dispatch
import Engines
import Foundation
import SchemaModel
import SchemaText
import Synchronization

/// Delivers alerts to one receiver on a thread of its own, so that nobody who is slow to answer holds up the watch.
///
/// What fails for a passing reason is tried again after 1, 2, 4 and 8 seconds and then given up; at most a hundred
/// alerts wait, and the oldest go first when there are more.
package final class AlertDelivery: Sendable {
  private struct State {
    var waiting: [String] = []
    /// Whether one is being delivered.
    var isBusy = false
    var isClosing = false
    var lost = 0
  }

  private static let mostWaiting = 100
  private static let attempts = 5

  private let receiver: AlertReceiver
  private let complain: @Sendable (String) -> Void
  private let state = Mutex(State())
  /// Signalled for each alert, and once more at the end.
  private let arrivals = DispatchSemaphore(value: 0)
  /// Signalled when no further attempt is to be waited for.
  private let closing = DispatchSemaphore(value: 0)
  private let end = DispatchGroup()

  /// Begins; nothing is delivered yet.
  ///
  /// - Parameter complain: told, from another thread, of what could not be delivered.
  package init(to receiver: AlertReceiver, complain: @escaping @Sendable (String) -> Void) {
    self.receiver = receiver
    self.complain = complain
    end.enter()
    let thread = Thread { [self] in
      work()
      end.leave()
    }
    thread.start()
  }

  /// Takes an alert to be delivered soon.
  package func send(_ document: String) {
    let isLosing = state.withLock { state in
      state.waiting.append(document)
      guard state.waiting.count > Self.mostWaiting else { return false }
      state.waiting.removeFirst()
      state.lost += 1
      return state.lost == 1
    }
    if isLosing { complain("\(receiver.name) is too slow: the oldest alerts are dropped") }
    arrivals.signal()
  }

  /// Delivers what is left, each with one attempt, and ends.
  ///
  /// - Parameter patience: how long that may take; none when somebody wants the program to end.
  package func finish(within patience: Duration) {
    state.withLock { $0.isClosing = true }
    closing.signal()
    arrivals.signal()
    let seconds = Double(patience.components.seconds)
    guard end.wait(timeout: .now() + seconds) == .timedOut else { return }
    let left = state.withLock { $0.waiting.count + ($0.isBusy ? 1 : 0) }
    if left > 0 { complain("\(left) of the alerts for \(receiver.name) were not delivered before the end") }
  }

  private func work() {
    while true {
      arrivals.wait()
      let next = state.withLock { state -> String? in
        guard !state.waiting.isEmpty else { return nil }
        state.isBusy = true
        return state.waiting.removeFirst()
      }
      if let next {
        deliver(next)
        state.withLock { $0.isBusy = false }
      } else if state.withLock({ $0.isClosing }) {
        return
      }
    }
  }

  private func deliver(_ document: String) {
    for attempt in 1...Self.attempts {
      do throws(AlertReceiver.Refusal) {
        try receiver.deliver(document)
        return
      } catch {
        let isLast = attempt == Self.attempts || !error.isPassing || state.withLock { $0.isClosing }
        guard !isLast else {
          complain("an alert did not reach \(receiver.name): \(error.reason)")
          return
        }
        if attempt == 1 { complain("\(receiver.name) did not take an alert (\(error.reason)); trying again") }
        if closing.wait(timeout: .now() + Double(1 << (attempt - 1))) == .success { closing.signal() }
      }
    }
  }
}
