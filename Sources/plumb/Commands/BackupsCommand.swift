import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb backups`: lists a store.
struct BackupsCommand: Command {
  let name = "backups"
  let summary = "List the backups of a store: age, size, and whether a drill has proven them."
  let examples = [Example("plumb backups", "The store that plumb.yaml names, else ./backups.")]
  let group = CommandGroup.look
  let exitMeanings: [ExitCode: String] = [
    .findings: "a backup in the store is damaged or failed its last drill"
  ]

  let store = OptionalArgument<String>("store", "The folder that holds the backups.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let store = project.store(arguments[store])
    let entries = try store.entries()
    let drills = project.lastDrills(console)
    switch arguments[format] {
    case .json: try console.print(BackupsText.json(entries, drills: drills).withoutLastLineEnd)
    case .text:
      let lines = BackupsText.lines(
        entries, drills: drills, store: store.path, now: Date(), style: console.style)
      for line in lines { try console.print(line) }
    }
    let isTroubled = entries.contains { entry in
      switch entry {
      case .damaged: true
      case .backup(let manifest): drills[manifest.id]?.verdict == .failed
      }
    }
    return isTroubled ? .findings : .success
  }
}

extension Project {
  /// The newest drill of each backup; none while there is no ledger, or none that can be read.
  func lastDrills(_ console: Console) -> [String: DrillRecord] {
    guard FileManager.default.fileExists(atPath: ledgerPath) else { return [:] }
    do {
      return try Ledger(path: ledgerPath).lastDrills()
    } catch {
      console.warn("drills are not shown: \(error.summary)")
      return [:]
    }
  }
}
