/// The question before a dangerous act: its object must be named, by `--confirm NAME` or by typing it.
///
/// A command that destroys something declares one: `let confirmation = Confirmation()`.
package struct Confirmation: ParameterGroup {
  /// The name, when it is given in advance.
  package let confirm = OptionalOption<String>(
    "confirm", value: "name", "Go ahead without asking; the name must be that of what is overwritten.")

  /// Declares `--confirm` for a command.
  package init() {}

  /// Returns when the act may go ahead.
  ///
  /// Asks only if a person sits at the terminal. `act` completes "this will", as in "replace 14 tables of 'shop'".
  /// - Throws: `UsageError.refused` when the name is wrong or missing; nothing has been done then.
  package func require(
    _ name: String, to act: String, _ arguments: ParsedArguments, on console: Console
  ) throws(UsageError) {
    if let given = arguments[confirm] {
      guard given == name else {
        throw .refused(
          "--confirm names '\(given)', but this would \(act)",
          hint: "Check which one you mean; nothing was changed.")
      }
      return
    }
    guard console.surroundings.isInputTerminal, console.surroundings.notes.isTerminal else {
      throw .refused(
        "this would \(act), and nobody is at the terminal to confirm it",
        hint: "Add '--confirm \(name)' if you mean it.")
    }
    let typed = console.ask("This will \(act).\nType '\(name)' to go ahead: ") ?? ""
    guard typed == name else {
      throw .refused(
        "not confirmed; nothing was changed", hint: "Type the name exactly, or add '--confirm \(name)'.")
    }
  }
}
