import Dispatch
import Engines
import Glibc
import Synchronization
import TestSupport
import Testing

/// Each in a process of its own, for there an interruption is for ever.
@Suite struct `An interruption` {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `ends the program we wait for and then the work`(signal: Int32) async {
    await #expect(processExitsWith: .exitCode(42)) { [signal] in
      try Interruption.install()
      do {
        _ = try Subprocess("/bin/sh", ["-c", "echo ready; sleep 1000"]).run { _ in kill(getpid(), signal) }
      } catch is Interrupted {
        exit(Interruption.isRequested ? 42 : 1)
      }
    }
  }

  @Test func `takes what a program started with it, even if that ignores SIGTERM`() async {
    await #expect(processExitsWith: .exitCode(42)) {
      var helper: pid_t = 0
      do {
        let script = "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1000; done' & wait"
        _ = try Subprocess("/bin/sh", ["-c", script]).run { line in
          guard case .output(let text) = line else { return }
          helper = pid_t(text) ?? 0
          Interruption.request()
        }
      } catch is Interrupted {
        guard helper > 0 else { exit(2) }
        let isGone = ProcessWatch(helper)?.waitForEnd(atMost: .seconds(60)) ?? true
        exit(isGone ? 42 : 3)
      }
    }
  }

  @Test func `starts nothing new, except to clean up`() async {
    await #expect(processExitsWith: .exitCode(42)) {
      Interruption.request()
      #expect(throws: Interrupted.self) { try Subprocess("true").run() }
      let cleanUp = try Subprocess("true", whenInterrupted: .finish).run()
      #expect(cleanUp.exitCode == 0)
      #expect(throws: Interrupted.self) { try Interruption.check() }
      exit(42)
    }
  }

  @Test func `ends the process with 130 the second time, though it is busy`() async {
    await #expect(processExitsWith: .exitCode(130)) {
      try Interruption.install()
      kill(getpid(), SIGINT)
      while !Interruption.isRequested { sched_yield() }
      kill(getpid(), SIGINT)
      while true { pause() }
    }
  }

  @Test func `calls what is registered, and not what no longer is`() async {
    await #expect(processExitsWith: .exitCode(42)) {
      let called = CallLog()
      let kept = Interruption.whenInterrupted { called.note("kept") }
      do {
        let dropped = Interruption.whenInterrupted { called.note("dropped") }
        withExtendedLifetime(dropped) { _ in }
      }
      Interruption.withHandler({ called.note("left") }, {})
      Interruption.withHandler({ called.note("within") }) {
        Interruption.request()
        called.wait(for: ["kept", "within"])
      }
      let late = Interruption.whenInterrupted { called.note("late") }
      withExtendedLifetime(late) { _ in }
      withExtendedLifetime(kept) { _ in called.wait(for: ["kept", "late", "within"]) }
      exit(42)
    }
  }

  @Test func `stays ignored if it was when we started, as under nohup`() async {
    await #expect(processExitsWith: .exitCode(42)) {
      signal(SIGHUP, SIG_IGN)
      try Interruption.install()
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGTERM)
      while !Interruption.isRequested { sched_yield() }
      // Had SIGHUP counted, SIGTERM would have been the second.
      exit(42)
    }
  }
}

/// Words from several threads.
private final class CallLog: Sendable {
  private let words = Mutex<Set<String>>([])
  private let noted = DispatchSemaphore(value: 0)

  func note(_ word: String) {
    words.withLock { _ = $0.insert(word) }
    noted.signal()
  }

  /// Waits until the words are exactly these; gives up the process when nothing comes for a minute.
  func wait(for expected: Set<String>) {
    while words.withLock({ $0 }) != expected {
      if noted.wait(timeout: .now() + 60) == .timedOut { exit(9) }
    }
  }
}
