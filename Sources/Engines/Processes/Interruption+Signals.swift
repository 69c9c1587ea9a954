import CLinux
import Glibc
import Synchronization

/// The write end of the pipe that carries signals to their thread; set before the first handler is installed.
private let signalPipe = Atomic<Int32>(-1)

/// The signal handler: async-signal-safe, for it only loads a number and calls `write(2)`.
private func passOn(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
  errno = saved
}

extension Interruption {
  /// Makes SIGINT, SIGTERM and SIGHUP a request to end; the second one ends the process at once with exit 130.
  ///
  /// Called by `main` first of all; calling it again does nothing. SIGINT and SIGHUP stay ignored if they were
  /// when we started: that is how `nohup` and a shell's `&` ask for it.
  package static func install() throws(SystemError) {
    let (readEnd, writeEnd) = try PipeEnds.make().keepOpen()
    guard
      signalPipe.compareExchange(expected: -1, desired: writeEnd, ordering: .sequentiallyConsistent).exchanged
    else {
      close(readEnd)
      close(writeEnd)
      return
    }
    try DetachedThread.run {
      waitForSignal(readEnd)
      request()
      waitForSignal(readEnd)
      _exit(exitCode)
    }
    handle(SIGINT, unlessIgnored: true)
    handle(SIGHUP, unlessIgnored: true)
    handle(SIGTERM, unlessIgnored: false)
  }

  private static func waitForSignal(_ readEnd: Int32) {
    var byte: UInt8 = 0
    while read(readEnd, &byte, 1) == -1 && errno == EINTR {}
  }

  private static func handle(_ signal: Int32, unlessIgnored: Bool) {
    var current = sigaction()
    sigaction(signal, nil, &current)
    let isIgnored = unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
    if isIgnored && unlessIgnored { return }

    var handler = sigaction()
    handler.__sigaction_handler.sa_handler = passOn
    handler.sa_flags = SA_RESTART
    sigaction(signal, &handler, nil)

    // Whoever started us may have left it blocked.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, signal)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
