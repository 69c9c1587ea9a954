import Synchronization

/// A table whose rows several connections load at once, from one feed.
///
/// Each connection loads its share in a transaction of its own. What one of them could not load, none has loaded.
final class SharedTable: Sendable {
  /// What one share came to.
  enum Share: Sendable {
    case loaded(LoadedRows)
    case failed(EngineError)
  }

  /// What the end of a share means for the table.
  enum End: Sendable {
    case othersAreAtWork
    /// The last share is done: all rows are there.
    case loaded(LoadedRows)
    /// The last share is done, and a row was refused: the table is empty again.
    case violated
    /// The last share is done, and a row could not be sent in binary form: the table is empty again.
    case needsText
  }

  private struct State {
    var feed: RowFeed?
    var remaining: Int
    var rows: LoadedRows?
    var isViolated = false
    var needsText = false
    var hasFailed = false
    var toldCount = 0
  }

  let table: PostgresLoader.Table
  private let archive: PostgresArchive
  let takers: Int
  private let state: Mutex<State>

  init(_ table: PostgresLoader.Table, takers: Int, of archive: PostgresArchive) {
    self.table = table
    self.archive = archive
    self.takers = takers
    state = Mutex(State(remaining: takers))
  }

  /// The feed that all take from; the first who asks opens it.
  func feed() throws(EngineError) -> RowFeed {
    let outcome = state.withLock { state -> Result<RowFeed, EngineError> in
      if let feed = state.feed { return .success(feed) }
      do throws(EngineError) {
        let feed = try RowFeed(takers: takers) { [archive, entry = table.entry] () throws(EngineError) in
          try archive.rows(of: entry)
        }
        state.feed = feed
        return .success(feed)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Counts rows that progress is told of; these rows.
  func tell(_ rowCount: Int) -> Int {
    state.withLock { $0.toldCount += rowCount }
    return rowCount
  }

  /// Rows that progress was told of.
  var toldCount: Int { state.withLock { $0.toldCount } }

  /// Ends a share.
  ///
  /// - Parameter empty: takes back what other shares loaded; called by the last one, if the table must be loaded anew.
  func finish(_ share: Share, emptying empty: () throws(EngineError) -> Void) throws(EngineError) -> End {
    let (isLast, takenBack, rows) = state.withLock { state in
      switch share {
      case .loaded(let rows):
        if var sum = state.rows {
          sum.add(rows)
          state.rows = sum
        } else {
          state.rows = rows
        }
      case .failed(let error):
        state.feed?.stop()
        if error.saysRowsAreText {
          state.needsText = true
        } else if error.mayLieInRules {
          state.isViolated = true
        } else {
          state.hasFailed = true
        }
      }
      state.remaining -= 1
      let end: End? = state.needsText ? .needsText : state.isViolated ? .violated : nil
      return (state.remaining == 0 && !state.hasFailed, end, state.rows)
    }
    guard isLast else { return .othersAreAtWork }
    if let takenBack {
      try empty()
      return takenBack
    }
    return rows.map { .loaded($0) } ?? .othersAreAtWork
  }
}
