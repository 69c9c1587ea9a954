/// A named value with a default: `--format json`.
package struct Option<Value: CommandLineValue>: Parameter {
  package let declaration: Declaration
  private let standard: Value

  /// Declares `--name VALUE`; help calls an open value `value`, and lists a closed set instead.
  package init(
    _ name: String, short: Character? = nil, value: String = "value", default standard: Value,
    _ summary: String
  ) {
    declaration = Declaration(
      name: name, kind: .option(short: short, value: value, isRepeatable: false), summary: summary,
      choices: Value.choices, defaultText: standard.commandLineText)
    self.standard = standard
  }

  package func reading(of texts: [String]) throws(UsageError) -> Value {
    guard let text = texts.last else { return standard }
    return try Value(commandLine: text)
  }
}

/// A named value that may be left out: `nil` then.
package struct OptionalOption<Value: CommandLineValue>: Parameter {
  package let declaration: Declaration

  /// Declares `--name VALUE`; see ``Option``.
  package init(_ name: String, short: Character? = nil, value: String = "value", _ summary: String) {
    declaration = Declaration(
      name: name, kind: .option(short: short, value: value, isRepeatable: false), summary: summary,
      choices: Value.choices)
  }

  package func reading(of texts: [String]) throws(UsageError) -> Value? {
    guard let text = texts.last else { return nil }
    return try Value(commandLine: text)
  }
}

/// A named value that may be given any number of times; its values keep their order.
package struct RepeatedOption<Value: CommandLineValue>: Parameter {
  package let declaration: Declaration

  /// Declares `--name VALUE`; see ``Option``.
  package init(_ name: String, short: Character? = nil, value: String = "value", _ summary: String) {
    declaration = Declaration(
      name: name, kind: .option(short: short, value: value, isRepeatable: true), summary: summary,
      choices: Value.choices)
  }

  package func reading(of texts: [String]) throws(UsageError) -> [Value] {
    var values: [Value] = []
    for text in texts { values.append(try Value(commandLine: text)) }
    return values
  }
}
