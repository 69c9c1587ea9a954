import Glibc
import Synchronization

/// Reads a descriptor to its end on a thread of its own.
final class ReaderThread: Sendable {
  private let thread: pthread_t
  private let result: Result

  private final class Result: Sendable {
    let descriptor: Int32
    let bytes = Mutex<[UInt8]>([])

    init(descriptor: Int32) { self.descriptor = descriptor }

    func read() {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return }
        bytes.withLock { $0 += buffer.prefix(count) }
      }
    }
  }

  init(descriptor: Int32) {
    result = Result(descriptor: descriptor)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Result>.fromOpaque(context).takeRetainedValue().read()
        return nil
      }, Unmanaged.passRetained(result).toOpaque())
    self.thread = thread
  }

  /// Waits for the end and returns all that was read.
  func join() -> [UInt8] {
    pthread_join(thread, nil)
    return result.bytes.withLock { $0 }
  }
}
