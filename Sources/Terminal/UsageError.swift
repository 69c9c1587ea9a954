/// A command line that cannot be carried out as written; nothing has been done.
///
/// The cases are the facts; the words are made here and nowhere else.
package enum UsageError: PresentableError, Hashable, Sendable {
  /// The word as written, and the name it may be meant for.
  case unknownCommand(String, nearest: String?)
  /// The option as written, and the one it may be meant for.
  case unknownOption(String, nearest: String?)
  /// A word no place is left for.
  case unexpectedArgument(String)
  /// The argument as help writes it: `<from>`.
  case missingArgument(String)
  /// The option, and how to write it: `--into=<dir>`.
  case missingValue(option: String, form: String)
  /// A flag written with `=value`.
  case unexpectedValue(option: String)
  /// An option of one value given twice.
  case repeatedOption(String)
  /// A value of the wrong kind; `expected` completes "must be", and the parser fills in the parameter.
  case unsuitableValue(String, expected: String, nearest: String? = nil, parameter: String? = nil)
  /// Anything a command itself objects to, such as two options that exclude each other.
  case refused(String, hint: String)

  package var message: String {
    switch self {
    case .unknownCommand(let word, _): "unknown command '\(word)'"
    case .unknownOption(let word, _): "unknown option '\(word)'"
    case .unexpectedArgument(let word): "unexpected argument '\(word)'"
    case .missingArgument(let argument): "missing argument \(argument)"
    case .missingValue(let option, _): "\(option) needs a value"
    case .unexpectedValue(let option): "\(option) takes no value"
    case .repeatedOption(let option): "\(option) is given twice"
    case .unsuitableValue(let text, let expected, _, let parameter):
      "\(parameter ?? "the value") must be \(expected), not '\(text)'"
    case .refused(let message, _): message
    }
  }

  package var hint: String? {
    switch self {
    case .unknownCommand(_, let nearest), .unknownOption(_, let nearest),
      .unsuitableValue(_, _, let nearest, _):
      nearest.map { "Did you mean '\($0)'?" }
    case .missingValue(_, let form): "Write '\(form)'."
    case .refused(_, let hint): hint
    case .unexpectedArgument, .missingArgument, .unexpectedValue, .repeatedOption: nil
    }
  }

  package var exitCode: ExitCode { .usage }

  /// Returns the same error about a named parameter; a value type does not know which one it is read for.
  func naming(_ label: String) -> UsageError {
    switch self {
    case .unsuitableValue(let text, let expected, let nearest, _):
      .unsuitableValue(text, expected: expected, nearest: nearest, parameter: label)
    case .unknownCommand, .unknownOption, .unexpectedArgument, .missingArgument, .missingValue,
      .unexpectedValue, .repeatedOption, .refused:
      self
    }
  }
}
