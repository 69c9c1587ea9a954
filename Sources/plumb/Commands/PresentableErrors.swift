import Engines
import Operations
import SchemaText
import Terminal

// How the errors of the layers below are told to a person, and which exit code they end in.

extension EngineError: PresentableError {
  package var exitCode: ExitCode { kind == .interrupted ? .interrupted : .failure }
}

extension OperationError: PresentableError {}

extension DocumentError: PresentableError {}

extension Interrupted: PresentableError {
  package var message: String { "interrupted; nothing half-done was left behind" }
  package var exitCode: ExitCode { .interrupted }
}

/// What to tell of an error when the user wanted the run to end: whatever fails then fails because of that.
///
/// An error that says what an interruption has left behind is told as it is.
func interruption(behind error: any Error) -> any Error {
  guard Interruption.isRequested else { return error }
  if let error = error as? EngineError, error.kind == .interrupted, error.hint != nil { return error }
  return Interrupted()
}

extension Error {
  /// The error in one line, for a warning about something that a run can do without.
  var summary: String {
    guard let error = self as? any PresentableError else { return "\(self)" }
    return error.message + (error.hint.map { ". \($0)" } ?? "")
  }
}
