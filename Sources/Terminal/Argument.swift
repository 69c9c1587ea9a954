/// A value known by its place, which must be given: `<from>`.
package struct Argument<Value: CommandLineValue>: Parameter {
  package let declaration: Declaration

  /// Declares the next place on the command line; `name` is what help calls it.
  package init(_ name: String, _ summary: String) {
    declaration = Declaration(
      name: name, kind: .argument(isRequired: true), summary: summary, choices: Value.choices)
  }

  package func reading(of texts: [String]) throws(UsageError) -> Value {
    guard let text = texts.first else { throw .missingArgument(declaration.label) }
    return try Value(commandLine: text)
  }
}

/// A value known by its place, which may be left out; declare it after those that must be given.
package struct OptionalArgument<Value: CommandLineValue>: Parameter {
  package let declaration: Declaration

  /// Declares the next place on the command line; `name` is what help calls it.
  package init(_ name: String, _ summary: String) {
    declaration = Declaration(
      name: name, kind: .argument(isRequired: false), summary: summary, choices: Value.choices)
  }

  package func reading(of texts: [String]) throws(UsageError) -> Value? {
    guard let text = texts.first else { return nil }
    return try Value(commandLine: text)
  }
}
