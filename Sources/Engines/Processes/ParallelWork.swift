import Dispatch
import Synchronization

/// Work shared out over threads, each with a context of its own, such as a connection.
package enum ParallelWork {
  /// Does every job and returns what came of each, in the jobs' order.
  ///
  /// Jobs are handed out in order, so put the largest first. A context is made on the thread that uses
  /// it and never leaves it. After the first error no further job is begun, and that error is thrown.
  package static func run<Job: Sendable, Context, Output: Sendable>(
    _ jobs: [Job], workers: Int, context: @Sendable () throws -> Context,
    perform: @Sendable (Context, Job) throws -> Output
  ) throws -> [Output] {
    let state = Mutex(Progress<Output>(count: jobs.count))
    DispatchQueue.concurrentPerform(iterations: min(max(workers, 1), jobs.count)) { _ in
      do {
        let own = try context()
        while let next = state.withLock({ $0.takeJob() }) {
          let output = try perform(own, jobs[next])
          state.withLock { $0.outputs[next] = output }
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let progress = state.withLock { $0 }
    if let failure = progress.failure { throw failure }
    return progress.outputs.compactMap(\.self)
  }

  /// Does one thing on a thread of its own while another is done on this one, and waits for both.
  ///
  /// - Throws: what the first threw, else what the second threw, whichever came sooner.
  package static func both<First: Sendable, Second>(
    _ first: @escaping @Sendable () throws -> First, _ second: () throws -> Second
  ) throws -> (First, Second) {
    let outcome = Handover<Result<First, any Error>>()
    do {
      try DetachedThread.run { outcome.deliver(Result(catching: first)) }
    } catch {
      outcome.deliver(Result(catching: first))
    }
    let second = Result(catching: second)
    return (try outcome.take().get(), try second.get())
  }

  private struct Progress<Output: Sendable>: Sendable {
    var next = 0
    var outputs: [Output?]
    var failure: (any Error)?

    init(count: Int) { outputs = Array(repeating: nil, count: count) }

    /// The position of the next job; `nil` when there is none, or one has failed.
    mutating func takeJob() -> Int? {
      guard failure == nil, next < outputs.count else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
