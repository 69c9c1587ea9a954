/// A type whose values can be written on the command line.
///
/// An enum of strings conforms by saying so: `enum Format: String, CaseIterable, CommandLineValue`.
package protocol CommandLineValue: Sendable {
  /// Reads a value.
  ///
  /// - Throws: `UsageError.unsuitableValue` with what was expected; the parser adds the parameter's name.
  init(commandLine text: String) throws(UsageError)

  /// The text that reads as this value; help shows it for a default.
  var commandLineText: String { get }

  /// Every text there is, in the order help lists them; empty for an open set.
  static var choices: [String] { get }
}

extension CommandLineValue {
  package var commandLineText: String { "\(self)" }
  package static var choices: [String] { [] }
}

extension CommandLineValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  package init(commandLine text: String) throws(UsageError) {
    guard let value = Self(rawValue: text) else {
      throw .unsuitableValue(
        text, expected: HumanText.alternatives(Self.choices),
        nearest: Spelling.nearest(to: text, among: Self.choices))
    }
    self = value
  }

  package var commandLineText: String { rawValue }
  package static var choices: [String] { allCases.map(\.rawValue) }
}

extension String: CommandLineValue {
  package init(commandLine text: String) { self = text }
}

extension Int: CommandLineValue {
  package init(commandLine text: String) throws(UsageError) {
    guard let number = Int(text) else { throw .unsuitableValue(text, expected: "a whole number") }
    self = number
  }
}
