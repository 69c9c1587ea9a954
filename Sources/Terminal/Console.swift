import Synchronization

/// What a command talks through: results, notes, progress, and a question if need be.
///
/// Safe to use from several threads; lines never run into each other or into the progress line.
package final class Console: Sendable {
  /// For text that goes to ``print(_:)``.
  package let style: Style
  /// For text that goes to ``note(_:)`` and ``warn(_:)``.
  package let noteStyle: Style
  /// Whether notes and progress are unwanted.
  package let isQuiet: Bool
  /// The streams and the environment behind it, for a command that runs others.
  package let surroundings: Surroundings
  /// Whether a progress line stands on the terminal now; also keeps writers apart.
  private let isStatusShown = Mutex(false)

  /// Opens the console of one run.
  package init(_ surroundings: Surroundings, isColorRefused: Bool, isQuiet: Bool) {
    self.surroundings = surroundings
    self.isQuiet = isQuiet
    let environment = surroundings.environment
    style = Style(
      isTerminal: surroundings.output.isTerminal, environment: environment, isColorRefused: isColorRefused)
    noteStyle = Style(
      isTerminal: surroundings.notes.isTerminal, environment: environment, isColorRefused: isColorRefused)
  }

  /// The environment variables of the run.
  package var environment: [String: String] { surroundings.environment }

  /// The width of standard output in cells; 80 when it is not a terminal.
  package var width: Int { surroundings.output.width ?? 80 }

  /// Writes a result and a line end to standard output.
  package func print(_ text: String) throws(OutputError) {
    try isStatusShown.withLock { (isShown) throws(OutputError) in
      clear(&isShown)
      try surroundings.output.write(text + "\n")
    }
  }

  /// Writes a line about the run to standard error, unless `--quiet`.
  package func note(_ text: String) {
    if !isQuiet { tell(text) }
  }

  /// Writes a line that matters even with `--quiet` to standard error.
  package func warn(_ text: String) {
    tell(noteStyle(.warning, "warning:") + " " + text)
  }

  /// Starts a progress line; see ``ProgressLine``.
  package func progress(_ label: String, total: Int? = nil, of unit: ProgressLine.Unit) -> ProgressLine {
    ProgressLine(label, total: total, of: unit, on: self)
  }

  /// Writes a line to standard error; when even that is closed there is nobody left to tell.
  func tell(_ text: String) {
    isStatusShown.withLock { isShown in
      clear(&isShown)
      try? surroundings.notes.write(text + "\n")
    }
  }

  /// Asks for a line on the terminal.
  func ask(_ question: String) -> String? {
    isStatusShown.withLock { isShown in
      clear(&isShown)
      try? surroundings.notes.write(question)
      return surroundings.readLine()
    }
  }

  /// Whether a line on standard error can be drawn over.
  var canRedraw: Bool { surroundings.notes.isTerminal && environment["TERM"] != "dumb" }

  /// Draws the progress line over the one before.
  func showStatus(_ line: String) {
    isStatusShown.withLock { isShown in
      isShown = true
      let fitting = line.truncated(toCells: (surroundings.notes.width ?? 80) - 1)
      try? surroundings.notes.write("\r" + fitting + "\u{1B}[K")
    }
  }

  /// Takes the progress line away, if there is one.
  func clearStatus() {
    isStatusShown.withLock { clear(&$0) }
  }

  private func clear(_ isShown: inout Bool) {
    guard isShown else { return }
    isShown = false
    try? surroundings.notes.write("\r\u{1B}[K")
  }
}
