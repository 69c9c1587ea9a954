import Engines
import SchemaModel
import Synchronization

/// A quarantine that takes rows in while other tables are still being loaded.
///
/// Whoever owns the quarantine does nothing with it before all rows are loaded, and tables come one after the other: that is
/// why it may cross threads.
final class EarlyQuarantine: RowSettler, @unchecked Sendable {
  private let quarantine: Quarantine
  private let turn = Mutex(())

  init(_ quarantine: Quarantine) { self.quarantine = quarantine }

  func settle(_ dirty: DirtyTable) throws -> Bool {
    let constraints = Set(dirty.brokenRows.keys).union(dirty.refused)
    // Another policy changes rows that stay, or lets a constraint stay as it is: that is settled with all others.
    guard constraints.allSatisfy(quarantine.takesAway) else { return false }
    try turn.withLock { _ in
      _ = try quarantine.settle(
        violating: Array(constraints), sharing: dirty.sharedKeys, at: dirty.brokenRows)
    }
    return true
  }
}
