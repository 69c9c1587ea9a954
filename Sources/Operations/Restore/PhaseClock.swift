import Engines
import SchemaModel

/// What a restore tells while it runs.
package enum RestoreProgress: Hashable, Sendable {
  /// A phase has begun.
  case phase(String)
  /// So many rows more of so many in all have been loaded.
  case rows(Int, of: Int)
}

/// Times the phases of a long act into a timeline, and says when each begins.
struct PhaseClock {
  /// What a phase says of itself at its end.
  enum Outcome {
    case note(String?)
    case rows(Int)
    case bytes(Int, String)
  }

  let progress: @Sendable (RestoreProgress) -> Void
  private let clock = ContinuousClock()

  init(progress: @escaping @Sendable (RestoreProgress) -> Void) { self.progress = progress }

  /// Runs a phase and writes its line; a phase that throws leaves none.
  mutating func phase(
    _ name: String, into timeline: inout Timeline, _ body: () throws -> Outcome
  ) throws {
    try phase(name, into: &timeline) { ((), try body()) }
  }

  /// Runs a phase that makes something.
  mutating func phase<Value>(
    _ name: String, into timeline: inout Timeline, _ body: () throws -> (Value, Outcome)
  ) throws -> Value {
    progress(.phase(name))
    try Interruption.check()
    let begin = clock.now
    let (value, outcome) = try body()
    var phase = Timeline.Phase(name: name, seconds: (clock.now - begin).inSeconds)
    switch outcome {
    case .note(let note): phase.note = note
    case .rows(let count): phase.rowCount = count
    case .bytes(let count, let note):
      phase.byteCount = count
      phase.note = note
    }
    timeline.phases.append(phase)
    return value
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
