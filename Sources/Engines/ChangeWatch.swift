import Foundation
import SchemaModel

/// The engine's half of a watch: a connection that stays open, notices that the structure may have changed, and
/// reads it.
package protocol ChangeWatch: AnyObject {
  /// How changes are noticed here; another one after ``hasChanged()`` when event triggers were made or removed.
  var manner: WatchManner { get }

  /// Waits until somebody says that something changed, the deadline comes, or the process is asked to end.
  ///
  /// - Throws: `EngineError` of kind `connectionLost` as soon as the connection is gone.
  func wait(until deadline: ContinuousClock.Instant) throws(EngineError) -> WatchWake

  /// Looks, cheaply, whether the structure may have changed since it was last asked.
  ///
  /// A change that was noticed is said once: read the schema then. The first look is taken when the watch is opened.
  func hasChanged() throws(EngineError) -> Bool

  /// The structure, with the statements that were recorded and not yet handed out, all as of one moment.
  func look() throws(EngineError) -> WatchedSchema
}

/// What ended a wait.
package enum WatchWake: Hashable, Sendable {
  /// A commit that changed something was announced.
  case announced
  case deadline
  /// The process was asked to end.
  case interrupted
}

/// How a watch notices changes.
package enum WatchManner: Hashable, Sendable {
  /// Event triggers record each statement and announce its commit.
  case announced
  /// Event triggers record each statement; nobody can be woken here, so it is looked for.
  case recorded(because: String)
  /// It is looked for, and who made a change stays unknown.
  case polled(because: String)

  /// Whether who made a change is known.
  package var tellsWho: Bool {
    switch self {
    case .announced, .recorded: true
    case .polled: false
    }
  }
}

/// A structure as a watch found it.
package struct WatchedSchema {
  package var schema: Schema
  /// In the order in which they were carried out; empty where nothing is recorded.
  package var statements: [RecordedStatement]
}
