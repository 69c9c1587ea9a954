import Analysis
import Terminal

/// The three answers of a comparison and their exit codes.
enum VerdictText {
  static let exitMeanings: [ExitCode: String] = [
    .success: "same: everything was compared and nothing differs", .findings: "different",
    .failure: "could not tell: something was not compared; or it could not be done",
  ]

  static func exitCode(_ verdict: Verdict) -> ExitCode {
    switch verdict {
    case .same: .success
    case .different: .findings
    case .couldNotTell: .failure
    }
  }

  static func role(_ verdict: Verdict) -> Style.Role {
    switch verdict {
    case .same: .good
    case .different: .bad
    case .couldNotTell: .warning
    }
  }
}
