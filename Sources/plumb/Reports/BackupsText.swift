import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

/// A store's backups as a table, or as the document `plumb/backups`.
enum BackupsText {
  static func lines(
    _ entries: [BackupStore.Entry], drills: [String: DrillRecord], store: String, now: Date, style: Style
  ) -> [String] {
    guard !entries.isEmpty else { return ["There is no backup in \(store)."] }
    var table = TextTable([
      .text("backup"), .text("age"), .number("rows"), .number("size"), .text("last drill"),
    ])
    for entry in entries {
      switch entry {
      case .damaged(let id, let reason):
        table.add([.init(id), "", "", "", .init("cannot be used: \(reason)", .bad)])
      case .backup(let manifest):
        let age = max(0, now.timeIntervalSince(manifest.startedAt))
        table.add([
          .init(manifest.id), .init(HumanText.duration(.seconds(age.rounded()))),
          .init(HumanText.count(manifest.rowCount)), .init(HumanText.bytes(manifest.byteCount)),
          drill(drills[manifest.id], now: now),
        ])
      }
    }
    return table.lines(style: style)
  }

  private static func drill(_ drill: DrillRecord?, now: Date) -> TextTable.Cell {
    guard let drill else { return .init("never", .warning) }
    let age = HumanText.duration(.seconds(max(0, now.timeIntervalSince(drill.startedAt)).rounded()))
    let words =
      "\(drill.verdict.rawValue), \(age) ago, took \(HumanText.duration(.seconds(drill.timeline.seconds)))"
    switch drill.verdict {
    case .proven: return .init(words, .good)
    case .provenWithFindings: return .init(words, .warning)
    case .failed: return .init(words, .bad)
    }
  }

  static func json(_ entries: [BackupStore.Entry], drills: [String: DrillRecord]) -> String {
    let backups = entries.map { entry -> FacetValue in
      switch entry {
      case .damaged(let id, let reason): return .record(["id": .text(id), "damaged": .text(reason)])
      case .backup(let manifest):
        var fields: [String: FacetValue] = [
          "id": .text(manifest.id), "engine": .text(manifest.engine.rawValue),
          "database": .text(manifest.database),
          "startedAt": .text(RecordDocument.time(manifest.startedAt)), "rows": .number(manifest.rowCount),
          "bytes": .number(manifest.byteCount), "schemaFingerprint": .text(manifest.schemaFingerprint),
        ]
        if let drill = drills[manifest.id] {
          fields["lastDrill"] = .record([
            "startedAt": .text(RecordDocument.time(drill.startedAt)),
            "verdict": .text(drill.verdict.rawValue),
            "milliseconds": .number(Int(drill.timeline.seconds * 1000)),
          ])
        }
        return .record(fields)
      }
    }
    return JSONWriter.text(
      of: .record(["format": .text("plumb/backups"), "version": .number(1), "backups": .list(backups)]))
  }
}
