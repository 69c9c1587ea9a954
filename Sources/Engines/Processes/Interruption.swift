import CLinux
import Glibc
import Synchronization

/// The work was cut short because the user, or the system, asked us to stop.
package struct Interrupted: Error, Hashable, CustomStringConvertible {
  package init() {}

  package var description: String { "interrupted" }
}

/// The one wish of this process to end early, from Ctrl-C (SIGINT), SIGTERM or SIGHUP.
///
/// The first signal only makes the wish known: blocked calls return with an error, and `defer` cleans up. The
/// second ends the process at once; what is on a ``Leash`` is cleaned up even then.
package enum Interruption {
  /// The exit code of an interrupted run.
  package static let exitCode: Int32 = 130

  private struct State {
    /// Open until interrupted: closing it makes ``descriptor`` readable for everyone who waits on it.
    var writeEnd: Int32?
    var isRequested = false
    var registrations: [UInt64: Registration] = [:]
    var lastIdentifier: UInt64 = 0
  }

  private static let state = Mutex(State())

  /// Readable from the moment of the interruption on, and never before: a file descriptor to add to a `poll(2)`.
  ///
  /// -1, which `poll` passes over, when the process had no descriptor left for it.
  package static let descriptor: Int32 = {
    guard let ends = try? PipeEnds.make() else { return -1 }
    return adopt(ends)
  }()

  /// Whether the process has been asked to end.
  package static var isRequested: Bool {
    state.withLock { $0.isRequested }
  }

  /// Stops here if the process has been asked to end.
  package static func check() throws(Interrupted) {
    if isRequested { throw Interrupted() }
  }

  /// Waits until there is something to read on a descriptor; false when the process has been asked to end first.
  package static func waitForInput(on descriptor: Int32) -> Bool {
    !Readiness.wait(for: [descriptor, Self.descriptor], until: nil)[1]
  }

  /// Waits until the deadline; true when the process was asked to end before.
  package static func pause(until deadline: ContinuousClock.Instant) -> Bool {
    Readiness.wait(for: [descriptor], until: deadline)[0]
  }

  /// Calls `action` once when the process is interrupted, for as long as the returned value lives.
  ///
  /// The action runs on a thread of its own; if the interruption has already happened it runs now, on this one.
  /// Letting go of the returned value waits for an action that is running, so an action must not let go of it.
  package static func whenInterrupted(_ action: @escaping @Sendable () -> Void) -> InterruptionHandler {
    let registration = Registration(action)
    let identifier = state.withLock { state -> UInt64 in
      state.lastIdentifier += 1
      if !state.isRequested { state.registrations[state.lastIdentifier] = registration }
      return state.lastIdentifier
    }
    if isRequested { registration.fire() }
    return InterruptionHandler(identifier: identifier, registration: registration)
  }

  /// Runs `body`; if the process is interrupted meanwhile, calls `action` once.
  ///
  /// As ``whenInterrupted(_:)``. Once this returns, `action` is neither running nor will it be called.
  package static func withHandler<Result>(
    _ action: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    let handler = whenInterrupted(action)
    return try withExtendedLifetime(handler) { _ in try body() }
  }

  /// Makes the wish known, as the first signal does; again it does nothing.
  package static func request() {
    let (writeEnd, actions) = state.withLock { state in
      state.isRequested = true
      defer {
        state.writeEnd = nil
        state.registrations = [:]
      }
      return (state.writeEnd, Array(state.registrations.values))
    }
    if let writeEnd { close(writeEnd) }
    for action in actions {
      // Each on its own thread: one that hangs on a dead network must not hold up the others.
      do { try DetachedThread.run { action.fire() } } catch { action.fire() }
    }
  }

  private static func adopt(_ ends: consuming PipeEnds) -> Int32 {
    let (readEnd, writeEnd) = ends.keepOpen()
    let isTooLate = state.withLock { state in
      if !state.isRequested { state.writeEnd = writeEnd }
      return state.isRequested
    }
    if isTooLate { close(writeEnd) }
    return readEnd
  }

  fileprivate static func forget(_ identifier: UInt64) {
    state.withLock { $0.registrations[identifier] = nil }
  }
}

/// Keeps an action registered with ``Interruption`` until it is let go of.
package struct InterruptionHandler: ~Copyable {
  private let identifier: UInt64
  private let registration: Registration

  fileprivate init(identifier: UInt64, registration: Registration) {
    self.identifier = identifier
    self.registration = registration
  }

  deinit {
    Interruption.forget(identifier)
    registration.cancel()
  }
}

/// An action that runs at most once, and not after it was cancelled.
private final class Registration: Sendable {
  private let action: Mutex<(@Sendable () -> Void)?>

  init(_ action: @escaping @Sendable () -> Void) {
    self.action = Mutex(action)
  }

  func fire() {
    action.withLock { action in
      action?()
      action = nil
    }
  }

  func cancel() {
    action.withLock { $0 = nil }
  }
}
