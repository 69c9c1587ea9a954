import Dispatch
import Synchronization

/// A table's rows, read and made large by one thread ahead of those that load them.
///
/// Several connections may take from one feed: so one table is loaded by all of them at once.
final class RowFeed: Sendable {
  private struct State {
    var ready: [RowBlock] = []
    var isFinished = false
    var failure: EngineError?
  }

  private let state = Mutex(State())
  /// Counts blocks that are ready, and one for each taker when there will be no more.
  private let filled = DispatchSemaphore(value: 0)
  /// Blocks that may be filled; given back by those that took them.
  private let spare: Mutex<[RowBlock]>
  private let free: DispatchSemaphore

  /// Begins to read on a thread of its own.
  ///
  /// - Parameters:
  ///   - takers: how many threads take from it: blocks are kept for each, and one ahead.
  ///   - open: opens the rows; called on the feed's own thread.
  init(
    takers: Int, open: @escaping @Sendable () throws(EngineError) -> RowBlockReader
  ) throws(EngineError) {
    let depth = takers * 2 + 1
    spare = Mutex((0..<depth).map { _ in RowBlock() })
    // Counted up from 0: a semaphore must not end below where it began.
    free = DispatchSemaphore(value: 0)
    for _ in 0..<depth { free.signal() }
    try translatingFailures(of: "rows were loaded") {
      try DetachedThread.run { [self] in
        do throws(EngineError) {
          try read(open)
          finish(nil)
        } catch {
          finish(error)
        }
      }
    }
  }

  private func read(_ open: () throws(EngineError) -> RowBlockReader) throws(EngineError) {
    var reader = try open()
    while true {
      free.wait()
      guard !state.withLock({ $0.isFinished }), let block = spare.withLock({ $0.popLast() }) else { return }
      if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while rows were loaded") }
      guard try reader.fill(block) else { return }
      state.withLock { $0.ready.append(block) }
      filled.signal()
    }
  }

  private func finish(_ failure: EngineError?) {
    state.withLock {
      $0.isFinished = true
      $0.failure = $0.failure ?? failure
    }
    filled.signal()
  }

  /// The next block; `nil` when all have been taken or the feed was stopped.
  ///
  /// - Throws: what stopped the reading.
  func next() throws(EngineError) -> RowBlock? {
    filled.wait()
    let (block, failure) = state.withLock { state -> (RowBlock?, EngineError?) in
      (state.ready.isEmpty ? nil : state.ready.removeFirst(), state.failure)
    }
    if let block { return block }
    // The one signal of the end is passed on to the next who waits.
    filled.signal()
    if let failure { throw failure }
    return nil
  }

  /// Gives a block back to be filled anew.
  func giveBack(_ block: RowBlock) {
    spare.withLock { $0.append(block) }
    free.signal()
  }

  /// Ends the reading: one of those that load could not go on.
  func stop() {
    state.withLock {
      $0.isFinished = true
      $0.ready = []
    }
    free.signal()
    filled.signal()
  }
}
