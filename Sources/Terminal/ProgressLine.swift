import Synchronization

/// How far a long step has come, on standard error.
///
/// On a terminal one line is redrawn in place, at most ten times a second. In a log there is one line per tenth,
/// or one every thirty seconds while the total is unknown. With `--quiet` there is nothing. Any thread may report.
package final class ProgressLine: Sendable {
  /// What is counted.
  package enum Unit: Hashable, Sendable {
    /// Shown as `1.2 GB`.
    case bytes
    /// Things by their plural: `rows`.
    case things(String)
  }

  private struct State {
    var done = 0
    var drawn: Duration?
    var loggedTenth = 0
  }

  private let label: String
  private let total: Int?
  private let unit: Unit
  private let console: Console
  private let start: Duration
  private let state = Mutex(State())

  /// Starts at nothing done and shows it.
  init(_ label: String, total: Int?, of unit: Unit, on console: Console) {
    self.label = label.withVisibleControls
    self.total = total
    self.unit = unit
    self.console = console
    start = console.surroundings.now()
    advance(by: 0)
  }

  /// Adds to what is done.
  package func advance(by amount: Int) {
    state.withLock { state in
      state.done += amount
      show(&state)
    }
  }

  /// Takes the line off the terminal.
  package func finish() {
    console.clearStatus()
  }

  private func show(_ state: inout State) {
    guard !console.isQuiet else { return }
    let now = console.surroundings.now()
    let sinceDrawn = state.drawn.map { now - $0 }
    if console.canRedraw {
      guard sinceDrawn.map({ $0 >= .milliseconds(100) }) ?? true else { return }
      console.showStatus(text(state.done, after: now - start))
    } else if let total {
      let tenth = total > 0 ? min(state.done, total) * 10 / total : 0
      guard tenth > state.loggedTenth else { return }
      state.loggedTenth = tenth
      console.note(text(state.done, after: now - start))
    } else {
      guard (sinceDrawn ?? now - start) >= .seconds(30) else { return }
      console.note(text(state.done, after: now - start))
    }
    state.drawn = now
  }

  /// Returns the line, with rate and remaining time once a second has passed.
  private func text(_ done: Int, after elapsed: Duration) -> String {
    var parts: [String] = []
    if let total, total > 0 {
      parts.append("\(min(done, total) * 100 / total)%")
      parts.append("\(amount(done)) of \(amount(total))\(noun)")
    } else if done > 0 {
      parts.append(amount(done) + noun)
    } else {
      // Nothing to count, or nothing counted yet: that something is being done is all there is to say.
      return label + " ..." + (elapsed >= .seconds(1) ? " \(HumanText.duration(elapsed))" : "")
    }
    if elapsed >= .seconds(1), let rate = HumanText.perSecond(done, in: elapsed), rate > 0 {
      parts.append("\(amount(rate))\(noun)/s")
      if let total, total > done {
        let remaining = elapsed * Double(total - done) / Double(done)
        parts.append(HumanText.duration(remaining) + " left")
      } else {
        parts.append(HumanText.duration(elapsed))
      }
    }
    return label + ": " + parts.joined(separator: ", ")
  }

  private func amount(_ number: Int) -> String {
    switch unit {
    case .bytes: HumanText.bytes(number)
    case .things: HumanText.count(number)
    }
  }

  private var noun: String {
    switch unit {
    case .bytes: ""
    case .things(let plural): " " + plural
    }
  }
}
