/// A question whose answer is known: asked of a restored database.
package struct SmokeQuery: Hashable, Sendable {
  package var sql: String
  /// The rows it has to return, columns separated by `|` as psql prints them, or a comparison such as `> 100`.
  package var expected: String
  /// What people call it; its SQL text when it has no name.
  package var name: String?
  /// The database to ask; `nil` for the one that is drilled.
  package var database: String?

  package init(sql: String, expected: String, name: String? = nil, database: String? = nil) {
    self.sql = sql
    self.expected = expected
    self.name = name
    self.database = database
  }

  /// Whether an answer is what was expected.
  package func accepts(_ answer: String) -> Bool {
    for (sign, holds) in Self.comparisons where expected.hasPrefix(sign) {
      guard let limit = Double(expected.dropFirst(sign.count).filter { $0 != " " }),
        let found = Double(answer)
      else { return false }
      return holds(found, limit)
    }
    return answer == expected
  }

  /// The longer signs first: each begins like a shorter one.
  private static let comparisons: [(String, @Sendable (Double, Double) -> Bool)] = [
    (">=", { $0 >= $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), ("<", { $0 < $1 }),
  ]
}
