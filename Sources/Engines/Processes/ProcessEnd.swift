/// How a process ended.
package enum ProcessEnd: Hashable, Sendable {
  /// It returned this exit code.
  case exited(Int32)

  /// This signal killed it.
  case killed(signal: Int32)

  /// Decodes what `waitpid(2)` stores; its macros are not visible to Swift.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .killed(signal: signal)
  }
}
