/// Something a command accepts on its command line: a flag, an option, or an argument.
///
/// Declared once, as a `let` of the command; parser, help and completion all read that declaration.
package protocol Parameter<Reading>: Sendable {
  /// What the command gets to see: `Bool` for a flag, a checked value for the rest.
  associatedtype Reading: Sendable

  /// The facts that help and the parser share.
  var declaration: Declaration { get }

  /// Reads the texts given for it, in order; none when it was left out.
  func reading(of texts: [String]) throws(UsageError) -> Reading
}

/// A set of parameters, in order of declaration; a command is one, and several may share a smaller one.
package protocol ParameterGroup: Sendable {}

extension ParameterGroup {
  /// The parameters among the stored properties, those of nested groups included.
  package var parameters: [any Parameter] {
    Mirror(reflecting: self).children.flatMap { child -> [any Parameter] in
      if let parameter = child.value as? any Parameter { return [parameter] }
      return (child.value as? any ParameterGroup)?.parameters ?? []
    }
  }
}

/// What help and completion say about a parameter.
package struct Declaration: Hashable, Sendable {
  /// How a parameter is written.
  package enum Kind: Hashable, Sendable {
    /// Stands alone, as in `--count`.
    case flag(short: Character?)
    /// `value` names what follows, as in `--into <dir>`.
    case option(short: Character?, value: String, isRepeatable: Bool)
    /// Known by its place.
    case argument(isRequired: Bool)
  }

  /// The name without dashes or brackets.
  package let name: String
  /// How it is written, with what only that kind has.
  package let kind: Kind
  /// A sentence for the help.
  package let summary: String
  /// Every value there is; empty for an open set.
  package var choices: [String] = []
  /// The value that stands when none is given.
  package var defaultText: String?

  /// The parameter as messages call it: `--into`, `<from>`.
  package var label: String {
    switch kind {
    case .flag, .option: "--" + name
    case .argument: "<\(name)>"
    }
  }

  /// Whether it is known by its place.
  package var isArgument: Bool {
    switch kind {
    case .flag, .option: false
    case .argument: true
    }
  }

  /// The letter after a single dash.
  package var short: Character? {
    switch kind {
    case .flag(let short), .option(let short, _, _): short
    case .argument: nil
    }
  }

  /// What stands for an option's value in help: `<dir>`, or the choices as in `text|json`.
  package var placeholder: String {
    switch kind {
    case .flag, .argument: ""
    case .option(_, let value, _): choices.isEmpty ? "<\(value)>" : choices.joined(separator: "|")
    }
  }
}
