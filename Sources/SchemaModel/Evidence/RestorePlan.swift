import Foundation

/// What a restore would do, told before anything happens: printed by `--plan`.
///
/// Fields are only ever added.
package struct RestorePlan: Hashable, Sendable, Codable {
  /// One step of the pipeline.
  package struct Step: Hashable, Sendable, Codable {
    /// As the timeline of a restore calls it.
    package var name: String
    /// What it is about, in a few words.
    package var detail: String
    /// How long it is expected to take; `nil` when nothing tells.
    package var seconds: Double?

    package init(name: String, detail: String, seconds: Double? = nil) {
      self.name = name
      self.detail = detail
      self.seconds = seconds
    }
  }

  /// A table whose rows are loaded, in the order in which that is begun.
  package struct Load: Hashable, Sendable, Codable {
    package var table: ObjectName
    /// `nil` when only the archive's rows can tell.
    package var rowCount: Int?
    /// Bytes of its rows as they are stored.
    package var byteCount: Int
    /// Whether all connections load it at once.
    package var isShared: Bool

    package init(table: ObjectName, rowCount: Int?, byteCount: Int, isShared: Bool) {
      self.table = table
      self.rowCount = rowCount
      self.byteCount = byteCount
      self.isShared = isShared
    }
  }

  package var format = "plumb/plan"
  package var version = 1
  package var backup: String
  package var engine: DatabaseEngine
  /// Where it would be restored, in words.
  package var destination: String
  /// What lies there now, in words.
  package var state: String
  package var steps: [Step] = []
  package var loads: [Load] = []
  /// What the forecast rests on, in words.
  package var basis: String
  /// Disk that the restored database takes, about.
  package var neededByteCount: Int?
  /// Disk that is free where it would go; `nil` when that is another machine's affair.
  package var freeByteCount: Int?
  /// What would go wrong or is worth knowing, each in one line.
  package var warnings: [String] = []

  package init(backup: String, engine: DatabaseEngine, destination: String, state: String, basis: String) {
    self.backup = backup
    self.engine = engine
    self.destination = destination
    self.state = state
    self.basis = basis
  }

  /// How long it is expected to take in all; `nil` when nothing tells.
  package var seconds: Double? {
    let known = steps.compactMap(\.seconds)
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
