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
