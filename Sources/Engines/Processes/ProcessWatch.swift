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
