import CLinux
import Glibc

/// A hold on a process that tells when it has ended, whether or not it is a child of ours.
///
/// Unlike a process id it never comes to mean another process.
package final class ProcessWatch: Sendable {
  /// Readable once the process has ended (`pidfd_open(2)`).
  let descriptor: Descriptor

  /// Nil when there is no such process, or the kernel is older than 5.3.
  package init?(_ identifier: pid_t) {
    let opened = shim_pidfd_open(identifier)
    guard opened >= 0, let descriptor = try? Descriptor.owning(opened) else { return nil }
    self.descriptor = descriptor
  }

  /// Waits for the end of the process; false when it is still there after `limit`.
  package func waitForEnd(atMost limit: Duration) -> Bool {
    Readiness.wait(for: [descriptor.number], until: .now + limit) == [true]
  }
}

/// Waiting for any of several file descriptors, with `poll(2)`.
enum Readiness {
  /// Which of the descriptors can be read without waiting, or have come to their end.
  ///
  /// All false means that the deadline came first. Negative numbers are passed over.
  static func wait(for descriptors: [Int32], until deadline: ContinuousClock.Instant?) -> [Bool] {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      let count = poll(&polled, nfds_t(polled.count), milliseconds(until: deadline))
      if count >= 0 || errno != EINTR { break }
    }
    return polled.map { $0.revents != 0 }
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = max(.zero, deadline - .now)
    let (seconds, attoseconds) = left.components
    // Rounded up, or the last millisecond would be spent in a busy loop.
    return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
