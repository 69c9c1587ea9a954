/// A switch without a value: `--verbose`.
package struct Flag: Parameter {
  package let declaration: Declaration

  /// Declares `--name`, and `-s` where one letter is customary.
  package init(_ name: String, short: Character? = nil, _ summary: String) {
    declaration = Declaration(name: name, kind: .flag(short: short), summary: summary)
  }

  package func reading(of texts: [String]) -> Bool { !texts.isEmpty }
}
