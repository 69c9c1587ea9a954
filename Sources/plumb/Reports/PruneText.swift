import Analysis
import Operations
import SchemaModel
import SchemaText
import Terminal

/// What a prune removed, or would remove, and why the rest stays.
enum PruneText {
  static func lines(
    _ retention: Retention, outcomes: [(backup: CatalogedBackup, outcome: Prune.Outcome)], isDry: Bool,
    style: Style
  ) -> [String] {
    guard !retention.decisions.isEmpty else { return ["There is no backup to judge."] }
    var table = TextTable([.text("backup"), .text(""), .text("because")])
    for decision in retention.decisions {
      let (act, reason) = words(decision, outcomes: outcomes, isDry: isDry)
      table.add([.init(decision.backup.id), act, .init(reason)])
    }
    let leaving = retention.decisions.filter(\.mayGo)
    let bytes = leaving.reduce(0) { $0 + $1.backup.storedByteCount }
    let summary =
      leaving.isEmpty
      ? "Nothing goes."
      : "\(HumanText.count(leaving.count, "backup")) \(isDry ? "would go" : "had to go"), "
        + "\(HumanText.bytes(bytes))."
    return table.lines(style: style) + ["", summary]
  }

  private static func words(
    _ decision: Retention.Decision, outcomes: [(backup: CatalogedBackup, outcome: Prune.Outcome)], isDry: Bool
  ) -> (TextTable.Cell, String) {
    guard decision.mayGo else { return (.init("stays", .good), decision.reasons.joined(separator: ", ")) }
    guard !isDry else { return (.init("would go", .warning), "no rule keeps it") }
    switch outcomes.first(where: { $0.backup.id == decision.backup.id })?.outcome {
    case .removed: return (.init("removed", .warning), "no rule keeps it")
    case .kept(let reason): return (.init("stays", .bad), reason)
    case nil: return (.init("stays", .bad), "it was not come to")
    }
  }

  static func json(
    _ retention: Retention, outcomes: [(backup: CatalogedBackup, outcome: Prune.Outcome)],
    leftovers: [String], isDry: Bool
  ) -> String {
    let decisions = retention.decisions.map { decision -> FacetValue in
      let outcome = outcomes.first { $0.backup.id == decision.backup.id }?.outcome
      var fields: [String: FacetValue] = [
        "id": .text(decision.backup.id), "reasons": .list(decision.reasons.map { .text($0) }),
        "removed": .flag(outcome == .removed), "mayGo": .flag(decision.mayGo),
      ]
      if case .kept(let reason) = outcome { fields["trouble"] = .text(reason) }
      return .record(fields)
    }
    return JSONWriter.text(
      of: .record([
        "format": .text("plumb/prune"), "version": .number(1), "dryRun": .flag(isDry),
        "backups": .list(decisions), "leftovers": .list(leftovers.map { .text($0) }),
      ]))
  }
}
