import Dispatch
import Synchronization

/// What one thread will have come to, for another that waits for it.
final class Handover<Value: Sendable>: Sendable {
  private let hasCome = DispatchSemaphore(value: 0)
  private let value = Mutex<Value?>(nil)

  func deliver(_ value: Value) {
    self.value.withLock { $0 = value }
    hasCome.signal()
  }

  /// Waits for it; to be called once, so that it can be let go as soon as it was used.
  func take() -> Value {
    while true {
      hasCome.wait()
      if let value = value.withLock({ $0.take() }) { return value }
    }
  }
}
