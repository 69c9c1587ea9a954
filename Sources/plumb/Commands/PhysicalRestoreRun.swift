import Analysis
import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

extension RestoreCommand {
  /// Restores a server's files into a data directory.
  func runPhysical(
    _ location: PhysicalLocation, _ arguments: ParsedArguments, on console: Console
  ) throws -> ExitCode {
    guard !arguments[into].contains("://"), !arguments[into].contains("=") else {
      throw UsageError.refused(
        "a physical backup is restored into a folder, not into a database",
        hint: "Name the data directory to be: --into /var/lib/postgresql/15/restored.")
    }
    let restore = PhysicalRestore(location, into: arguments[into], now: { Date() })
    let state = try restore.state()
    let plan = try location.plan(for: try physical.target(arguments))
    for warning in plan.warnings { console.warn(warning) }
    switch state {
    case .missing, .empty: break
    case .occupied(let name, let isDataDirectory):
      try confirmation.require(
        name,
        to:
          "replace \(isDataDirectory ? "the server's files" : "what is") in '\(name)' with backup \(plan.backup.label)",
        arguments, on: console)
    }
    let progress = RestoreProgressText(console)
    let report = try restore.run(plan, over: state) { progress.tell($0) }
    progress.finish()
    switch arguments[format] {
    case .json: try console.print(PhysicalRestoreText.json(report).withoutLastLineEnd)
    case .text:
      for line in PhysicalRestoreText.lines(report, style: console.style) { try console.print(line) }
    }
    return .success
  }
}
