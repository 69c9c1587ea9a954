/// Why a script's rows cannot be restored apart from its structure.
package struct ScriptObjection: Error, Hashable, Sendable {
  /// From 1.
  package var line: Int
  /// A fact, in lower case.
  package var reason: String
  /// What to do, as a sentence.
  package var hint: String

  /// What is always possible: psql does what a script says, one statement after the other.
  package static let loadItFirst =
    "Load it into an empty database with psql, take a backup of that with 'plumb backup', and name the backup."

  init(line: Int, _ reason: String, hint: String = ScriptObjection.loadItFirst) {
    self.line = line
    self.reason = reason
    self.hint = hint
  }
}
