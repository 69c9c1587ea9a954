import Glibc

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
