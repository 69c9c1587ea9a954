import Dispatch
import Synchronization

extension ParallelWork {
  /// Does every job, and those that become possible when one is done, on threads with a context each.
  ///
  /// What a job makes possible is done before what was waiting: its data are still in memory. After the first error
  /// no further job is begun, and that error is thrown.
  /// - Parameter perform: does a job, told how many workers have nothing to do at its beginning; returns the jobs that
  ///   can be done from now on, the first to be begun first.
  package static func growing<Job: Sendable, Context>(
    _ jobs: [Job], workers: Int, context: @Sendable () throws -> Context,
    perform: @Sendable (_ context: Context, _ job: Job, _ idleCount: Int) throws -> [Job]
  ) throws {
    guard !jobs.isEmpty else { return }
    let workers = max(workers, 1)
    let state = Mutex(Pending(jobs: jobs))
    // Counted up from 0: a semaphore must not end below where it began.
    let ready = DispatchSemaphore(value: 0)
    for _ in jobs { ready.signal() }
    @Sendable func wakeAll() { for _ in 0..<workers { ready.signal() } }
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do {
        var own: Context?
        while true {
          ready.wait()
          guard let (job, idleCount) = state.withLock({ $0.take(workers: workers) }) else { return }
          let context = try own ?? context()
          own = context
          let further = try perform(context, job, idleCount)
          let isLast = state.withLock { $0.finish(adding: further) }
          for _ in further { ready.signal() }
          if isLast { wakeAll() }
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
        wakeAll()
      }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private struct Pending<Job: Sendable>: Sendable {
    var jobs: [Job]
    var runningCount = 0
    var failure: (any Error)?

    init(jobs: [Job]) { self.jobs = jobs }

    /// The next job, and how many workers there is none for.
    mutating func take(workers: Int) -> (Job, idleCount: Int)? {
      guard failure == nil, !jobs.isEmpty else { return nil }
      runningCount += 1
      return (jobs.removeFirst(), max(workers - runningCount - jobs.count, 0))
    }

    /// Whether nothing is left to be done.
    mutating func finish(adding further: [Job]) -> Bool {
      runningCount -= 1
      jobs.insert(contentsOf: further, at: 0)
      return jobs.isEmpty && runningCount == 0
    }
  }
}
