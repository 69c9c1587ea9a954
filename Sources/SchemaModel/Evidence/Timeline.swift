/// What a long act did and how long each phase took, in order.
package struct Timeline: Hashable, Sendable, Codable {
  /// One phase of it.
  package struct Phase: Hashable, Sendable, Codable {
    /// What was done, in words: `load rows`.
    package var name: String
    package var seconds: Double
    /// Rows handled, where the phase handles rows.
    package var rowCount: Int?
    /// Bytes handled, where the phase handles bytes.
    package var byteCount: Int?
    /// What came of it, in a few words.
    package var note: String?

    package init(
      name: String, seconds: Double, rowCount: Int? = nil, byteCount: Int? = nil, note: String? = nil
    ) {
      self.name = name
      self.seconds = seconds
      self.rowCount = rowCount
      self.byteCount = byteCount
      self.note = note
    }
  }

  package var phases: [Phase] = []

  package init() {}

  /// The sum of the phases.
  package var seconds: Double { phases.reduce(0) { $0 + $1.seconds } }
}
