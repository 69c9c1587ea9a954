/// Why a script's rows cannot be restored apart from its structure.
package struct ScriptObjection: Error, Hashable, Sendable {
  /// From 1.
  package var line: Int
  /// A fact, in lower case.
  package var reason: String
  /// What to do, as a sentence.
  package var hint: String
  /// Whether psql could run the script as it stands.
  package var isAboutOrder: Bool

  /// What can be done when psql takes the script and we do not.
  package static let loadItFirst =
    "Load it into an empty database with psql, take a backup of that with 'plumb backup', and name the backup."

  init(line: Int, _ reason: String, hint: String = ScriptObjection.loadItFirst, isAboutOrder: Bool = false) {
    self.line = line
    self.reason = reason
    self.hint = hint
    self.isAboutOrder = isAboutOrder
  }

  /// What only comes out right when every statement is run in its place.
  static func order(line: Int, _ reason: String) -> ScriptObjection {
    ScriptObjection(line: line, reason, isAboutOrder: true)
  }
}
