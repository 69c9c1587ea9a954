import Glibc

/// A terminal without a person: what a program writes to it can be read here, and what is written here is typed.
final class PseudoTerminal: Sendable {
  /// The device that a program opens as its terminal.
  let path: String
  private let descriptor: Int32

  /// As `posix_openpt(3)`, `unlockpt(3)` and `ptsname(3)` do it, which Swift does not see.
  init() throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var locked: Int32 = 0
    var number: UInt32 = 0
    guard descriptor >= 0, ioctl(descriptor, Self.setLock, &locked) == 0,
      ioctl(descriptor, Self.getNumber, &number) == 0
    else { throw NeverCameTrue(description: "a pseudo-terminal: \(String(cString: strerror(errno)))") }
    path = "/dev/pts/\(number)"
  }

  /// `TIOCSPTLCK` and `TIOCGPTN` of `ioctl_tty(2)`.
  private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

  deinit { close(descriptor) }

  /// Types the text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  /// What has been written to it since the last call.
  func read() -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += buffer[..<count]
    }
  }
}
