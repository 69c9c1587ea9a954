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
    let board = JobBoard<Job, Never>(jobs, workers: max(workers, 1))
    DispatchQueue.concurrentPerform(iterations: max(workers, 1)) { _ in
      var own: Context?
      board.work { job, idleCount in
        let context = try own ?? context()
        own = context
        return (nil, try perform(context, job, idleCount))
      }
    }
    try board.finish { _ in }
  }

  /// Does every job, and those that become possible when one is done, on this thread with a context that is there, and on
  /// others as far as they get a context.
  ///
  /// A helper that gets none, or too late, is not missed.
  /// - Parameters:
  ///   - perform: does a job; returns what came of it, and the jobs that can be done from now on.
  ///   - tell: told on this thread what came of each job, soon after it was done.
  static func assisted<Job: Sendable, Context, Output: Sendable>(
    _ jobs: [Job], own: Context, helpers: Int, context: @escaping @Sendable () throws -> Context,
    perform: @escaping @Sendable (_ context: Context, _ job: Job) throws -> (Output, next: [Job]),
    tell: (Output) -> Void
  ) throws {
    guard !jobs.isEmpty else { return }
    let board = JobBoard<Job, Output>(jobs, workers: helpers + 1)
    for _ in 0..<helpers {
      // Without a thread there is one helper less.
      try? DetachedThread.run {
        guard let context = try? context() else { return }
        board.work { job, _ in try perform(context, job) }
      }
    }
    board.work { job, _ in
      for output in board.takeOutputs() { tell(output) }
      return try perform(own, job)
    }
    try board.finish(tell)
  }
}

/// Jobs that several workers take one after the other, and to which they add.
private final class JobBoard<Job: Sendable, Output: Sendable>: Sendable {
  private struct State: Sendable {
    var jobs: [Job]
    var runningCount = 0
    var failure: (any Error)?
    /// Of the jobs that are done, not yet taken.
    var outputs: [Output] = []

    var isOver: Bool { runningCount == 0 && (jobs.isEmpty || failure != nil) }
  }

  private let workers: Int
  private let state: Mutex<State>
  // Counted up from 0: a semaphore must not end below where it began.
  private let ready = DispatchSemaphore(value: 0)
  private let over = DispatchSemaphore(value: 0)

  init(_ jobs: [Job], workers: Int) {
    self.workers = workers
    state = Mutex(State(jobs: jobs))
    for _ in jobs { ready.signal() }
  }

  /// Does jobs as one of the workers until none is left, or one has failed.
  func work(_ perform: (_ job: Job, _ idleCount: Int) throws -> (Output?, next: [Job])) {
    while true {
      ready.wait()
      guard let (job, idleCount) = take() else { return }
      do {
        let (output, next) = try perform(job, idleCount)
        end { state in
          state.jobs.insert(contentsOf: next, at: 0)
          if let output { state.outputs.append(output) }
        }
        for _ in next { ready.signal() }
      } catch {
        end { $0.failure = $0.failure ?? error }
      }
    }
  }

  /// Waits for jobs that others are at.
  ///
  /// - Throws: what the first job threw that failed.
  func finish(_ tell: (Output) -> Void) throws {
    over.wait()
    for output in takeOutputs() { tell(output) }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// What came of the jobs that were done since this was last asked.
  func takeOutputs() -> [Output] {
    state.withLock { state in
      defer { state.outputs = [] }
      return state.outputs
    }
  }

  /// The next job, and how many workers there is none for.
  private func take() -> (Job, idleCount: Int)? {
    state.withLock { state in
      guard state.failure == nil, !state.jobs.isEmpty else { return nil }
      state.runningCount += 1
      return (state.jobs.removeFirst(), max(workers - state.runningCount - state.jobs.count, 0))
    }
  }

  /// Notes what came of a job; after the last one, lets all workers go.
  private func end(_ change: (inout State) -> Void) {
    let (isOver, hasFailed) = state.withLock { state in
      state.runningCount -= 1
      change(&state)
      return (state.isOver, state.failure != nil)
    }
    if isOver { over.signal() }
    if isOver || hasFailed { for _ in 0..<workers { ready.signal() } }
  }
}
