import Foundation
import SchemaModel
import SchemaText
import Terminal

/// The catalog of backups as a table, or as the document `plumb/backups`.
enum BackupsText {
  static func lines(
    _ backups: [CatalogedBackup], breaches: [String], place: String, now: Date, style: Style
  ) -> [String] {
    let broken = breaches.map { style(.bad, "Objective not kept") + ": \($0)" }
    guard !backups.isEmpty else { return ["There is no backup in \(place)."] + broken }
    var table = TextTable([
      .text("backup"), .text("kind"), .text("age"), .number("took"), .number("rows"), .number("size"),
      .text("last drill"), .text(""),
    ])
    for backup in backups {
      guard backup.damage == nil || backup.moment != nil else {
        table.add([
          .init(backup.id), .init(backup.kind.label), "", "", "", "",
          .init("cannot be used: \(backup.damage ?? "")", .bad), keepers(backup),
        ])
        continue
      }
      table.add([
        .init(backup.id), .init(backup.kind.label),
        .init(
          backup.moment.map { HumanText.duration(.seconds(max(0, now.timeIntervalSince($0)).rounded())) }
            ?? "not known"),
        .init(duration(of: backup)), .init(backup.rowCount.map { HumanText.count($0) } ?? ""),
        .init(HumanText.bytes(backup.storedByteCount)), drill(backup, now: now), keepers(backup),
      ])
    }
    return table.lines(style: style) + (broken.isEmpty ? [] : [""] + broken)
  }

  private static func duration(of backup: CatalogedBackup) -> String {
    guard let start = backup.startedAt, let end = backup.finishedAt, end >= start else { return "" }
    return HumanText.duration(.seconds(end.timeIntervalSince(start)))
  }

  private static func keepers(_ backup: CatalogedBackup) -> TextTable.Cell {
    let words = [
      backup.isInUse ? "in use" : nil, backup.pin.map { $0.isEmpty ? "pinned" : "pinned: \($0)" },
    ].compactMap(\.self)
    return .init(words.joined(separator: ", "), .dim)
  }

  private static func drill(_ backup: CatalogedBackup, now: Date) -> TextTable.Cell {
    if let damage = backup.damage { return .init("cannot be used: \(damage)", .bad) }
    guard let drill = backup.lastDrill else { return .init("never", .warning) }
    let age = HumanText.duration(.seconds(max(0, now.timeIntervalSince(drill.startedAt)).rounded()))
    let words =
      "\(drill.verdict.rawValue), \(age) ago, took \(HumanText.duration(.seconds(drill.timeline.seconds)))"
    switch drill.verdict {
    case .proven: return .init(words, .good)
    case .provenWithFindings: return .init(words, .warning)
    case .failed: return .init(words, .bad)
    }
  }

  static func json(_ backups: [CatalogedBackup], breaches: [String]) -> String {
    JSONWriter.text(
      of: .record([
        "format": .text("plumb/backups"), "version": .number(1), "backups": .list(backups.map(record)),
        "breaches": .list(breaches.map { .text($0) }),
      ]))
  }

  private static func record(_ backup: CatalogedBackup) -> FacetValue {
    var fields: [String: FacetValue] = ["id": .text(backup.id)]
    if let damage = backup.damage { fields["damaged"] = .text(damage) }
    if backup.damage != nil, backup.moment == nil { return .record(fields) }
    fields["kind"] = .text(backup.kind.label)
    fields["place"] = .text(backup.place)
    fields["engine"] = .text(backup.engine.rawValue)
    fields["bytes"] = .number(backup.byteCount)
    fields["storedBytes"] = .number(backup.storedByteCount)
    fields["inUse"] = .flag(backup.isInUse)
    if let database = backup.database { fields["database"] = .text(database) }
    if let time = backup.startedAt { fields["startedAt"] = .text(RecordDocument.time(time)) }
    if let time = backup.finishedAt { fields["finishedAt"] = .text(RecordDocument.time(time)) }
    if let rows = backup.rowCount { fields["rows"] = .number(rows) }
    if let fingerprint = backup.fingerprint { fields["schemaFingerprint"] = .text(fingerprint) }
    if let pin = backup.pin { fields["pinned"] = .text(pin) }
    if let drill = backup.lastDrill {
      fields["lastDrill"] = .record([
        "startedAt": .text(RecordDocument.time(drill.startedAt)),
        "verdict": .text(drill.verdict.rawValue),
        "milliseconds": .number(Int(drill.timeline.seconds * 1000)),
        "proof": .text(
          drill.provider != nil
            ? "recovered, rows counted, constraints asked"
            : drill.isContentProven ? "restored, every row read back" : "restored"),
      ])
    }
    return .record(fields)
  }
}
