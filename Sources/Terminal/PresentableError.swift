/// An error that knows how to tell a person what happened and what to do.
package protocol PresentableError: Error {
  /// One line, a fact in lower case, without a full stop.
  var message: String { get }
  /// Further facts, a line each: which object, which position, the server's own words.
  var detail: [String] { get }
  /// A sentence that says what to do; `nil` unless it is likely to be right.
  var hint: String? { get }
  /// The code the program ends with; `.failure` unless the error says otherwise.
  var exitCode: ExitCode { get }
}

extension PresentableError {
  package var detail: [String] { [] }
  package var hint: String? { nil }
  package var exitCode: ExitCode { .failure }
}

/// What standard error shows for an error that ended a run.
struct ErrorReport {
  private var message: String
  private var detail: [String]
  var hint: String?
  let exitCode: ExitCode

  /// Takes any error; one that is not presentable gives its description, first line first.
  init(_ error: any Error) {
    if let error = error as? any PresentableError {
      (message, detail, hint, exitCode) = (error.message, error.detail, error.hint, error.exitCode)
    } else {
      let lines = "\(error)".split(separator: "\n").map(String.init)
      (message, detail, hint, exitCode) = (lines.first ?? "", Array(lines.dropFirst()), nil, .failure)
    }
  }

  /// Returns `program: message`, then the indented detail and hint; control characters are made visible.
  func text(program: String, style: Style) -> String {
    let facts = detail.flatMap { $0.split(separator: "\n") }.map { "  " + String($0).withVisibleControls }
    let advice = hint.map { "  " + style(.strong, "hint:") + " " + $0.withVisibleControls }
    let first = style(.bad, program + ":") + " " + message.withVisibleControls
    return ([first] + facts + (advice.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
